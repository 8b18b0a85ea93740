"""Make docs/rosetta.svg, the Rosetta table on one page, from docs/rosetta.md.

.venv/bin/python docs/make_rosetta.py
"""

import re
import textwrap
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent
SOURCE, TARGET = FOLDER / "rosetta.md", FOLDER / "rosetta.svg"
WIDTH, MARGIN = 1680, 24  # pixels; as wide to high as a sheet of paper on its side
LINE, AIR, GAP = 16, 9, 22  # from line to line; above and below the lines of a row; before a headline
SIZE = {"code": 12.5, "words": 13}
LETTER = {"code": 0.605, "words": 0.54}  # of the size: how wide a letter is, at most and on average
INK, QUIET, RULE, BAND = "#1b1c20", "#5f636b", "#9aa0aa", "#f3f4f6"
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d" \
font-family="system-ui, DejaVu Sans, sans-serif" font-size="{size}">
<title id="t">The Rosetta table</title>
<desc id="d">{says}</desc>
<rect width="{width}" height="{height}" fill="#fff"/>"""
SAYS = (
    "One page: how this course, {libraries} spell {count} things, a line of code each; below it the conventions in"
    " which they differ. The same as text stands in rosetta.md."
)

NAMES = (
    "x: a gray picture, rgb: a color picture, k: a kernel, all NumPy arrays;"
    " X, K: the same for PyTorch; XL, KL: for Keras."
)


def tables(text):
    """Yield the tables of a Markdown text: each a list of rows, each a list of cells."""
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split(" |")] for line in block.splitlines()]
        yield [rows[0], *rows[2:]]


def is_code(cell):
    """Tell whether a cell is nothing but code."""
    return bool(re.fullmatch(r"`[^`]+`", cell))


def plain(cell):
    """Return a cell without Markdown's marks."""
    return re.sub(r"`|\*\*", "", cell)


def wrapped(cell, width):
    """Return the lines of a cell in a column of so many pixels; code is broken after a comma or a bracket."""
    kind = "code" if is_code(cell) else "words"
    letters = int((width - 12) / (SIZE[kind] * LETTER[kind]))
    if kind == "words":
        return textwrap.wrap(plain(cell), letters) or [""]
    lines = [""]
    for part in re.findall(r"[^,(]+[,(]* ?|[,(]+ ?", plain(cell)):
        if lines[-1] and len(lines[-1] + part.rstrip()) > letters:
            lines.append("  ")
        lines[-1] += part
    return [line.rstrip() for line in lines]


def text_line(line, x, y, code, head):
    """Return one line of a cell."""
    look = f'font-family="ui-monospace, DejaVu Sans Mono, monospace" font-size="{SIZE["code"]}" ' if code else ""
    look += f'fill="{INK}"' + (' font-weight="600"' if head else "")
    return f'<text x="{x:g}" y="{y:g}" {look} xml:space="preserve">{escape(line, quote=False)}</text>'


def drawn_row(cells, edges, top, head, band):
    """Return a row as SVG, and where the next one begins."""
    columns = [wrapped(cell, right - left) for cell, left, right in zip(cells, edges, edges[1:], strict=False)]
    height = LINE * max(map(len, columns)) + 2 * AIR
    size = f'width="{WIDTH - 2 * MARGIN}" height="{height}"'
    parts = [f'<rect x="{MARGIN}" y="{top}" {size} fill="{BAND}"/>'] if band else []
    for cell, lines, left in zip(cells, columns, edges, strict=False):
        places = range(top + AIR + 12, top + height, LINE)
        drawn = zip(lines, places, strict=False)
        parts += [text_line(line, left + 6, y, is_code(cell), head) for line, y in drawn if line.strip()]
    bottom = top + height
    parts.append(
        f'<path d="M{MARGIN} {bottom}H{WIDTH - MARGIN}" stroke="{RULE}" stroke-width="{1.5 if head else 0.5}"/>'
    )
    return parts, bottom


def drawn_table(rows, shares, top):
    """Return a table as SVG, and where it ends; the shares say how wide each column is."""
    room = (WIDTH - 2 * MARGIN) / sum(shares)
    edges = [MARGIN + round(room * sum(shares[:n])) for n in range(len(shares) + 1)]
    parts = []
    for number, cells in enumerate(rows):
        row, top = drawn_row(cells, edges, top, head=number == 0, band=number % 2 == 0 and number > 0)
        parts += row
    return parts, top


def svg(markdown):
    """Return the page."""
    code, conventions = tables(markdown)
    first, top = drawn_table(code, (18, 20, 29, 22, 24, 28), 62)
    second, bottom = drawn_table(conventions, (14, 33, 44), top + GAP)
    height = bottom + 44
    libraries = ", ".join(plain(cell) for cell in code[0][2:])
    says = SAYS.format(libraries=libraries, count=len(code) - 1)
    return "\n".join(
        [
            HEAD.format(width=WIDTH, height=height, size=SIZE["words"], says=escape(says)),
            f'<text x="{MARGIN + 6}" y="34" font-size="20" font-weight="600" fill="{INK}">The Rosetta table</text>',
            f'<text x="{MARGIN + 230}" y="34" fill="{QUIET}">the same thing, as five libraries spell it</text>',
            *first,
            *second,
            f'<text x="{MARGIN + 6}" y="{bottom + 26}" fill="{QUIET}">{escape(NAMES)}</text>',
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    TARGET.write_text(svg(SOURCE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{TARGET.name} is up to date.")
