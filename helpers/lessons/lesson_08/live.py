"""Lesson 08: a network that is trained while one looks on."""

import contextlib
import time

import numpy as np
import traitlets

from helpers import mine
from helpers.datasets import of_drawings
from helpers.engine.beside import Beside
from helpers.engine.recipe import call, step, step_by
from helpers.experiment import LAYERS, OPTIMIZERS, Diverged, Experiment, Plan, confusions, stack
from helpers.stage.panels import bars, curve, flow, panel, room
from helpers.stage.panels import stack as maps
from helpers.stage.settings import buttons, choice, slider, switch, told
from helpers.stage.stage import Stage

DIGITS = list("0123456789")
CLOTHES = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]
SHOWN = 20  # test pictures that can be sent through the network
WORST = 8  # mistakes that are shown
MOST_EPOCHS = 60
PIECE, PACE = 0.03, 0.1  # seconds: of work in one go, and from one publication to the next
PATIENCE = 10  # seconds: where no page has answered for so long, nobody looks on any more
NETWORKS = {"none": ["seen"], "one": ["seen", "conv_1", "relu_1", "pool_1"]}
NETWORKS["two"] = [*NETWORKS["one"], "conv_2", "relu_2", "pool_2"]
WEIGHTS = {"conv_1": 4, "conv_2": 4, "logits": 2}  # axes
COMMANDS = {"▶ start": "start", "❚❚ pause": "pause", "one step": "step", "■ stop": "stop", "start over": "reset"}
COMMANDS |= {"save": "save", "load": "load"}
NAMES = {
    "seen": "what it sees",
    "conv_1": "convolution",
    "relu_1": "ReLU",
    "pool_1": "max pooling",
    "conv_2": "convolution 2",
    "relu_2": "ReLU 2",
    "pool_2": "max pooling 2",
    "logits": "logits",
    "probabilities": "softmax",
}
DATA = {"digits 8x8": "digits, 8 × 8", "digits 28x28": "digits, 28 × 28", "clothes": "clothes", "drawings": "your own"}
RATES = (0.0001, 0.001, 0.003, 0.01, 0.1, 1.0, 1000000.0)


def settings_of(plan):
    """Return the controls of a plan: what is learned from, by which network, and how."""
    what, how = {"when": "adjust == what"}, {"when": "adjust == how"}
    convolutions = dict(zip(LAYERS, ("none", "one", "two"), strict=True))
    return {
        "data": choice(plan.data, DATA, label="data", **what),
        "pictures": choice(plan.pictures, {n: f"{n:,}" for n in (100, 200, 1000, 4000, 10000)}, **what),
        "layers": choice(plan.layers, convolutions, label="convolutions", **what),
        "filters": slider(plan.filters, 1, 16, label="filters", when="adjust == what and layers != none"),
        "second": slider(plan.second, 1, 24, label="of the second", when="adjust == what and layers == two"),
        "optimizer": choice(plan.optimizer, {name: name for name in OPTIMIZERS}, **how),
        "learning_rate": choice(
            plan.learning_rate, {rate: f"{rate:,g}" for rate in RATES}, label="learning rate", **how
        ),
        "batch_size": choice(plan.batch_size, {n: str(n) for n in (8, 32, 128)}, label="batch", **how),
        "epochs": slider(plan.epochs, 1, MOST_EPOCHS, label="epochs", **how),
        "seed": slider(plan.seed, 0, 9, **how),
        "moves": switch(plan.moves, label="move each picture", **how),
        "leak": switch(plan.leak, label="200 test pictures leak", **how),
    }


COUNTED = ("epoch_now", "batch_now", "batches", "speed", "left", "planned", "parameters", "table_epoch", "ring")
CURVE = {"facts": False, "when": "see == curves"}
SHARE = {"range": [0, 100], "facts": False, "size": "small", "room": room(group="column 3")}
PLANNED = tuple(settings_of(Plan()))


