"""What a question is: plain data, asked before an explorable (a prediction) or after a lesson (the quiz).

In every text, `backticks` enclose code and *stars* what is stressed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One of several answers.

    Attributes
    ----------
    text : str
    right : bool
    says : str
        What is said to whoever gets this choice wrong: ticks it though it is wrong, or leaves it out
        though it is right.
    """

    text: str
    right: bool = False
    says: str = ""


@dataclass(frozen=True)
class Question:
    """A question with choices, or one for a number.

    Attributes
    ----------
    name, text : str
    why : str
        What is said to a right answer, and after a prediction.
    code : str
        Lines of code to look at.
    choices : tuple of Choice
        One of them right: choose one. Several right: tick all.
    answer : float, optional
        Without choices: the number, give or take `within`.
    slips : dict
        Wrong number -> what is said to it.
    otherwise : str
        What is said to any other wrong number.
    """

    name: str
    text: str
    why: str
    code: str = ""
    choices: tuple = ()
    answer: float | None = None
    within: float = 0
    slips: tuple = ()
    otherwise: str = ""

    @property
    def kind(self):
        """Return "number", "one" or "several"."""
        if not self.choices:
            return "number"
        return "one" if sum(choice.right for choice in self.choices) == 1 else "several"

    @property
    def right_answer(self):
        """Return the right answer in words."""
        if self.kind == "number":
            return f"{self.answer:g}"
        return "; ".join(choice.text for choice in self.choices if choice.right)

    def for_browser(self):
        """Return the question as plain data."""
        choices = [{"text": choice.text, "right": choice.right, "says": choice.says} for choice in self.choices]
        numbers = {"answer": self.answer, "within": self.within, "slips": [list(slip) for slip in self.slips]}
        words = {"text": self.text, "why": self.why, "code": self.code, "otherwise": self.otherwise}
        return {"name": self.name, "kind": self.kind, "choices": choices} | numbers | words

    def __str__(self):
        """Return the question as text, for readers without a browser."""
        lines = [self.text, *(f"    {line}" for line in self.code.splitlines())]
        return "\n".join([*lines, *(f"  - {choice.text}" for choice in self.choices)])


@dataclass(frozen=True)
class Prediction(Question):
    """A question whose answer the explorable below it shows.

    Attributes
    ----------
    happens : str
        What happens, in a few words, to be read beside what was predicted.
    see : str
        What to do in the explorable to see it.
    """

    happens: str = ""
    see: str = ""

    def for_browser(self):
        """Return the question as plain data."""
        return super().for_browser() | {"happens": self.happens, "see": self.see}
