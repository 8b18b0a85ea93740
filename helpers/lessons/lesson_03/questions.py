"""Lesson 03, Padding: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

CORNER = Prediction(
    "corner",
    "A window of 3 × 3 slides over a picture of 8 rows and 10 columns, to every place where it fits. How often does"
    " it read the pixel in the upper left corner?",
    answer=1,
    slips=(
        (9, "Nine times is what a pixel in the middle gets. How many windows can hold the corner?"),
        (4, "The window would have to stick out of the picture. It only goes where it fits."),
        (3, "That would be a pixel halfway along the border. The corner has even fewer windows."),
        (2, "Shift the window by one, down or to the right: is the corner still in it?"),
        (0, "The first window starts right there, so it is read at least that time."),
    ),
    otherwise="Put the window into the upper left corner, and then shift it by one. When is the corner still in it?",
    happens="once",
    why="Only the window that starts in the corner holds it. A pixel in the middle lies under nine windows.",
    see="Read the numbers in the corner, along the border, and in the middle.",
)

SAME_SIZE = Prediction(
    "same_size",
    "A kernel of 5 × 5 slides over a picture of 6 rows and 8 columns. Padding adds a ring around the picture; it is"
    " counted on each side. With which padding does the result have 6 rows and 8 columns again?",
    answer=2,
    slips=(
        (4, "4 is what both sides need together. Padding is counted on each side."),
        (5, "As wide as the kernel is too much: the result would be larger than the picture."),
        (1, "That is enough for 3 × 3. A 5 × 5 kernel takes more off."),
        (0, "Without a ring, there are only 2 places from top to bottom: the picture shrinks."),
        (3, "A little too much: the result would have 2 rows and 2 columns more than the picture."),
    ),
    otherwise="A kernel of 5 takes 4 rows off in all. Padding gives half of them back above, and half below.",
    happens="with padding 2",
    why="The kernel takes 5 − 1 = 4 rows off. A ring of 2 gives 2 back above and 2 below: 4 in all.",
    see="Set the kernel size to 5, and drag the padding until the size stays. Then press “same”.",
)

ZERO_RING = Prediction(
    "zero_ring",
    "You put a ring of zeros around your photo, and blur it. What happens at the border, compared with the rest?",
    choices=(
        Choice("it gets darker", right=True),
        Choice(
            "nothing: zeros are neutral",
            says="In a sum they are. But a blur is a mean: zeros count as pixels, and 0 is black.",
        ),
        Choice("it gets brighter", says="0 is black, and what is mixed with black gets darker, not brighter."),
        Choice(
            "it stays sharp: the blur stops before it",
            says="Without a ring there would be no result for the border at all. The ring makes room for one.",
        ),
    ),
    happens="it gets darker: a dark rim",
    why="Zero is black. At the border, the blur mixes this black into your picture.",
    see="Below each ring stands its blur. Look at the corner of the one with zeros, then at the three others.",
)

PREDICTIONS = (CORNER, SAME_SIZE, ZERO_RING)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "each_side",
        "A picture has 30 rows. You pad it with `padding=2` and slide a 3 × 3 kernel over it. How many rows has the"
        " result?",
        answer=32,
        slips=(
            (30, "You counted the padding in total. It is counted on each side: 2 above and 2 below."),
            (28, "That is without padding. The ring adds rows above and below."),
            (31, "One too few: the start in the very first row counts as well."),
            (34, "That is the picture in its ring. The kernel takes some off again."),
            (29, "Padding is counted on each side, and the start in the very first row counts as well."),
        ),
        otherwise="Count: rows with the ring, minus the kernel, plus one.",
        why="30 + 2·2 − 3 + 1 = 32. Padding is counted on each side.",
    ),
    Question(
        "what_stays",
        "A library blurs your picture with padding “same”. What is the same afterwards as before?",
        choices=(
            Choice("the number of rows and columns", right=True),
            Choice(
                "the values",
                says="“Same” is about the size alone. The values are blurred, as they would be without it.",
            ),
            Choice(
                "the values at the border",
                says="There they change most: made-up pixels are mixed in. “Same” is about the size alone.",
            ),
            Choice(
                "the brightness",
                says="A ring of zeros even darkens the border. “Same” is about the size alone.",
            ),
        ),
        why="“Same” keeps the size, and promises nothing about the values.",
    ),
    Question(
        "information",
        "You put a mirrored ring of 20 pixels around a photo (`reflect`). What does the larger picture know that the"
        " photo did not?",
        choices=(
            Choice(
                "what was just outside of the photo",
                says="Nobody knows that. The ring is a copy of what was inside, turned around.",
            ),
            Choice("nothing", right=True),
            Choice(
                "more detail at the border",
                says="The ring repeats pixels that were there before. It adds pixels, not detail.",
            ),
            Choice(
                "the photo's size",
                says="The photo knew its size already. And the ring only hides where it ended.",
            ),
        ),
        why="Padding adds pixels, but no information: they are made up, from the picture or from nothing.",
    ),
    Question(
        "corner_of_a_wall",
        "A photo of a wall: every pixel is 90. You add a ring of zeros, then take the mean of 3 × 3. What comes out"
        " for the pixel in the corner?",
        answer=40,
        slips=(
            (90, "That is so in the middle. In the corner zeros lie under the window, and zeros are not neutral."),
            (0, "That would be the ring itself. In the corner, some of the window lies on the wall."),
            (60, "That is right along the border. In the corner, the window reaches out on two sides."),
            (10, "The window is centered on the corner: more than one of its nine cells lie on the wall."),
            (50, "Five of the nine cells are zeros. How many are left for the wall?"),
        ),
        within=0.5,
        otherwise="Draw it: nine cells, the corner in the middle. How many of them lie on the wall?",
        why="4 of the 9 cells lie on the wall: 4 · 90 / 9 = 40. A gray wall gets a dark corner.",
    ),
)