PROGRAM = [
    "from helpers.experiment import Plan, finished\n\nplan = Plan(\n",
    *(part for name in PLANNED for part in (f"    {name}=", {"setting": name}, ",\n")),
    ")\nexperiment = finished(plan)\nprint(experiment.history[-1])\n",
]


def network_steps():
    """Return the steps that send a test picture through the network, as it was after an epoch."""
    numbers = [
        step(f"{name}_{kind}", "take", stack=f"$all_{name}_{kind}", which="$epoch")
        for name in WEIGHTS
        for kind in ("weights", "bias")
    ]
    blocks, before = [], "input"
    for i in (1, 2):
        weights = {"weights": f"$conv_{i}_weights", "bias": f"$conv_{i}_bias"}
        blocks += [
            step(f"conv_{i}", "conv2d", images=f"${before}", **weights, padding="$ring"),
            step(f"relu_{i}", "relu", images=f"$conv_{i}"),
            step(f"pool_{i}", "max_pool2d", images=f"$relu_{i}", kernel_size=2),
        ]
        before = f"pool_{i}"
    ends = {kind: call("flatten", images=f"${names[-1]}") for kind, names in NETWORKS.items()}
    ends["none"] = call("flatten", images="$input")
    return [
        *numbers,
        step("seen", "take", stack="$tests", which="$number"),
        step("input", "scale_and_shift", images="$seen", scale=[1 / 255], shift=[0]),
        *blocks,
        step_by("flat", "shown_layers", **ends),
        step("logits", "dense", numbers="$flat", weights="$logits_weights", bias="$logits_bias"),
        step("probabilities", "softmax", logits="$logits"),
        step("label", "take", stack="$labels", which="$number"),
        step("loss", "take", stack="$losses", which="$epoch"),
        step("right", "take", stack="$accuracies", which="$epoch"),
    ]


def shown_of(experiment, whole):
    """Return what is shown of an experiment, by the names of settings: what was measured, and the network's numbers.

    Parameters
    ----------
    experiment : Experiment
    whole : bool
        Whether its numbers after each epoch are sent, or only those of now.
    """
    three = slice(3 if experiment.plan.leak else 2)
    measured = [[one[part] for part in ("train", "test", "fresh")][three] for one in experiment.history]
    losses, accuracies = np.moveaxis(np.array(measured), 2, 0)
    return {
        "losses": losses.clip(0, 1e6),
        "accuracies": 100 * accuracies,
        **weights_of(experiment, whole),
    }


def weights_of(experiment, whole):
    """Return the stacks of weights: of layers that the network has not, a single 0."""
    learned = [i for i, layer in enumerate(experiment.network.layers) if layer.parameters]
    names = [*list(WEIGHTS)[: len(learned) - 1], "logits"]
    found = {}
    for name in WEIGHTS:
        for kind in ("weights", "bias"):
            if name not in names:
                depth = experiment.plan.filters if name == "conv_2" and len(names) > 1 else 1
                found[f"all_{name}_{kind}"] = np.zeros((1, 1, 1, depth, 1) if kind == "weights" else (1, 1))
                continue
            number = learned[names.index(name)]
            now = experiment.network.layers[number].parameters[kind][np.newaxis]
            past = stack(experiment, number, kind) if whole else now
            found[f"all_{name}_{kind}"] = past if same(past[-1], now[0]) else np.concatenate([past, now])
    return found


def same(one, other):
    """Tell whether two arrays are the same to the last bit."""
    return np.array_equal(one, other)


def pictures_of(experiment):
    """Return what stays for a whole training: some test pictures and their labels, and how the network reads them."""
    tests, labels = experiment.data.test_images[:SHOWN], experiment.data.test_labels[:SHOWN]
    return {
        "tests": 255 * tests,
        "labels": labels[:, np.newaxis],
        "ring": 1 if tests.shape[1] < 20 else 0,
        "shown_layers": experiment.plan.layers,
        "shown_data": experiment.plan.data,
        "shown_leak": experiment.plan.leak,
    }


