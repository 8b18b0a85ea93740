"""What a Stage is told is checked before it is drawn: a misspelt name gets a sentence, not an empty panel."""

import math

from helpers.engine.recipe import calls_of, refers
from helpers.engine.wording import AND, CONDITION, PLACE

FACTS = ("rows", "columns", "channels", "count", "min", "max", "sum", "first", "percent", "second", "second_percent")
LONGEST = 300  # characters of a sentence
VIEWS = 100  # panels whose zoom is kept


def check_plan(settings, plan):
    """Refuse a plan that names what is not there.

    Parameters
    ----------
    settings : list of str
    plan : dict
        What the browser is told: recipe, panels, words, lines, ledger, play, result.

    Raises
    ------
    ValueError
        Says what is called by a name that nothing has, and which names there are.
    """
    names = check_recipe(settings, plan["recipe"])
    for one in plan["panels"]:
        built = [one[name] for name in ("sketch", "picture", "fit") if name in one]
        for shown in (one["show"], *one.get("steps", ()), *built):
            known(shown, names, "a panel shows")
        check_options(one, names)
    for word, *_ in (action for one in plan.get("controls", ()) for action in one.get("actions", ())):
        check_text(word, names)
    for text in (plan["words"], *(line[1] for line in plan["lines"])):
        check_text(text, names)
    for part in ("ledger", "play", "result"):
        for name in plan[part] if isinstance(plan[part], list) else [plan[part]]:
            if name is not None:
                known(name, names, f"{part} is")
    for control in plan.get("controls", ()):
        check_references(control.get("names"), names, f"the control {control['name']!r} refers to")


def check_recipe(settings, recipe):
    """See that every step refers to what stands before it; return all names."""
    names = list(settings)
    for one in recipe:
        if "by" in one:
            known(one["by"], names, f"the step {one['name']!r} is chosen by")
        for call in calls_of(one):
            for argument in call["arguments"].values():
                check_references(argument, names, f"the step {one['name']!r} refers to")
        names.append(one["name"])
    return names


def check_own(settings, recipe, replace):
    """See that learner's functions stand in for steps, and that what those read that go through several is there.

    Parameters
    ----------
    settings : list of str
    recipe : list of dict
    replace : dict
        Step -> the learner's function, or `helpers.stage.own.Through`.

    Raises
    ------
    ValueError
        Says which step, or which value, there is not.
    """
    steps = [one["name"] for one in recipe]
    for name, own in replace.items():
        known(name, steps, "a function stands in for the step")
        for read in getattr(own, "reads", ()):
            known(read, [*settings, *steps[: steps.index(name)]], f"the function for the step {name!r} reads")


def check_references(value, names, who):
    """See that every "$name" in a value, however deep, is known."""
    if refers(value):
        known(value[1:], names, who)
    for part in value if isinstance(value, list | tuple) else value.values() if isinstance(value, dict) else ():
        check_references(part, names, who)


def check_options(panel, names):
    """See that what a panel's options name is there."""
    who = f"the panel {panel['show']!r} refers to"
    check_references([value for name, value in panel.items() if name != "labels"], names, who)
    for name in ("title", "note", "facts"):
        check_text(panel.get(name) or "", names)
    for mark in panel.get("marks") or ():
        check_condition(mark.get("when"), names)
    for condition in [panel["when"]] if isinstance(panel.get("when"), str) else panel.get("when") or []:
        check_condition(condition, names)
    for option in ("display", "range", "channel", "at"):
        for condition, _ in panel[option] if is_choice(panel.get(option)) else ():
            check_condition(condition, names)
    for named in (
        panel.get("tells"),
        (panel.get("room") or {}).get("of"),
        *(mark.get("of") for mark in panel.get("marks") or ()),
    ):
        if named is not None:
            known(named, names, who)


def is_choice(value):
    """Tell whether an option is a list of (condition, value)."""
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], list | tuple)


def check_text(text, names):
    """See that a sentence, or each of several with its condition, has only live numbers that there are."""
    for condition, sentence in [("", text)] if isinstance(text, str) else text:
        check_condition(condition, names)
        for place in PLACE.findall(sentence):
            check_fact(place, names, f"the sentence {sentence[:60]!r} asks for")


def check_condition(condition, names):
    """See that a condition is one: "stride > 1", "space == hsv", "period < 2 * every"; "and" joins several."""
    for part in condition.split(AND) if condition else ():
        compared = CONDITION.match(part)
        if not compared:
            raise ValueError(f"{condition[:60]!r} is no condition; write it as 'stride > 1' or 'space == hsv'")
        for fact in (compared[1], *([compared[4]] if compared[3] else [])):
            check_fact(fact, names, f"the condition {condition[:60]!r} asks for")


def check_fact(place, names, who):
    """See that "name" or "name.rows" is known."""
    name, _, fact = place.partition(".")
    known(name, names, who)
    if fact and fact not in FACTS and not fact.isdigit():
        raise ValueError(f"{who} {place!r}, but an array has {', '.join(FACTS)}")


def known(name, names, who):
    """See that a name is one of those that there are."""
    if name not in names:
        there = f"there are {', '.join(names)}"
        raise ValueError(in_a_sentence(f"{who} {name!r}, which is no setting and no step; {there}"))


def in_a_sentence(words):
    """Return what an error says, not too long."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 2]} …"


# --- where the learner is


def check_place(name, value, names):
    """Return a focus, step or view as it is kept, or refuse it.

    Raises
    ------
    ValueError
        If it is none.
    """
    good = {"focus": is_focus, "step": is_step, "view": is_view}[name]
    if not good(value, names):
        raise ValueError(f"this is no {name} of a Stage: {in_a_sentence(repr(value)[:200])}")
    return value


def is_focus(value, names):
    """Tell whether a value names a cell: {"panel": "picture", "row": 1, "column": 2}, or none: {}."""
    if not isinstance(value, dict) or not value:
        return value == {}
    place = {"channel": 0} | value
    cell = [place.pop(part, None) for part in ("row", "column", "channel")]
    return place.keys() == {"panel"} and place["panel"] in names and all(map(is_count, cell))


def is_step(value, names):
    """Tell whether a value is a step of play: a number from 1, or None for all."""
    return value is None or (is_count(value) and value > 0)


def is_view(value, names):
    """Tell whether a value says for some panels where they are zoomed to."""
    return isinstance(value, dict) and len(value) <= VIEWS and all(is_zoom(one) for one in value.values())


def is_zoom(value):
    """Tell whether a value is a zoom and its middle, or the map that is lifted out."""
    return isinstance(value, dict) and len(value) < 5 and all(is_number(one) for one in value.values())


def is_count(value):
    """Tell whether a value is a whole number from 0."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_number(value):
    """Tell whether a value is a finite number."""
    return isinstance(value, int | float) and math.isfinite(value)
