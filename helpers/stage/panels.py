"""What a Stage draws: panels, as plain data that the browser reads.

Each kind takes few options, and refuses those it does not know. Any option may be "$setting", or a list of
(condition, value), of which the first that holds counts.
"""

COMMON = ("sign", "size", "note", "facts", "when", "room")
DRAWN = ("display", "range", "legend", "marks", "letters", "cell")
OPTIONS = {
    "grid": (*COMMON, *DRAWN, "channel", "edit", "pen", "brush", "zoom", "loupe", "turned", "raises", "tells", "until"),
    "stack": (*COMMON, *DRAWN, "beside", "grows"),
    "bars": (*COMMON, "range", "labels", "log"),
    "curve": (*COMMON, "range", "labels", "until", "at"),
    "flow": (*COMMON, "steps", "names", "labels", "counts"),
    "made": (*COMMON, "steps", "names", "labels", "depth"),
    "layers": (*COMMON, "sketch", "picture", "fit"),
}
DISPLAYS = ("auto", "gray", "signed", "color", "tint", "hue", "numbers")
SIZES = ("small", "medium", "large", "whole")


def panel(show, title=None, **options):
    """Describe a grid: an array as cells.

    Parameters
    ----------
    show : str
        The setting or step whose array is drawn.
    title : str or list of (condition, str), optional
        May hold live numbers, "{stride}".
    **options
        display : "auto", "gray", "signed", "color", "tint", "hue" or "numbers"; range : [lowest, highest] or "auto";
        brush : how far a soft pen reaches, in cells;
        tells : a step of the same shape; to point at a number is to ask for the arithmetic of that step's;
        until : "$setting", how many of its cells are known, row by row; the others are left blank;
        raises : True draws how much each cell would raise the number where the learner is;
        channel : the channel to draw, all if left out; letters : what its channels are called;
        legend : False for none; cell : the largest cell size, in CSS pixels; zoom : whether it has zoom buttons;
        edit, pen : whether its cells can be edited, painted; loupe : how many rows and columns are seen, around the
        window that is read; turned : "$flip", a switch that turns it by 180 degrees;
        sign : what stands before the panel, "⊛" or "="; size : "small", "medium", "large" or "whole";
        note : a sentence below; facts : one more fact above, or False for none; when : a condition, "space == hsv", or
        several of which one must hold; room : made by `room`; marks : made by `hatched_ring`, `hatched_sides`, `rim`,
        `starts`, `winners`, `trail`, `heat`,
        `middle_square` and `framed`.

    Raises
    ------
    ValueError
        If there is no such option.
    """
    return described("grid", show, title, options)


def stack(show, title=None, **options):
    """Describe a stack: all maps of a volume on one canvas; options as in `panel`, but for editing and zoom.

    Filters (four axes) may stand `beside` the stack of their maps: where one map is lifted out, so is its filter.
    A stack that `grows`, up to so many maps or filters, keeps room for them. What maps are called, `letters`, may be
    "$setting": words with commas between them.
    """
    return described("stack", show, title, options)


def bars(show, title=None, **options):
    """Describe bars: a row of numbers, each with its name, in a `range`; `log`: a logarithmic scale.

    What they are called, `labels`, may be "$setting": words with commas between them.
    """
    return described("bars", show, title, options)


def curve(show, title=None, **options):
    """Describe a curve: numbers one after the other, a line a column (`labels`), drawn as far as `until`.

    Its `range` may be "first": from 0 to half as much again as it begins with. `at` marks one of its points, and says
    what is there.
    """
    return described("curve", show, title, options)


def flow(steps, title=None, **options):
    """Describe the flow through a network: a column for each of these steps, links between them.

    Parameters
    ----------
    steps : list of str
    title : str, optional
    **options
        names : dict of what a step is called; labels : the names of the last column's numbers;
        counts : dict of how many parameters a step has.
    """
    return described("flow", steps[-1], title, {"steps": list(steps)} | options)


def made(steps, depth, **options):
    """Describe how the map where the learner is comes about: what goes in, kernels, what each makes, the bias.

    Parameters
    ----------
    steps : list of str
        As in the `flow` that it stands beside or below.
    depth : str
        The setting that says how deep the learner looks: "whole", and with Enter "map"; it is seen only then.
    **options
        names, labels : as there.
    """
    how = {"steps": list(steps), "depth": depth, "when": f"{depth} == map"}
    return described("made", steps[-1], "How a map is made", how | options)


def layers(show, sketch, title=None, **options):
    """Describe the table of a network that the learner builds, with a drawing above it.

    Parameters
    ----------
    show : str
        The step that says how many numbers come out of each layer that is reached.
    sketch : str
        The setting that holds the layers.
    **options
        picture : the setting that holds the size of what comes in, "28x28x1"; fit : the one that says whether each
        layer reads what comes in, whatever the sketch says.
    """
    return described("layers", show, title, {"sketch": sketch} | options)


def described(kind, show, title, options):
    """Return a panel as data, if its options are known."""
    unknown = [name for name in options if name not in OPTIONS[kind]]
    if unknown:
        raise ValueError(f"a {kind} has no option {unknown[0]!r}; it has {', '.join(OPTIONS[kind])}")
    for name, words in (("size", SIZES), ("display", DISPLAYS)):
        word = options.get(name)
        if isinstance(word, str) and not word.startswith("$") and word not in words:
            raise ValueError(f"the {name} of a panel is one of {', '.join(words)}, not {word!r}")
    return {"kind": kind, "show": show, "title": title or show.replace("_", " ")} | options


def room(of=None, *, fill=False, corner=None, group=None):
    """Say where and how large a panel is drawn.

    Parameters
    ----------
    of : str, optional
        The array in whose room it is drawn, with cells of the same size.
    fill : bool
        Whether its cells fill that room instead.
    corner : int, optional
        How many rows of its upper left corner are seen at first (of an upright one: how many columns).
    group : str, optional
        Panels with the same word stay together; "column": below each other.
    """
    return {"of": of, "fill": fill, "corner": corner, "group": group}


def hatched_ring(width):
    """Hatch a ring: what is no part of the picture."""
    return {"kind": "ring", "width": width}


def hatched_sides(width):
    """Hatch so many columns on the left and on the right."""
    return {"kind": "sides", "width": width}


def rim(of):
    """Hatch what lies around the middle part that is as large as another array; all where there is no such array."""
    return {"kind": "rim", "of": of}


def starts(of):
    """Dot the cells in which the windows of a step start, and hatch those that none of them reads."""
    return {"kind": "starts", "of": of}


def winners(of):
    """Dot the cells that win in a window of a step that keeps the largest."""
    return {"kind": "winners", "of": of}


def trail(of, until=None):
    """Draw a way through the cells: a step that has a row and a column for each point, as far as `until`."""
    return {"kind": "trail", "of": of, "until": until}


def heat(of, when=None):
    """Tint the places at which the windows of a step lie, the more the larger its number; `when` a condition holds."""
    return {"kind": "heat", "of": of, "when": when}


def middle_square():
    """Frame the middle square: what is left of a picture where only a square is read."""
    return {"kind": "square"}


def framed(row, column, rows, columns):
    """Frame a block; its place and size may be parts of cells."""
    return {"kind": "block", "row": row, "column": column, "rows": rows, "columns": columns}