def mistakes_of(experiment):
    """Return who is taken for whom, the worst mistakes as pictures, and what they were taken for, in words."""
    labels = experiment.data.test_labels
    table, worst, said = confusions(experiment.logits, labels)
    names = CLOTHES if experiment.plan.data == "clothes" else DIGITS
    pictures = np.zeros((*experiment.data.test_images.shape[1:3], WORST))
    for i, number in enumerate(worst[:WORST]):
        pictures[:, :, i] = experiment.data.test_images[number, :, :, 0]
    told = [f"{names[labels[n]]} → {names[s]}" for n, s in zip(worst[:WORST], said, strict=False)]
    return {
        "table": table,
        "worst": pictures,
        "mistakes": ", ".join(told) or "there are none",
        "table_epoch": len(experiment.history) - 1,
    }


class Live:
    """What stands behind the Stage: the experiment, and the commands that are given to it."""

    def __init__(self, stage):
        self.stage, self.beside, self.state = stage, Beside(self.piece), "ready"
        self.published = self.answered = 0.0
        self.renew()
        stage.observe(lambda change: change["new"] != "none" and self.beside.call(self.obey), "command")
        stage.observe(lambda _: self.beside.call(self.look_at_plan), PLANNED)
        stage.when_closed(lambda: self.beside.call(self.beside.pause))

    @property
    def network(self):
        """Return the network as it is now."""
        return self.experiment.network

    def plan(self):
        """Return the plan that the controls stand for."""
        return Plan(**{name: getattr(self.stage, name) for name in PLANNED})

    def renew(self):
        """Begin anew, with the plan that the controls stand for; or say why not, and leave all as it is."""
        plan = self.plan()
        try:
            drawings = of_drawings(*mine.drawings()) if plan.data == "drawings" else None
            experiment = Experiment(plan, drawings)
        except ValueError as refusal:
            return self.say(str(refusal))
        self.experiment, self.state = experiment, "ready"
        while not experiment.history and experiment.advance():
            pass
        self.publish(whole=True, first=True)
        return True

    def say(self, sentence):
        """Say a sentence on the Stage."""
        self.stage.notice = ""
        self.stage.notice = sentence
        return False

    def obey(self):
        """Do what a button asks for."""
        command, self.stage.command = self.stage.command, "none"
        if command != "none":
            getattr(self, command)()

    def look_at_plan(self):
        """Take a new plan at once as long as nothing is learned; later it counts from the next beginning on."""
        if self.state == "ready":
            self.renew()
        self.stage.changed = self.plan() != self.experiment.plan

    def start(self):
        """Learn; anew if the last training is over, or the plan is another one."""
        anew = self.state in ("finished", "stopped", "diverged", "loaded") or self.plan() != self.experiment.plan
        if anew and not self.renew():
            return
        self.state, self.answered = "running", time.monotonic()
        self.publish()
        self.beside.start()

    def pause(self):
        """Rest; nothing is lost."""
        if self.state == "running":
            self.beside.pause()
            self.state = "paused"
            self.publish(whole=True)

    def stop(self):
        """End this training; the next start begins anew."""
        if self.state in ("running", "paused"):
            self.beside.pause()
            self.state = "stopped"
            self.publish(whole=True)

    def reset(self):
        """Go back to a network that has learned nothing, of the same seed."""
        self.beside.pause()
        self.renew()

    def step(self):
        """Learn from a single batch."""
        if self.state == "running":
            return self.pause()
        if self.state not in ("ready", "paused") and not self.renew():
            return None
        self.state = "paused"
        return self.work(batches=1) and self.publish(whole=True)

    def save(self):
        """Keep the network."""
        try:
            mine.keep_network(self.network)
            self.say("saved; mine.network() opens it")
        except ValueError as refusal:
            self.say(str(refusal))

    def load(self):
        """Open the network that was kept, if it reads pictures as these."""
        try:
            network = mine.network()
            self.experiment.take_over(network)
        except ValueError as refusal:
            self.say(str(refusal))
            return
        self.beside.pause()
        self.state = "loaded"
        with contextlib.suppress(traitlets.TraitError):  # more filters than the sliders have
            for name in ("layers", "filters", "second"):
                setattr(self.stage, name, getattr(self.experiment.plan, name))
        self.publish(whole=True, first=True)

    def latest(self, shown, whole):
        """Return the epoch to look at: the last one that was measured, or the one that it is in the midst of."""
        return len(shown["all_logits_bias" if whole else "losses"]) - 1

    # -- how it goes on

    def piece(self):
        """Work for a moment, publish what came of it if it is time to; tell whether to go on."""
        more = self.work(seconds=PIECE)
        now = time.monotonic()
        if self.stage.echo == self.stage.pulse:
            self.answered = now
        if more and self.stage.echo and now - self.answered > PATIENCE:  # the page is closed
            self.pause()
        elif more and now - self.published >= PACE and (self.answered == now or not self.stage.echo):
            self.publish()
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
            self.publish(whole=True)
        return more

    def publish(self, whole=False, first=False):
        """Show how things stand.

        Parameters
        ----------
        whole : bool
            Also the numbers after each epoch, so that one can look back without Python.
        first : bool
            Also what stays for the whole training.
        """
        stage, experiment, step_done = self.stage, self.experiment, self.experiment.progress
        shown = {} if self.state == "diverged" else shown_of(experiment, whole)
        if first:
            shown |= pictures_of(experiment)
        if experiment.logits is not None and (first or stage.table_epoch != len(experiment.history) - 1):
            shown |= mistakes_of(experiment)
        if step_done:
            shown |= {"epoch_now": step_done.epoch, "batch_now": step_done.batch, "batches": step_done.batches}
            shown |= {"share": np.array([100 * experiment.done]), "speed": round(experiment.pictures_a_second)}
            shown |= {"left": round(experiment.seconds_left)}
        else:
            shown |= {"share": np.zeros(1)}
        shown |= {"epoch": self.latest(shown, whole)} if "losses" in shown else {}
        shown |= {"status": self.state, "changed": self.plan() != experiment.plan, "pulse": stage.pulse + 1}
        shown |= {"planned": experiment.plan.epochs, "parameters": experiment.network.count_parameters()}
        with stage.hold_sync():
            for name, value in shown.items():
                setattr(stage, name, value)
        self.published = time.monotonic()
        return True


