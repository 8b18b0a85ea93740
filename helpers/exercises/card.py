"""The judgment of a card: whether something is said under each heading. What it says is nobody's business here."""

import re
import unicodedata

from helpers.engine.running import run
from helpers.exercises import explaining
from helpers.exercises.exercise import DOTS, SECONDS
from helpers.exercises.reading import Refusal, a
from helpers.exercises.verdict import CORRECT, NOT_ATTEMPTED, NOT_YET, Verdict

LEAST = 4  # different words, so that something is said
LEAST_SIGNS = 6  # different signs of a script that needs no spaces
NO_CARD = "This is {}. A card is a dict: headings, each with a text behind it."
NO_TEXT = "What stands under {} is {}. Write a sentence, in quotes."
UNKNOWN = "There is a heading that nobody asked for: {}. Is it one of these, {}, with a typo?"
HIDDEN = 60  # characters of a heading that are said
NUMBER_WORDS = set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens hundred hundreds thousand"
    " thousands million millions billion no none single".split()
)


def judge_card(exercise, value):
    """Return the Verdict on a card."""
    if value is None or value is ...:
        says = f"Write `{exercise.variable}`, and run it again."
        return Verdict(NOT_ATTEMPTED, exercise, says)
    done = run(lambda: read_card(value, exercise), (), SECONDS, lambda card: card)
    if done.error or isinstance(done.read, Refusal):
        refusal = done.read or Refusal("no card", NO_CARD.format(a(value)))
        return Verdict(NOT_YET, exercise, refusal.says, refusal.name)
    card = done.read
    if all(is_empty(text) for text in card.values()):
        return Verdict(NOT_ATTEMPTED, exercise, explaining.UNTOUCHED)
    slip = next((slip for slip in exercise.slips if slip.like(card)), None)
    if slip:
        return Verdict(NOT_YET, exercise, slip.told(card), slip.name)
    return Verdict(CORRECT, exercise, exercise.why)


def read_card(value, exercise):
    """Return a card as plain texts by heading, in the headings' order; or the Refusal of what is none."""
    if not isinstance(value, dict):
        return Refusal("no card", NO_CARD.format(a(value)))
    names = [one.name for one in exercise.headings]
    strange = [name for name in value if name not in names]
    missing = [name for name in names if name not in value]
    if strange and missing:
        return Refusal("another heading", UNKNOWN.format(quoted([str(strange[0])[:HIDDEN]]), quoted(missing)))
    for name in names:
        held = value.get(name, "")
        if held is not ... and held is not None and not isinstance(held, str):
            return Refusal("no text", NO_TEXT.format(quoted([name]), a(held)))
    return {name: str(value[name]) if isinstance(value.get(name), str) else "" for name in names}


def quoted(names):
    """Write headings as they stand in the code."""
    return ", ".join(f'`"{name}"`' for name in names)


# --- what a card's slips ask --------------------------------------------------------------------------


def words_in(text):
    """Return the words of a text in small letters.

    >>> words_in("Three cats: TABBY, and 2 more.")
    ['three', 'cats', 'tabby', 'and', '2', 'more']
    """
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def is_empty(text):
    """Tell whether nothing is said: no letter, no digit, or the dots of the stub."""
    return text.strip() == DOTS or not words_in(text)


def is_short(text):
    """Tell whether too little is said to be a sentence; a script without spaces counts by its signs."""
    signs = {sign for sign in text if sign.isalpha() and unicodedata.name(sign, "").startswith(SPACELESS)}
    return len(set(words_in(text))) < LEAST and len(signs) < LEAST_SIGNS


def has_number(text):
    """Tell whether a number stands in a text, in digits or in an English word.

    >>> has_number("Thirty photos."), has_number("10 of each"), has_number("My photos.")
    (True, True, False)
    """
    return any(sign.isnumeric() for sign in text) or bool(NUMBER_WORDS & set(words_in(text)))


def are_same(one, other):
    """Tell whether two texts say the same, but for signs and capitals."""
    return words_in(one) == words_in(other)


SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
