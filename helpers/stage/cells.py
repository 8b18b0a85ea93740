"""Which cell made a widget, and which cells show it: what a cell that runs again replaces is closed.

ipywidgets keeps every open widget for ever, seen or not, and each goes on being told of what it follows. So when a
cell has run again, the widgets of its run before are closed, unless they are still wanted: another cell shows them,
a variable names them, or another open widget holds them. Where no cell is known (in a script, in tests), or where a
cell makes nothing of this course, nothing is closed.
"""

from itertools import chain

import ipywidgets
from IPython import get_ipython
from ipywidgets.widgets.widget import _instances
from ipywidgets.widgets.widget_link import Link

HISTORY = ("In", "Out")  # the names by which IPython itself keeps what was shown; its others begin with "_"


class OfCell:
    """A widget that is closed when the cell that made it runs again; goes before the widget's class."""

    _ends = ()

    def __init__(self, *args, **traits):
        note(self)
        super().__init__(*args, **traits)

    def _repr_mimebundle_(self, **options):
        note(self)
        return super()._repr_mimebundle_(**options)

    def when_closed(self, act):
        """Call `act` once, when the widget is closed."""
        self._ends = (*self._ends, act)

    def close(self):
        """Leave the page and follow nothing any more; Python can go on using the widget."""
        ends, self._ends = self._ends, ()
        for end in ends:
            end()
        super().close()


class Desk:
    """The cells of a notebook, and the widgets that they made and show.

    Parameters
    ----------
    shell : InteractiveShell
        What runs the cells.
    """

    def __init__(self, shell):
        self.shell = shell
        self.made, self.shown = {}, {}  # by cell: all widgets of its last run, and those of the course
        self.old = []  # widgets of earlier runs that were still wanted when it was last looked
        self.begin()
        shell.events.register("pre_run_cell", self.begin)
        shell.events.register("post_run_cell", self.end)

    def begin(self, _info=None):
        """Look what is there before a cell runs."""
        self.before, self.noted = set(_instances), []

    def end(self, _result=None):
        """Take note of what a cell made and shows, and close what it replaces."""
        cell = cell_of(self.shell)
        if cell is None or not (self.noted or cell in self.made):
            return
        self.old += self.made.pop(cell, [])
        self.made[cell] = [widget for key, widget in list(_instances.items()) if key not in self.before]
        self.shown[cell] = self.noted
        self.close_unwanted()

    def close_unwanted(self):
        """Close the widgets of earlier runs, but for those that are still wanted."""
        kept = self.wanted()
        for widget in reversed(self.old):
            if widget not in kept:
                widget.close()
        self.old = [widget for widget in self.old if widget in kept]

    def wanted(self):
        """Return the open widgets that are nothing old, those shown or named, and all that they hold."""
        old, names = set(self.old), list(self.shell.user_ns.items())
        named = [widgets_in(value) for name, value in names if name[:1] != "_" and name not in HISTORY]
        others = [widget for widget in list(_instances.values()) if widget not in old]
        kept = with_held(chain(others, *self.shown.values(), *named))
        return kept | {one for one in old - kept if isinstance(one, Link) and kept.issuperset(held(one))}


def note(widget):
    """Tell that the cell that runs made a widget of the course, or shows it."""
    shell = get_ipython()
    if cell_of(shell) is None:
        return
    if not hasattr(shell, "course_desk"):
        shell.course_desk = Desk(shell)
    shell.course_desk.noted.append(widget)


def cell_of(shell):
    """Return what the cell that runs is called; None where that is not known."""
    get_parent = getattr(getattr(shell, "kernel", None), "get_parent", dict)
    return (get_parent().get("metadata") or {}).get("cellId")


def with_held(widgets):
    """Return those of the widgets that are open, and all that they hold, and what those hold."""
    found, waiting = set(), list(widgets)
    while waiting:
        widget = waiting.pop()
        if widget not in found and widget.comm is not None:
            found.add(widget)
            waiting += held(widget)
    return found


def held(widget):
    """Return the widgets that another has in its traits: its layout, its children, the two ends of a link."""
    return [one for value in widget.trait_values(sync=True).values() for one in widgets_in(value)]


def widgets_in(value):
    """Return a value that is a widget, or the widgets in a list or dict."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
    return [part for part in parts if isinstance(part, ipywidgets.Widget)]
