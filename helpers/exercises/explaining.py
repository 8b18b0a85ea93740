"""Sentences for what can happen in any exercise: how a function ended, what an exception means."""

import builtins

STUB = "Put your code in the place of the `...`, and run it again."
UNTOUCHED = "It is still what it was. Change it, and run it again."
COMPARED = "`{code}` asks whether two things are equal, and does nothing with the answer: a single `=` stores."
HAT = "In `{code}`, `^` is no power: it compares bits. A power is `**`."
COMPARED_VALUE = "It is still what it was: `==` only asks whether two things are equal. A single `=` changes a number."
WITH_A_POINT = (
    "Your result has a point (3.0). Here it counts as right; `range` and `np.zeros` want whole numbers, as `//` makes."
)
UNKNOWN = "Not right yet, in a way that this check has not met before. What it can say:"

# How a call was ended -> a few words for the instructor's table, a sentence.
ENDED = {
    "time": (
        "takes too long",
        "Your function was stopped after {seconds} seconds. Is there a loop that never ends?",
    ),
    "exit": (
        "ends Python",
        "Your function ends all of Python (`exit`, `quit` or `sys.exit`). A function ends with `return`.",
    ),
    "stop": ("interrupted", "The check was interrupted before your function was done."),
}

CHANGED = (
    "Your result is right. But your function also changes the array that it is given, and whoever calls it"
    " does not expect that. Work on a copy: `.copy()` makes one."
)
STILL_DOTS = "Your function still ends with `return ...`: put your result there."
NOTHING = "Your function works something out, but returns nothing: end it with `return` and the result."
ONLY_PRINTED = "Your function prints its result, but returns nothing. `print` is for people, `return` is for programs."
OVERFLOW = (
    "Your formula is right, but the numbers that come in are stored in 8 bits (`uint8`), and sums above 255"
    " start again at 0. Make room first: `image.astype(float)`, or `float(number)`."
)
DEAF = "Your function returns the same whatever it is given. Does it use {names}, or something else from your notebook?"

NO_BRANCH = "{when}, your function returns nothing: it ends there without meeting a `return`. Is a branch missing?"
GIVES_NONE = "{when}, your function returns `None`, which is nothing. A result is wanted there too."
CONDITION = "Right where {yes} ({right}), wrong where {no} ({wrong})."
ONLY_WHERE = "It is wrong only where {when}, though not always there."
SOME_WRONG = "Wrong for {wrong} of {many}."
TWO = "Two things at once. {first} Apart from that: {second}"
ONLY_THERE = "All that differs: {places}."
THERE = "There: {says}"
WHERE_IT_STOPS = "Right where {right}. Where {wrong}: {says}"
RAISES = "Your function ends itself here, by its own `raise {error}`{said}. For this input a result is wanted."
NAMES_SHAPE = "Your result does not hold as many names as are wanted, or not all of them in one list."
SHAPE = "Your result does not have the shape that is wanted."

EXCEPTIONS = {
    "NameError": "Python does not know this name: is there a typo, or a cell above that was not run?",
    "UnboundLocalError": "The name is used before it has a value.",
    "IndexError": "You ask for a place that is not there: n places are counted from 0 to n − 1.",
    "KeyError": "There is no entry of that name.",
    "TypeError": "Two things meet here that do not go together.",
    "ValueError": "The numbers, or their shape, do not fit here; print the `shape` of both sides.",
    "AttributeError": "This object has no such part: a typo, or is it something else than you think?",
    "ZeroDivisionError": "Something is divided by 0.",
    "OverflowError": "A number does not fit into its type: 8 bits (`uint8`) hold 0 to 255.",
    "RecursionError": "The function calls itself, and never stops.",
    "MemoryError": "That would be too large for the computer's memory.",
    "ImportError": "This cannot be imported here.",
}


# What an exception says -> what it means; known better than by its name alone.
SAYINGS = {
    "positional argument": "A function is called with too many things in its brackets, or with too few.",
    "as a data type": "`np.zeros` takes all lengths in brackets of their own: `np.zeros((rows, columns))`.",
    "cannot be interpreted as an integer": "A whole number is wanted here.",
    "can't multiply sequence by": "A list times a number repeats the list. An array multiplies: `np.array(...)`.",
    "truth value of an array": "An array gives one answer for each number in it; `if` and `max` take a single one.",
    "negative dimensions": "A size comes out below 0 here: print it before you make the array.",
    "must be real number, not": "A single number is wanted here, and something else comes.",
    "setting an array element with a sequence": "One place takes one number, and several come.",
    "zero-size array": "What is looked at here is empty: what starts behind the last row or column has no numbers.",
    "Cannot cast ufunc": "An array of whole numbers cannot take decimals: in the place of `a /= b`, write `a = a / b`.",
}


def exception(done, scene, stops=()):
    """Say what a function stopped with, and what that means to a beginner, here or anywhere.

    Parameters
    ----------
    done : Run
    scene : Scene
        Where it stopped; it may know more than the exception says.
    stops : tuple of (str, str)
        What the exercise asks whoever's function stops with an exception.
    """
    said = f": {done.said.strip().rstrip('.')}" if done.said.strip() else ""
    if scene.raises_itself:
        return RAISES.format(error=done.error, said=said)
    saying = next((means for words, means in SAYINGS.items() if words in done.said), "")
    asked = dict(stops).get(done.error, "") if scene.is_of_sizes(done.said) and not saying else ""
    means = " ".join(filter(None, [scene.why(done.said) or saying, asked])) or meaning(done.error)
    return f"Your function stops with {done.error}{said}. {means}".rstrip()


def meaning(name):
    """Return what an exception means, by its name or that of its next of kin; "" if nothing is known."""
    kind = getattr(builtins, name, None)
    kin = [one.__name__ for one in kind.__mro__] if isinstance(kind, type) else []
    return next((EXCEPTIONS[one] for one in kin if one in EXCEPTIONS), "")


def printed(characters, beginning):
    """Say what a function printed; much of it is only counted."""
    shown = " ".join(beginning.split())
    if characters > len(beginning):
        return f"Your function printed {characters:,} characters; they begin with: {shown}"
    return f"Your function printed: {shown}"
