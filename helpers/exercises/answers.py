"""Write the instructor's answer key: python3 -m helpers.exercises.answers.

It is made from the data that the notebooks and the checks use, so that it cannot say something else.
"""

import sys
from pathlib import Path

from helpers.exercises.exercise import source
from helpers.exercises.lesson import lessons
from helpers.images import COURSE

FILE = COURSE / "docs" / "answers.md"
HEAD = """# Answer key

For instructors: everything that the notebooks ask, with answers. Made by `python3 -m helpers.exercises.answers` out of
`helpers/lessons/`; change it there. To see every explorable at once, run `exercises.open_all()` in the notebook;
to hide all answers again after a rehearsal, with nothing recorded from then on, run `exercises.start_over()`."""


def document():
    """Return the whole answer key as Markdown."""
    parts = [HEAD]
    for number, lesson in lessons().items():
        parts.append(f"## Lesson {number}: {lesson.title}")
        parts += section("Predictions", [prediction_text(one) for one in lesson.predictions])
        parts += section("Exercises", [exercise_text(one) for one in lesson.exercises])
        parts += section("Exit quiz", [question_text(one) for one in lesson.quiz])
    return "\n\n".join(parts) + "\n"


def section(title, texts):
    """Return a heading and what stands below it, or nothing if that is nothing."""
    return [f"### {title}", *texts] if texts else []


def prediction_text(prediction):
    """Return a prediction with what happens."""
    return f"{question_text(prediction)}\n\nTo show it: {prediction.see}"


def question_text(question):
    """Return a question, its right answer, and what is said to the wrong ones."""
    parts = [f"#### {question.text}", *([fenced(question.code)] if question.code else [])]
    if question.choices:
        lines = [f"- {'**right**: ' if one.right else ''}{one.text}{told(one.says)}" for one in question.choices]
    else:
        lines = [f"- **right**: {question.right_answer}"]
        lines += [f"- {wrong}{told(says)}" for wrong, says in question.slips]
        lines += [f"- any other number{told(question.otherwise)}"]
    return "\n\n".join([*parts, "\n".join(lines), f"Why: {question.why}"])


def told(says):
    """Return what is said to an answer, in italics."""
    return f" — *{says}*" if says else ""


def exercise_text(exercise):
    """Return an exercise: solution, other ways, hints, and the slips that the check knows."""
    ways = [fenced(source(way)) for way in exercise.ways if callable(way)]
    hints = "\n".join(f"{number}. {hint}" for number, hint in enumerate(exercise.hints, 1))
    slips = "\n".join(f"- {slip.name}{told(slip.says)}" for slip in exercise.slips)
    parts = [f"#### {exercise.title} (`{exercise.name}`)", fenced(exercise.answer)]
    parts += ["Also right:", *ways] if ways else []
    parts += ["Hints:", hints, "Slips that the check names:", slips, f"When it is right: {exercise.why}"]
    return "\n\n".join(parts)


def fenced(code):
    """Return code as Markdown."""
    return f"```python\n{code}\n```"


def main(arguments=None):
    """Write the answer key; return the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    path = Path(arguments[0]) if arguments else FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document(), encoding="utf-8", newline="\n")
    print(f"The answer key is in {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
