"""The Stage: the one widget that draws arrays.

It is given a recipe, settings and panels, and does three things with them: the browser draws them and answers
every drag by itself (`web/`); NumPy works out the same when Python asks (`result`); and it prints what is
on screen as code (`code`). Nothing is asked of Python while a slider moves: it hears of a setting when it is let go.
"""

import contextlib
import contextvars

import numpy as np
import traitlets

from helpers.engine.printing import fill, numpy_code, torch_code
from helpers.engine.recipe import evaluate
from helpers.engine.wording import say
from helpers.stage.carrier import Drawn
from helpers.stage.own import with_own
from helpers.stage.plans import check_own, check_place, check_plan, in_a_sentence
from helpers.stage.settings import AXES, Setting
from helpers.stage.telling import on_change

SMALL = 400  # cells: an array up to this size is written out in `state`
CALL = contextvars.ContextVar("call", default=None)


@contextlib.contextmanager
def called(code, own=()):
    """Tell the Stage that is made meanwhile which code makes it: a call up to its brackets, and arguments."""
    token = CALL.set({"code": code, "own": list(own)})
    try:
        yield
    finally:
        CALL.reset(token)


class Stage(Drawn, kind="stage"):
    """Arrays on screen, and the controls that change them.

    Parameters
    ----------
    settings : dict
        Name -> Setting. Each becomes a trait of that name.
    panels : list of dict
        Made by `helpers.stage.panels`, in reading order.
    recipe : list of dict
        Steps, made by `helpers.engine.recipe.step`.
    result : str, optional
        What `result` is: the last step, or the first setting where there is no recipe.
    words : str or list
        The sentence below the panels; see `helpers.engine.wording.say`.
    lines : list of (str, str)
        Further lines below the panels: a label, a text with live numbers.
    ledger : str or list of str, optional
        The step whose arithmetic is written out at the focused cell; of several, the one that was pointed at last.
    play : str, optional
        The step that is revealed cell by cell, with play, step and finish.
    alive : bool
        Whether it plays by itself when it is seen first, until the learner has been anywhere.
    title : str
        What a screen reader calls the whole.
    hints : str
        How to use it, in a few words.
    code : bool or dict
        Whether the code can be unfolded; not where it would give an answer away. Or the parts of what is printed in
        the place of the recipe, as `helpers.engine.printing.sketch_code` makes them.
    replace : dict, optional
        Step -> the learner's own function, which stands in for that step's operation. Python computes then, when a
        control is let go, and cells that differ from the course's are crossed out. `helpers.stage.own.Through` lets
        a function go through several steps.
    state : dict, optional
        As `state` returns it.
    """

    spec = traitlets.Dict(help="recipe, controls and panels, as plain data").tag(sync=True)
    focus = traitlets.Dict(help="the panel, row and column where the learner is").tag(sync=True)
    step = traitlets.Int(None, allow_none=True, help="how many cells are revealed; None: all").tag(sync=True)
    view = traitlets.Dict(help="zoom and place of each panel").tag(sync=True)
    notice = traitlets.Unicode(help="a sentence about a picture that could not be used").tag(sync=True)
    pulse = traitlets.Int(help="counts what Python publishes by itself, while it works").tag(sync=True)
    echo = traitlets.Int(help="the last of these that a page has taken notice of").tag(sync=True)
    own = traitlets.Dict(help="what the learner's own functions made of their steps").tag(sync=True)
    request = traitlets.Dict(help="a picture the browser asks for: a setting, and a name or a file").tag(sync=True)

    def __init__(
        self,
        settings,
        panels,
        recipe=(),
        *,
        result=None,
        words="",
        lines=(),
        ledger=None,
        play=None,
        alive=False,
        title="",
        hints="",
        code=True,
        replace=None,
        state=None,
    ):
        self._settings, self._recipe, self._words, self._replace = dict(settings), list(recipe), words, replace
        self._result = result or (self._recipe[-1]["name"] if self._recipe else next(iter(self._settings)))
        self._check_names()
        self.add_traits(**{name: setting.trait() for name, setting in self._all_settings().items()})
        controls = [setting.for_browser(name) for name, setting in self._settings.items()]
        plan = {"title": title, "hints": hints, "recipe": self._recipe, "controls": controls, "panels": list(panels)}
        text = {"words": words, "lines": [list(line) for line in lines]}
        if not isinstance(code, dict):
            printers = {"code": numpy_code, "torch": torch_code}
            code = {language: self._code(printer) if code else [] for language, printer in printers.items()}
        self.spec = plan | text | code | {"result": self._result, "ledger": ledger, "play": play, "alive": alive}
        self.spec |= {"call": CALL.get()}
        check_plan(list(self._all_settings()), self.spec)
        check_own(list(self._all_settings()), self._recipe, replace or {})
        self.state = state or {}
        self.spec = self.spec | {"first": self._settled()}
        for name in self._pictures():
            self._follow(name, self._settings[name].value)
        if replace:
            self._try_own()
            on_change(self, list(self._all_settings()), self._try_own)
        super().__init__()  # last: a widget that is told of before all of it is there may be drawn too early

    def __repr__(self):
        """Return the same text on every machine, without an address."""
        return f"Stage({', '.join(self._settings)})"

    # -- what Python sees

    @property
    def values(self):
        """Return every setting and every step's outcome by name, worked out by NumPy."""
        return evaluate(self._recipe, self._now())

    @property
    def result(self):
        """Return the array that the lesson is about; None where `message` says why there is none."""
        try:
            return self.values[self._result]
        except ValueError:
            return None

    @property
    def message(self):
        """Return the sentence on screen."""
        try:
            return say(self._words, self.values)
        except ValueError as refusal:
            return str(refusal)

    @property
    def code(self):
        """Return NumPy code that makes what is on screen; the outcome has the step's name."""
        return fill(self.spec["code"], self._now())

    @property
    def torch_code(self):
        """Return PyTorch code that makes the same, channels first."""
        return fill(self.spec["torch"], self._now())

    @property
    def state(self):
        """Return all that tells this Stage from a new one, as a small dict; set it to come back."""
        state = self._settled()
        state |= {name: self._settings[name].value.source for name in self._pictures()}
        return {name: value for name, value in (state | self._place()).items() if value is not None}

    @state.setter
    def state(self, state):
        unknown = [name for name in state if name not in self._settings and name not in ("focus", "step", "view")]
        if unknown:
            raise ValueError(f"this Stage has no setting called {unknown[0]!r}; it has {', '.join(self._settings)}")
        with self.hold_sync():
            for name, value in state.items():
                self._restore(name, value)

    def _restore(self, name, value):
        """Set one part of a state, or refuse it in a sentence."""
        if name in self._pictures():
            return self._settings[name].value.restore(value)
        try:
            setattr(self, name, value)
        except (traitlets.TraitError, ValueError) as error:
            raise ValueError(in_a_sentence(str(error))) from None

    @traitlets.validate("focus", "step", "view")
    def _valid_place(self, proposal):
        """Refuse what is no place on this Stage."""
        names = [*self._settings, *(one["name"] for one in self._recipe)]
        return check_place(proposal["trait"].name, proposal["value"], names)

    def set_state(self, sync_data):
        """Take what the browser, or a control that is linked there, says; what cannot be is answered by a sentence.

        All of a message is taken at once, so that nobody hears of settings that never stood together; only where
        something in it is refused, the rest is taken one by one.
        """
        try:
            super().set_state(sync_data)
        except (traitlets.TraitError, ValueError):
            if all([self._takes(name, value) for name, value in sync_data.items()]):
                raise

    def _takes(self, name, value):
        """Take one setting, or say why not; tell whether it was taken."""
        try:
            super().set_state({name: value})
        except (traitlets.TraitError, ValueError) as error:
            self.notice = ""
            self.notice = in_a_sentence(str(error))
            self.send_state(name)
            return False
        return True

    # -- how it is wired

    def _check_names(self):
        """Refuse a setting whose name is taken, by the widget or by the browser's own words."""
        taken = [name for name in self._settings if hasattr(type(self), name)]
        if taken:
            raise ValueError(f"a setting cannot be called {taken[0]!r}: every widget has that already")

    def _pictures(self):
        return [name for name, setting in self._settings.items() if setting.kind == "picture"]

    def _all_settings(self):
        """Return the settings that become traits; a picture brings the code that loads it along."""
        traits = dict(self._settings)
        for name in self._pictures():
            shared = self._settings[name].value
            traits[name] = Setting("picture", shared.pixels)
            traits[f"{name}_source"] = Setting("hidden", shared.source)
            traits[f"{name}_name"] = Setting("hidden", shared.name)
            traits[f"{name}_own"] = Setting("hidden", shared.has_own)
        return traits

    def _follow(self, name, shared):
        """Show a shared picture, now and whenever it changes."""
        shown = None

        def show(_change=None):
            nonlocal shown
            with self.hold_sync():
                self.notice = shared.notice
                setattr(self, f"{name}_source", shared.source)
                setattr(self, f"{name}_name", shared.name)
                setattr(self, f"{name}_own", shared.has_own)
                if shown is not shared.pixels:
                    shown = shared.pixels
                    setattr(self, name, shown)

        show()
        shared.observe(show, ["pixels", "notice"])
        self.when_closed(lambda: shared.unobserve(show, ["pixels", "notice"]))

    @traitlets.observe("request")
    def _on_request(self, change):
        """Fulfil the browser's wish for another picture, and empty it: that is the answer, whatever came of it."""
        if change["new"]:
            try:
                self._fulfil(change["new"])
            finally:
                self.request = {}

    def _fulfil(self, wish):
        """Take the picture that is wished for; the first one where a wish does not say which setting it is for."""
        pictures = self._pictures()
        name = wish.get("setting", next(iter(pictures), None))
        if name not in pictures:
            return
        shared = self._settings[name].value
        if "data" in wish:
            shared.take(bytes(wish["data"]), str(wish.get("name", "your picture")))
        elif "choose" in wish:
            shared.choose(str(wish["choose"]))

    def _try_own(self):
        """Work out what the learner's functions make of the settings, and where it differs."""
        self._answer(with_own(self._recipe, self._now(), self._replace, self._hangs))

    def _hangs(self, name, sentence):
        """Say that a learner's function cannot be cut off, here and in the cell that runs."""
        print(f"your function is {sentence}")
        self._answer({name: {"array": None, "message": sentence}})

    def _answer(self, steps):
        """Send what is known of the learner's functions; the number makes it news, even if nothing else is new."""
        known = dict(self.own.get("steps", {})) | steps
        in_order = {one["name"]: known[one["name"]] for one in self._recipe if one["name"] in known}
        self.own = {"steps": in_order, "serial": self.own.get("serial", 0) + 1}

    def _now(self):
        """Return the settings' values by name."""
        return {name: getattr(self, name) for name in self._all_settings()}

    def _settled(self):
        """Return the settings that are set and not chosen, as plain data."""
        kept = [name for name, one in self._settings.items() if one.kind not in ("picture", "constant", "told")]
        return {name: self._plain(name) for name in kept}

    def _plain(self, name):
        value = getattr(self, name)
        return value.tolist() if isinstance(value, np.ndarray) else value

    def _place(self):
        return {"focus": dict(self.focus) or None, "step": self.step, "view": dict(self.view) or None}

    def _code(self, printer):
        kinds = {name: setting.kind for name, setting in self._settings.items()}
        used = str(self._recipe)
        needed = [name for name in kinds if f"'${name}'" in used or name == self._result]
        arrays = [name for name in needed if kinds[name] == "grid"]
        pictures = [name for name in needed if kinds[name] == "picture"]
        constants = {name: self._settings[name].options["source"] for name in needed if kinds[name] == "constant"}
        scalars = [name for name, kind in kinds.items() if kind not in AXES]
        return printer(self._recipe, scalars, arrays, pictures, constants)
