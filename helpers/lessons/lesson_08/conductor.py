"""Lesson 08: who stands behind the Stage on which a network is trained, and does what its buttons ask for."""

import contextlib

import traitlets

from helpers import mine
from helpers.engine.beside import Beside
from helpers.experiment import Diverged, Experiment, Plan
from helpers.lessons.lesson_08.shown import all_of, learned_of, mistakes_of, progress_of
from helpers.stage.telling import Teller, obey, on_change

PLANNED = tuple(Plan.__dataclass_fields__)
PIECE = 0.05  # seconds of work in one go
COMMANDS = ("start", "pause", "step", "stop", "reset", "save", "load")
OVER = ("finished", "stopped", "diverged", "loaded")


def begun(plan):
    """Return the experiment of a plan that has learned nothing yet, but was measured."""
    experiment = Experiment(plan)
    while not experiment.history and experiment.advance():
        pass
    return experiment


class Live:
    """What stands behind the Stage: the experiment, and the commands that are given to it."""

    def __init__(self, stage, experiment):
        self.stage, self.experiment, self.state = stage, experiment, "ready"
        self.beside, self.teller = Beside(self.piece), Teller(stage)
        obey(stage, {command: getattr(self, command) for command in COMMANDS}, self.beside.call)
        on_change(stage, PLANNED, lambda: self.beside.call(self.look_at_plan))
        stage.when_closed(self.beside.pause)

    @property
    def network(self):
        """Return the network as it is now."""
        return self.experiment.network

    def plan(self):
        """Return the plan that the controls stand for."""
        return Plan(**{name: getattr(self.stage, name) for name in PLANNED})

    def renew(self):
        """Begin anew, with the plan that the controls stand for; or say why not, and leave all as it is."""
        try:
            self.experiment = begun(self.plan())
        except ValueError as refusal:
            self.teller.say(str(refusal))
            return False
        self.state = "ready"
        self.publish(all_of(self.experiment))
        return True

    def look_at_plan(self):
        """Take a new plan at once as long as nothing is learned; later it counts from the next beginning on."""
        if self.state == "ready":
            self.renew()

    def start(self):
        """Learn; anew if the last training is over, or the plan is another one."""
        anew = self.state in OVER or self.plan() != self.experiment.plan
        if anew and not self.renew():
            return
        self.state = "running"
        self.teller.begin()
        self.publish(self.now())
        self.beside.start()

    def pause(self):
        """Rest; nothing is lost."""
        if self.state == "running":
            self.beside.pause()
            self.state = "paused"
            self.publish(self.whole())

    def stop(self):
        """End this training; the next start begins anew."""
        if self.state in ("running", "paused"):
            self.beside.pause()
            self.state = "stopped"
            self.publish(self.whole())

    def reset(self):
        """Go back to a network that has learned nothing, of the same seed."""
        self.beside.pause()
        self.renew()

    def step(self):
        """Learn from a single batch."""
        if self.state == "running":
            self.pause()
            return
        if self.state not in ("ready", "paused") and not self.renew():
            return
        self.state = "paused"
        if self.work(batches=1):
            self.publish(self.whole())

    def save(self):
        """Keep the network."""
        try:
            mine.keep_network(self.network)
            self.teller.say("saved; mine.network() opens it")
        except ValueError as refusal:
            self.teller.say(str(refusal))

    def load(self):
        """Open the network that was kept, if it reads pictures as these."""
        try:
            network = mine.network()
            self.experiment.take_over(network)
        except ValueError as refusal:
            self.teller.say(str(refusal))
            return
        self.beside.pause()
        self.state = "loaded"
        with contextlib.suppress(traitlets.TraitError):  # more filters than the sliders have
            for name in ("layers", "filters", "second"):
                setattr(self.stage, name, getattr(self.experiment.plan, name))
        self.publish(all_of(self.experiment))

    # -- how it goes on

    def piece(self):
        """Work for a moment, publish what came of it if it is time to; tell whether to go on."""
        more = self.work(seconds=PIECE)
        if more and self.teller.is_alone():
            self.pause()
        elif more and self.teller.is_due():
            self.publish(self.now())
        return more

    def work(self, **how):
        """Carry the training on; tell whether there is more to do."""
        try:
            more = self.experiment.advance(**how)
        except Diverged:
            self.state, more = "diverged", False
        else:
            self.state = self.state if more else "finished"
        if not more:
            self.publish({} if self.state == "diverged" else self.whole())
        return more

    def now(self):
        """Return what is shown of the network as it is now, and the newest mistakes."""
        shown = learned_of(self.experiment, False)
        if self.stage.table_epoch != len(self.experiment.history) - 1:
            shown |= mistakes_of(self.experiment)
        return shown

    def whole(self):
        """Return the same with the network after each epoch, so that one can look back without Python."""
        return self.now() | learned_of(self.experiment, True)

    def publish(self, shown):
        """Show how things stand.

        Parameters
        ----------
        shown : dict
            What is shown besides, by the names of settings.
        """
        shown = shown | progress_of(self.experiment) | {"status": self.state}
        if "all_logits_bias" in shown:  # the last epoch that was measured, or the one that it is in the midst of
            shown["latest"] = shown["epoch"] = max(len(shown["all_logits_bias"]), len(shown["losses"])) - 1
        self.teller.tell(shown)
