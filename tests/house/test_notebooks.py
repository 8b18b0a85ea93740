"""The form of the notebooks: what a reader, a diff and a screen reader rely on. Running them checks more."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from stages import NBVAL

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
EVERYWHERE = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
IMAGE_TAG = re.compile(r"<img\b[^>]*>")


def cells(path, kind=None):
    """Return a notebook's cells, all or of one kind."""
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind in (None, cell.cell_type)]


def text(path):
    """Return all the prose of a notebook."""
    return "\n".join(cell.source for cell in cells(path, "markdown"))


def headings(path):
    """Return the anchors of a notebook's headings, as JupyterLab makes them."""
    return {line.lstrip("# ").replace(" ", "-") for line in text(path).splitlines() if re.match(r"#+ ", line)}


def test_there_are_notebooks():
    assert (FOLDER / "00_start_here.ipynb") in NOTEBOOKS


@EVERYWHERE
def test_a_lesson_begins_with_its_title(path):
    assert re.fullmatch(r"\d\d_[a-z_]+\.ipynb", path.name)
    assert cells(path)[0].cell_type == "markdown"
    assert cells(path)[0].source.startswith("# ")


@EVERYWHERE
def test_a_title_and_a_few_sentences_stand_before_what_is_alive(path):
    title, opening = cells(path)[0].source.split("\n\n", 1)
    assert title.count("\n") == opening.count("\n\n") == 0
    assert len(opening) < 250


def test_the_second_cell_begins_with_the_same_imports_everywhere():
    (imports,) = {"\n\n".join(cells(path)[1].source.split("\n\n")[:2]) for path in NOTEBOOKS}
    assert re.search(r"^from helpers import ", imports, re.MULTILINE)


@EVERYWHERE
def test_the_second_cell_shows_an_explorable_and_goals_come_after_it(path):
    _, second, third, *_ = cells(path)
    assert re.search(r"\n\nmy = explore\.my_picture\(\)\nexplore\.\w+\(my.*\)$", second.source)
    assert re.search(r"^You will be able to:$", third.source, re.MULTILINE)


def items(text):
    """Return how many items the numbered lists of a text have, one after the other."""
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
    return [last for last, following in zip(numbers, [*numbers[1:], 1], strict=True) if following == 1]


ANSWERED = [path for path in NOTEBOOKS if path.name[:2] in ("03", "04", "05", "06", "07", "08", "09")]


@pytest.mark.parametrize("path", ANSWERED, ids=lambda path: path.name)
def test_every_numbered_question_is_answered_in_the_fold_that_follows(path):
    prose = text(path)
    folds = re.findall(r"<details>.*?</details>", prose, re.S)
    asked = items(re.sub(r"<details>.*?</details>", "", prose, flags=re.S))
    assert asked
    assert asked == [count for fold in folds for count in items(fold)]


@pytest.mark.parametrize("path", NOTEBOOKS[:2], ids=lambda path: path.name)
def test_numbered_questions_have_their_answers_folded_below(path):
    for number, cell in enumerate(cells(path)):
        if re.search(r"^1\. ", cell.source, re.M):
            nearby = cells(path)[number : number + 4]
            assert any("After you have looked" in one.source for one in nearby), cell.source


@EVERYWHERE
def test_cells_name_what_a_browsers_python_must_fetch_and_nothing_large(path):
    named = {name.split(".")[0] for cell in cells(path, "code") for name in imported(cell.source)}
    fetched = named - {*sys.stdlib_module_names, "helpers"}
    draws = {"matplotlib"} if any("side_by_side" in cell.source for cell in cells(path, "code")) else set()
    assert fetched - {"ipywidgets"} == {"numpy", "PIL"} | draws


def imported(source):
    """Yield the modules that a cell imports, anywhere in it: a browser's Python fetches them before the cell runs."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@EVERYWHERE
def test_no_outputs_are_stored(path):
    for cell in cells(path, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None


@EVERYWHERE
def test_a_notebook_is_valid_and_its_cells_keep_their_ids(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@EVERYWHERE
def test_links_lead_somewhere(path):
    for _, _, target in LINK.findall(text(path)):
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), f"{target} is not a secure address"
            continue
        file, _, anchor = target.partition("#")
        leads_to = (path.parent / file).resolve() if file else path
        assert leads_to.exists(), f"{target} leads nowhere"
        assert ROOT in leads_to.parents, f"{target} leads out of the course"
        if anchor and leads_to.suffix == ".ipynb":
            assert anchor in headings(leads_to), f"{target}: no such heading"


@EVERYWHERE
def test_pictures_have_a_text_beside_them(path):
    for is_picture, alternative, target in LINK.findall(text(path)):
        assert alternative.strip() or not is_picture, f"{target} has no alternative text"
    for tag in IMAGE_TAG.findall(text(path)):
        assert re.search(r'\balt="[^"]+"', tag), f"{tag} has no alternative text"


def test_a_callback_that_raises_fails_the_run():
    command = [
        sys.executable,
        "-m",
        "pytest",
        *NBVAL,
        "-p",
        "no:cacheprovider",
        "tests/notebooks/canary.ipynb",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "the canary sings" in done.stdout
    assert re.search(r"\b1 failed, 1 passed\b", done.stdout)


def test_a_notebook_finds_helpers_from_its_own_folder():
    script = "import helpers.sizes; print(helpers.__file__); print(helpers.sizes.output_size(7, 3))"
    done = subprocess.run([sys.executable, "-c", script], cwd=FOLDER, capture_output=True, text=True, timeout=30)
    assert done.stdout.splitlines() == [str(ROOT / "helpers" / "__init__.py"), "5"], done.stderr


@EVERYWHERE
def test_what_is_folded_says_so_and_can_be_rendered(path):
    for cell in cells(path, "markdown"):
        folded = re.findall(
            r"<details>\n<summary>After you have looked</summary>\n\n\S.*?\n\n</details>\n<br>$",
            cell.source,
            re.S | re.M,
        )
        assert len(folded) == cell.source.count("<details") == cell.source.count("</details>")
