"""Lesson 00: one slider that proves the wiring."""

from helpers.engine.recipe import step
from helpers.stage.panels import panel, room
from helpers.stage.settings import picture, slider
from helpers.stage.stage import Stage


def mosaic(shown=None, **state):
    """Let one slider turn a picture into large squares: each is the mean of the pixels it stands for."""
    return Stage(
        title="Your picture, and fewer and fewer pixels",
        settings={
            "picture": picture(shown, choosable=True, label="picture"),
            "block": slider(1, 1, 24, label="pixels per square"),
        },
        recipe=[step("mosaic", "avg_pool2d", images="$picture", kernel_size="$block")],
        panels=[
            panel("picture", "Your picture"),
            panel("mosaic", "In squares", sign="→", room=room("picture", fill=True)),
        ],
        lines=[("squares:", "{picture.rows} · {picture.columns} before, {=mosaic.rows} · {=mosaic.columns} now")],
        words=[
            ("block == 1", "One pixel per square: nothing has changed yet. Drag the slider."),
            ("", "Each square is the mean of {block} × {block} pixels. You still know what it is. How long?"),
        ],
        hints="Tab to the slider, then the arrow keys. A picture can also be dropped or pasted here.",
        state=state,
    )


EXPLORABLES = (mosaic,)
