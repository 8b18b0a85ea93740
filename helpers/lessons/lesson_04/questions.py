"""Lesson 04, Stride: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

STONES = Prediction(
    "stones",
    "A row of 8 pixels, a window of 3, stride 2: the window starts in pixel 0, then 2, and so on, as long as it fits."
    " How many output pixels are there?",
    answer=3,
    slips=(
        (2, "Two is how many *steps* it takes. The place where it starts counts as well."),
        (4, "A window that starts in pixel 6 would need pixels 6, 7 and 8. Pixel 8 is not there."),
        (2.5, "Half a step is no step: the window fits, or it does not."),
        (3.5, "Half a window is no window: it fits, or it does not."),
        (6, "Six is what stride 1 makes. Here every second start is left out."),
        (8, "That would be one for each pixel. At stride 2 many places are left out."),
    ),
    otherwise="Write down the starts: 0, 2, … The window needs the next two pixels as well, and the last pixel is 7.",
    happens="3: the starts are 0, 2 and 4",
    why="The last possible start is 5, but the window only comes by at 0, 2 and 4. Pixel 7 is read by nobody.",
    see="Count the dots. Then point at the last output pixel, and look which pixel its window does not reach.",
)

BOTH = Prediction(
    "both",
    "8 rows and 11 columns, a window of 3 × 3. Stride 1 makes 6 × 9 = 54 numbers of them. How many does stride 2 make?",
    answer=15,
    slips=(
        (27, "That is half of them, as if it took longer steps in one direction. It does in both."),
        (13.5, "A quarter, you say, and you are close. But rows and columns are counted one by one, in whole steps."),
        (13, "A quarter, you say, and you are close. But rows and columns are counted one by one, in whole steps."),
        (14, "A quarter, you say, and you are close. But rows and columns are counted one by one, in whole steps."),
        (20, "You round half a step up: then the last windows would hang over the edge."),
        (8, "The first start is missing in both directions: it counts as well."),
        (12, "One direction lacks a start. How many fit into 8, and how many into 11?"),
        (54, "Then the stride would do nothing. Starts 0, 2, 4 … are fewer than 0, 1, 2 …"),
    ),
    otherwise="Count the starts in 8 rows, then those in 11 columns, and multiply.",
    happens="15: 3 rows of 5",
    why="Starts in rows 0, 2, 4 and in columns 0, 2, 4, 6, 8. The steps are longer in both directions, so about a"
    " quarter is left.",
    see="Press play, and watch where the window goes at the end of a row.",
)

EVERY_SECOND = Prediction(
    "every_second",
    "Two ways. One: slide the window at stride 2. Two: slide it at stride 1, then keep every second row and column of"
    " the result. How do the results differ?",
    choices=(
        Choice("not at all: the same numbers", right=True),
        Choice(
            "the second is smoother, for it has seen every pixel",
            says="It has, but it throws those sums away again. What is kept has seen no more than the first way has.",
        ),
        Choice(
            "the first is sharper, for it skips pixels",
            says="Its windows are as wide as ever. It skips places to start from, not pixels within a window.",
        ),
        Choice(
            "the same, but moved by a pixel",
            says="Both begin with the window in row 0, column 0, and both go on with row 0, column 2.",
        ),
    ),
    happens="not at all: they are equal in every number",
    why="A stride is a convolution at stride 1 of which most results are never worked out.",
    see="Look at the difference while you change the stride. Then compare how many sums each way takes.",
)

ALIASING = Prediction(
    "aliasing",
    "Fine stripes: a white column, a black one, a white one, and so on. You keep every second column. What do you see?",
    choices=(
        Choice("one plain color", right=True),
        Choice(
            "stripes, half as wide",
            says="They are one pixel wide already, and a pixel cannot be halved. Which columns are kept?",
        ),
        Choice(
            "gray, the mean of both",
            says="A mean needs both colors. Every second column is always the same one.",
        ),
        Choice(
            "stripes, twice as wide",
            says="That happens, too, with other stripes. Here columns 0, 2, 4 … are kept: which color have they?",
        ),
    ),
    happens="white, nothing but white",
    why="Columns 0, 2, 4 … are the white ones. The black ones were skipped, all of them, and nobody tells you.",
    see="Look at the right picture. Then set the stripes 3 pixels apart.",
)

PREDICTIONS = (STONES, BOTH, EVERY_SECOND, ALIASING)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "size_with_remainder",
        "19 pixels, kernel size 5, stride 3, no padding. How many output pixels?",
        answer=5,
        slips=(
            (6, "You round up. The sixth window would start in pixel 15, and need pixel 19, which is not there."),
            (4, "Those are the steps. The first start needs no step, and counts as well."),
            (3, "The window moves by 5, as if the stride were the kernel size. It moves by 3."),
            (15, "That is stride 1. How many of those starts does stride 3 come by?"),
            (5.67, "There is no two thirds of a window. What is left over is lost."),
            (4.67, "Only whole steps count, and then there is the first start."),
        ),
        otherwise="Last possible start: 19 − 5. How many whole steps of 3 lead there, and which start needs no step?",
        why="The last possible start is 14. Four whole steps of 3 fit into it, and with start 0 that makes 5.",
    ),
    Question(
        "a_remainder_is_no_error",
        "ResNet, a famous network, begins like this: 224 pixels, kernel size 7, stride 2, padding 3. And"
        " (224 + 6 − 7) / 2 is 111.5. What happens?",
        choices=(
            Choice(
                "An error: the stride must divide without a remainder.",
                says="Some books say so. Libraries do not mind, and this network runs all over the world.",
            ),
            Choice("111 steps are taken, and the last cell of the ring is never read.", right=True),
            Choice(
                "The last window hangs over the edge by half a step.",
                says="A window fits or it does not; none hangs over. The half step is simply not taken.",
            ),
            Choice(
                "The picture is stretched by one pixel so that it fits.",
                says="Nobody touches the picture. What is left over is not read, and that is all.",
            ),
        ),
        why="Libraries round down. What is left over is lost, without an error and without a warning.",
    ),
    Question(
        "stride_and_kernel_size",
        "Kernel size 3, stride 5. What is true?",
        choices=(
            Choice(
                "Some pixels are never read.",
                right=True,
                says="The window covers 3 pixels and jumps by 5. What about the two between?",
            ),
            Choice(
                "No pixel is read twice.",
                right=True,
                says="The next window starts where the last one has long ended: nothing overlaps.",
            ),
            Choice(
                "It is not allowed: the stride must not exceed the kernel size.",
                says="Nothing forbids it. It is seldom wise, for pixels are skipped, but it works.",
            ),
            Choice(
                "The window is stretched to 5 pixels.",
                says="The window keeps its size. The stride only says where the next one starts.",
            ),
        ),
        why="Kernel size and stride are two numbers: how much is read, and how far the window jumps.",
    ),
    Question(
        "where_from",
        "A window of 3 × 3 at stride 2. Which pixels does row 1, column 1 of the result come from?",
        choices=(
            Choice(
                "rows 1 to 3, columns 1 to 3",
                says="That is stride 1. With stride 2, the second window starts two pixels on.",
            ),
            Choice("rows 2 to 4, columns 2 to 4", right=True),
            Choice(
                "rows 3 to 5, columns 3 to 5",
                says="Then the window would jump by 3, its own size. It jumps by the stride.",
            ),
            Choice(
                "none: row 1 and column 1 of the result stay empty",
                says="The stride moves the window, not the output. In the result there are no gaps.",
            ),
        ),
        why="Result row 1 is the second window: it starts in row 1 · 2 = 2. In the result, numbers sit side by side.",
    ),
)