def words_of():
    """Return what is said of a training, the first that holds."""
    which = [("data", "shown_data == clothes", CLOTHES), ("", "", DIGITS)]
    looked_at = [
        (
            f"see == network and {condition} and label.0 == {i}" if condition else f"see == network and label.0 == {i}",
            f"After {{epoch}} epochs, this {name} is read as {{probabilities.first}}, at {{probabilities.percent}} %."
            if names is DIGITS
            else f"After {{epoch}} epochs: this is a picture of kind {i}, {name}.",
        )
        for _, condition, names in which
        for i, name in enumerate(names)
    ]
    return [
        ("command != none", "Python was asked. Where nothing happens, no kernel runs, or another cell is at work."),
        (
            "status == diverged",
            "It has run away: the loss is beyond all bounds. What you see is how it was before. The learning rate is"
            " too large; take a smaller one, and start again.",
        ),
        (
            "status == running",
            "Epoch {epoch_now} of {planned}, batch {batch_now} of {batches}. {speed} pictures a second, {left} seconds"
            " left.",
        ),
        (
            "status == paused and epoch == epoch_now and batch_now < batches",
            "It rests, in the midst of epoch {epoch_now}: batch {batch_now} of {batches}. Start goes on.",
        ),
        ("changed == true", "Your new settings count from the next start on."),
        *looked_at,
        ("see == mistakes", "After {table_epoch} epochs, the surest mistakes first: {mistakes}."),
        ("status == ready", "Nothing is learned yet: all {parameters} numbers are chance. Press start."),
        ("status == loaded", "This is the network that you have saved: {right.1} % of the test pictures are right."),
        (
            "shown_leak == true",
            "After {epoch} epochs {right.1} % of the test pictures are right, but it has learned from them. Of fresh"
            " ones: {right.2} %. Only that number counts.",
        ),
        (
            "",
            "After {epoch} epochs: of what it has learned from, {right.0} % are right; of what it has never seen,"
            " {right.1} %.",
        ),
    ]


