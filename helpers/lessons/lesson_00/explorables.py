"""Lesson 00: one slider that brings a picture back."""

from helpers.engine.recipe import step
from helpers.stage.panels import panel, room
from helpers.stage.settings import picture, slider
from helpers.stage.stage import Stage


def mosaic(shown=None, choosable=True, **state):
    """Let one slider turn a picture into large squares, and back: each is the mean of the pixels it stands for.

    Without the list of pictures (`choosable`) nothing tells what hides in large squares.
    """
    return Stage(
        title="One picture, in squares",
        settings={
            "block": slider(1, 1, 24, label="pixels per square"),
            "picture": picture(shown, choosable=choosable, label="picture"),
        },
        recipe=[
            step("mosaic", "mosaic", image="$picture", size="$block"),
            step("squares", "take_every", image="$mosaic", step="$block"),
        ],
        result="mosaic",
        panels=[
            panel(
                "mosaic",
                [["block == 1", "Your picture"], ["", "In squares"]],
                size="large",
                cell=60,
                facts=False,
                room=room("picture"),
            ),
        ],
        lines=[("squares:", "{=squares.rows} × {=squares.columns}, out of {mosaic.rows} × {mosaic.columns} pixels")],
        words=[
            ("block == 1", "One pixel per square: this is the picture as it is."),
            (
                "",
                "Each square is the mean of {block} × {block} pixels, or of fewer where the picture ends.",
            ),
        ],
        hints="Tab to the slider, then the arrow keys. A picture can also be dropped or pasted here.",
        state=state,
    )


EXPLORABLES = (mosaic,)
