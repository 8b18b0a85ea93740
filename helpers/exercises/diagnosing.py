"""The diagnoses: each looks at a Trial and returns the Slip that it sees, or None.

Nothing is guessed. A slip is named when the learner's outcome is the slip's own on every input; a relation or a
condition is said when it holds for every input; what the code does, when its syntax tree has it. A function that gets
one input wrong and fails at a later one is diagnosed by what it did until then: first things first.
"""

from dataclasses import replace

import numpy as np

from helpers.exercises import explaining, failing, syntax
from helpers.exercises.conditions import is_8_bit, places, separating, shared
from helpers.exercises.exercise import Slip
from helpers.exercises.influences import influence
from helpers.exercises.reading import counted
from helpers.exercises.relations import relation
from helpers.exercises.trial import difference


def diagnose(trial):
    """Return the Slip that fits best, or None."""
    slip = first_of((nothing_returned, known), trial) or first_of(looks_of(trial), until_it_failed(trial))
    return slip and with_code(slip, trial.tree)


def looks_of(trial):
    """Return the diagnoses that make sense: no arithmetic with names."""
    return LOOKS_AT_NAMES if trial.exercise.read else LOOKS


def first_of(looks, trial):
    """Return the first Slip that is seen, or None."""
    return next((slip for slip in (look(trial) for look in looks) if slip), None)


def with_code(slip, tree):
    """Return a slip with what is to be said of the learner's code, if the code has it."""
    holds = (says for predicate, says in slip.because if tree is not None and predicate(tree))
    more = next(holds, "")
    return replace(slip, says=f"{slip.says} {more}".rstrip())


def until_it_failed(trial):
    """Return the part of a trial before its first failure if that went wrong already; else all of it."""
    part = trial.until_it_failed()
    return trial if all(part.right) else part


# --- nothing, a slip of the exercise's own, a failure ------------------------------------------------


def nothing_returned(trial):
    """See whether the function forgets `return`, for all inputs or for some, or still returns `...`."""
    results = [one.run.result for one in trial.got if not one.run.error]
    if any(result is ... for result in results):
        return Slip("returns ...", None, explaining.STILL_DOTS)
    missing = [one.run.result is None and not one.run.error for one in trial.got]
    if not any(missing):
        return None
    if not all(missing):
        on_purpose = trial.tree is not None and syntax.returns_none(trial.tree)
        says = explaining.GIVES_NONE if on_purpose else explaining.NO_BRANCH
        return Slip("nothing returned for some", None, says.format(when=where(trial, missing)))
    has_printed = any(one.run.characters for one in trial.got)
    return Slip("nothing returned", None, explaining.ONLY_PRINTED if has_printed else explaining.NOTHING)


def where(trial, marks):
    """Say for which inputs something holds: by a property that sets them apart, or by their number."""
    words = separating(*trial.asked([not mark for mark in marks]))
    return f"Where {words[1]}" if words else f"For {sum(marks)} of {counted(len(marks), 'input')}"


def known(trial):
    """See whether the outcomes are those of one of the exercise's own slips."""
    return next((slip for slip in trial.exercise.slips if trial.looks_like(slip)), None)


def raised(trial):
    """See whether the function raises an exception, and for which inputs."""
    marks = [bool(one.run.error) for one in trial.got]
    if not any(marks):
        return None
    place = marks.index(True)
    failed = trial.got[place].run
    scene = failing.scene_of(trial.function, trial.cases[place], trial.exercise.seconds)
    says = explaining.exception(failed, scene, trial.exercise.stops)
    if not all(marks) and not any(not right and not mark for right, mark in zip(trial.right, marks, strict=True)):
        words = separating(*trial.asked([not mark for mark in marks]), more=trial.probes)
        says = explaining.WHERE_IT_STOPS.format(right=words[0], wrong=words[1], says=says) if words else says
    return Slip(f"raises {failed.error}", None, says)


def not_numbers(trial):
    """See whether something else than numbers comes back."""
    refused = trial.first(lambda one: one.refusal)
    return refused and Slip(refused.refusal.name, None, refused.refusal.says)


def overflow(trial):
    """See whether the function is right as soon as its inputs have room for large numbers."""
    if not any(is_8_bit(value) for case in trial.cases for value in case):
        return None
    roomy = [tuple(value.astype(float) if is_8_bit(value) else value for value in case) for case in trial.cases]
    is_right = trial.is_right_with(roomy)
    return Slip("integer overflow in uint8", None, explaining.OVERFLOW) if is_right else None


# --- reasoning -------------------------------------------------------------------------------------


def related(trial):
    """See whether one relation leads from what is wanted to every result."""
    found = relation(trial.compared(range(len(trial.got))))
    return None if found and is_of_length(found) else found


def of_length(trial):
    """See whether the numbers of rows and columns are wrong everywhere in the same way."""
    return relation(trial.compared(range(len(trial.got))))


def is_of_length(slip):
    """Tell whether a relation is about the number of rows and columns alone."""
    return slip.name in LENGTHS or slip.name.startswith("as large as")