def train(**state):
    """Train a network and look on: what it gets right, its filters, a picture on its way, its worst mistakes.

    Parameters
    ----------
    **state
        As of any explorable: `data`, `pictures`, `layers`, `filters`, `learning_rate`, `epochs` ...

    Returns
    -------
    Stage
        Its `live.network` is the network as it is now.
    """
    plan = Plan(**{name: state[name] for name in PLANNED if name in state})
    stacks = {
        f"all_{name}_{kind}": told(np.zeros((1,) * ((axes if kind == "weights" else 1) + 1)))
        for name, axes in WEIGHTS.items()
        for kind in ("weights", "bias")
    }
    keys = "arrows: cells; Page up and down: maps; Shift and arrows: layers"
    look = {"names": NAMES, "facts": False, "note": keys}
    names = [["shown_data == clothes", CLOTHES], ["", DIGITS]]
    lines = [["shown_leak == true", ["train", "test", "fresh"]], ["", ["train", "test"]]]
    stage = Stage(
        title="Train it live",
        settings={
            "see": choice(
                "curves", {"curves": "how it learns", "network": "a picture on its way", "mistakes": "its mistakes"}
            ),
            "adjust": choice("what", {"what": "what learns from what", "how": "how it learns"}, label="set"),
            **settings_of(plan),
            "epoch": slider(0, 0, MOST_EPOCHS, label="look back to epoch", until="$planned", plays=4),
            "number": slider(0, 0, SHOWN - 1, label="test picture", when="see == network"),
            "training": buttons({word: ("command", name) for word, name in COMMANDS.items()}),
            "command": told("none"),
            "status": told("ready"),
            "changed": told(False),
            **{name: told(0) for name in COUNTED},
            "share": told(np.zeros(1)),
            "losses": told(np.zeros((1, 2))),
            "accuracies": told(np.zeros((1, 2))),
            "tests": told(np.zeros((1, 8, 8, 1))),
            "labels": told(np.zeros((1, 1))),
            "shown_layers": told(plan.layers),
            "shown_data": told(plan.data),
            "shown_leak": told(plan.leak),
            "table": told(np.zeros((10, 10))),
            "worst": told(np.zeros((8, 8, WORST))),
            "mistakes": told(""),
            **stacks,
        },
        recipe=network_steps(),
        result="probabilities",
        panels=[
            curve("losses", "Loss", labels=lines, range="first", at="$epoch", **CURVE),
            curve("accuracies", "Right, in percent", labels=lines, range=[0, 100], at="$epoch", **CURVE),
            maps(
                "conv_1_weights",
                "Filters of the first layer",
                display="signed",
                legend=False,
                facts=False,
                note="",
                when="see == curves and shown_layers != none",
                room=room(group="column 3"),
            ),
            bars("share", "Done, in percent", labels=[""], when="see == curves", **SHARE),
            *(
                flow(
                    [*columns, "logits", "probabilities"],
                    "A picture on its way",
                    labels=names,
                    when=f"see == network and shown_layers == {kind}",
                    **look,
                )
                for kind, columns in NETWORKS.items()
            ),
            panel(
                "table",
                "Row: what it is; column: what it says",
                display="signed",
                facts=False,
                legend=False,
                when="see == mistakes",
            ),
            maps(
                "worst",
                "The worst mistakes",
                letters="$mistakes",
                size="medium",
                display="gray",
                range=[0, 1],
                facts=False,
                note="",
                legend=False,
                when="see == mistakes",
            ),
        ],
        words=words_of(),
        code={"code": PROGRAM, "torch": []},
        state=state,
    )
    stage.live = Live(stage)
    return stage
