"""Stills: pictures in the text that do not move, each with words for those who cannot see it."""

import base64
import html
import io


class Still:
    """A matplotlib figure and its words."""

    def __init__(self, figure, alt):
        self.figure, self.alt = figure, alt

    def __repr__(self):
        """Return the words."""
        return self.alt

    def _repr_html_(self):
        data = io.BytesIO()
        self.figure.savefig(data, format="png", dpi=110, bbox_inches="tight")
        code = base64.b64encode(data.getvalue()).decode()
        return f'<img alt="{html.escape(self.alt)}" style="max-width:100%" src="data:image/png;base64,{code}">'


def side_by_side(pictures, alt):
    """Draw gray pictures next to each other, as `imshow` does.

    Parameters
    ----------
    pictures : list of (str, ndarray of shape (M, N), dict)
        A title, an array, and what is handed to `imshow`: `vmin` and `vmax`, or nothing.
    alt : str
        What there is to see.

    Returns
    -------
    Still
    """
    from matplotlib.figure import Figure  # takes a second or two, and most lessons do without

    figure = Figure(figsize=(3 * len(pictures), 2.6), facecolor="white")
    for index, (title, array, options) in enumerate(pictures):
        axes = figure.add_subplot(1, len(pictures), index + 1)
        axes.imshow(array, cmap="gray", **options)
        axes.set_title(title, fontsize=10)
        axes.set_xticks([])
        axes.set_yticks([])
    return Still(figure, alt)