def two_at_once(trial):
    """See whether one relation leads from what a slip makes to every result: two causes."""
    everywhere = range(len(trial.got))
    for slip in trial.exercise.slips:
        second = relation(trial.compared(everywhere, of=slip))
        if second and second.name not in VAGUE and not is_of_length(second) and are_apart(trial, slip, second):
            says = explaining.TWO.format(first=with_code(slip, trial.tree).says, second=second.says)
            return Slip(f"{slip.name}, {second.name}", None, says)
    return None


def are_apart(trial, slip, second):
    """Tell whether a slip and a relation are about different things, so that one does not undo the other."""
    wanted, made = trial.wanted, trial.made_by(slip.name, slip.like)[: len(trial.got)]
    if any(one.failure for one in made):
        return False
    if second.name in OF_SIZE:
        return all(one.array.size == two.array.size for one, two in zip(made, wanted, strict=True))
    alone = relation(trial.compared(range(len(made)), got=made))
    return alone is None or alone.name in (*OF_SIZE, *OF_PLACE)


def sometimes(trial):
    """See what separates the right inputs from the wrong ones, and what is wrong with those."""
    words = separating(*trial.asked(trial.right), more=trial.probes) if any(trial.right) else None
    wrong = [place for place, right in enumerate(trial.right) if not right]
    what = partly(trial, wrong)
    if not words and not what:
        return common_to_wrong(trial)
    says = condition_in_words(trial.right, words) if any(trial.right) else ""
    name = f"only where {words[0]}" if words else what.name
    because = what.because if what else ()
    return Slip(name, None, " ".join(filter(None, [says, what and what.says])), because=because)


def common_to_wrong(trial):
    """See what all wrong inputs have in common, and few of the right ones."""
    words = shared(*trial.asked(trial.right), more=trial.probes)
    return words and Slip(f"only where {words}", None, explaining.ONLY_WHERE.format(when=words))


def when(trial):
    """See what separates the right inputs from the wrong ones, and no more."""
    words = separating(*trial.asked(trial.right), more=trial.probes)
    return words and Slip(f"only where {words[0]}", None, condition_in_words(trial.right, words))


def condition_in_words(right, words):
    """Say which inputs come out right and which do not, or only how many."""
    good, bad = counted(sum(right), "input"), len(right) - sum(right)
    if words:
        return explaining.CONDITION.format(yes=words[0], right=good, no=words[1], wrong=bad)
    return explaining.SOME_WRONG.format(wrong=bad, many=counted(len(right), "input"))


def partly(trial, wrong):
    """Return what is wrong with the inputs that come out wrong as a Slip: a relation, places, what it depends on."""
    if any(trial.got[place].failure for place in wrong):
        return None
    pairs = trial.compared(wrong)
    found = relation(pairs) if any(trial.right) else None
    if found:
        return found
    place, how = in_places(pairs)
    more = how or depends(trial, wrong[0])
    if place and more:
        return replace(
            more,
            name=place.name,
            because=(*more.because, *place.because),
            says=f"{place.says} {explaining.THERE.format(says=more.says) if how else more.says}",
        )
    return place or more


def depends(trial, wrong):
    """See what the first wrong number depends on."""
    got, wanted = trial.pairs()[wrong]
    if got.array.shape != wanted.array.shape:
        return None
    place = tuple(int(one) for one in np.argwhere(difference(got, wanted, trial.exercise.tolerance))[0])
    functions = trial.caller(trial.function), trial.caller(trial.exercise.solution)
    return influence(trial.cases[wrong], trial.exercise.parameters, place, *functions)


def in_places(pairs):
    """See which places differ, and how: two Slips, each None where nothing is seen."""
    if not pairs.are_alike or pairs.are_numbers:
        return None, None
    differs = [np.abs(got - wanted) > pairs.tolerance for got, wanted in pairs.each()]
    words, masks = places(differs, pairs.wanted) or ("", ())
    if not words:
        return None, None
    there = Slip(f"only {words}", None, explaining.ONLY_THERE.format(places=words), because=syntax.ENDS_A_LOOP)
    return there, relation(pairs.at(masks))


def deaf(trial):
    """See whether the function returns the same whatever it is given."""
    first = trial.got[0]
    if len(trial.got) < 2 or not all(one.is_like(first, 0) for one in trial.got):
        return None
    names = " and ".join(f"`{name}`" for name in trial.exercise.parameters)
    return Slip("same for all inputs", None, explaining.DEAF.format(names=names))


def shape(trial):
    """See whether a result has another shape than it should."""
    fit = [one.array.shape == two.array.shape for one, two in trial.pairs()]
    return (
        None if all(fit) else Slip("shape", None, explaining.NAMES_SHAPE if trial.exercise.read else explaining.SHAPE)
    )


OF_SIZE = ("rows or columns", "ringed")
OF_PLACE = ("transposed", "upside down", "mirrored", "turned by 180 degrees", "shifted")
LENGTHS = ("size", "size exchanged", "number of rows", "number of columns", "square result")
VAGUE = ("number of axes", "other shape", "one number", "several numbers", "all one value", "input unchanged")
LOOKS = (known, raised, not_numbers, overflow, related, deaf, two_at_once, of_length, sometimes, shape)
LOOKS_AT_NAMES = (known, raised, not_numbers, deaf, when, shape)
