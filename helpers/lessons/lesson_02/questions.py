"""Lesson 02, Kernels: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

SIZE = Prediction(
    "size",
    "A picture has 8 rows, the window has 3. The window visits every place where it lies on the picture with all of"
    " its rows, and each place gives one number of the result. How many rows has the result?",
    answer=6,
    slips=(
        (8, "To get 8, the window would have to hang over the edge, at the top and at the bottom."),
        (5, "So close. 8 − 3 is the last row where it can start. But the first one is row 0, and that is a place too."),
        (7, "Only one row is lost then. Try the lowest place: how far down can a window of 3 rows start?"),
        (2, "It moves by one row at a time, not by its own height: windows overlap."),
        (3, "3 is the height of the window. Count the places where it fits."),
    ),
    otherwise="Count the rows in which the window can start. The first is row 0. Which is the last?",
    happens="6 rows",
    why="A window of 3 rows can start in row 0, 1, 2, 3, 4 or 5. In row 6 it would hang over the edge. 8 − 3 + 1 = 6.",
    see="Press “play”, and count how often the window starts a new row.",
)

VERTICAL = Prediction(
    "vertical",
    "This kernel has positive weights on the left, negative ones on the right, and zeros between: “Sobel, vertical"
    " edges”. Where will the result be far from 0?",
    choices=(
        Choice("where left and right differ: at the trunk of a tree", right=True),
        Choice(
            "where above and below differ: at the horizon",
            says="There left and right are alike, and what the left side adds, the right side takes away.",
        ),
        Choice(
            "everywhere: it draws vertical lines over the picture",
            says="A kernel draws nothing of its own. It only answers to what is in the picture.",
        ),
        Choice(
            "wherever the picture is bright",
            says="In the middle of a bright wall, left and right are equally bright, and take each other away.",
        ),
    ),
    happens="where left and right differ",
    why="It takes what is on the right away from what is on the left. Where both are alike, nothing is left.",
    see="Find an edge that runs from top to bottom in your picture, then one that runs from left to right. Which one"
    " does the kernel miss?",
)

IMPULSE = Prediction(
    "impulse",
    "One pixel is 1, all others are 0. The kernel is an L: 1, 2, 3 downwards on the left, then 4, 5 to the right."
    " It slides over the picture as it is printed. What does the result show?",
    choices=(
        Choice(
            "the L, just as it is",
            says="That is what everybody expects. But which of the nine weights meets the bright pixel first?",
        ),
        Choice("the L, turned by 180 degrees", right=True),
        Choice(
            "the L in the mirror, left and right exchanged",
            says="The window comes from the left, true. It comes from above as well.",
        ),
        Choice(
            "a single number, 15",
            says="15 is the sum of the weights. But never do all of them meet the one bright pixel at once.",
        ),
    ),
    happens="the L, turned by 180 degrees",
    why="The window arrives with its lower right corner first. So the weight from there, the 5, ends up at the upper"
    " left of the result.",
    see="Walk over the result, and watch which weight lies on the bright pixel.",
)

PREDICTIONS = (SIZE, VERTICAL, IMPULSE)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "one_window",
        "A window of the picture, and a kernel. Which number of the result do they make?",
        code="window = np.array([[4, 1],\n                   [2, 5]])\nkernel = np.array([[3, 0],\n"
        "                   [1, -2]])",
        answer=4,
        slips=(
            (
                13,
                "That is the first number of a matrix product. Here it is place by place: 4 with 3, 1 with 0, and on.",
            ),
            (12, "That is a matrix product, added up. Multiply place by place: 4 with 3, 1 with 0, and so on."),
            (8, "You turned the kernel by 180 degrees first. Networks lay it on as it is printed."),
            (3, "Rows and columns of the kernel are exchanged: 0 lies on the 1, and 1 on the 2."),
            (24, "The last weight is −2: its product is taken away."),
            (14, "The last product is missing: 5 times −2."),
            (1, "That is the mean of the four products. It is their sum that counts."),
        ),
        otherwise="Four products, place by place: 4 with 3, 1 with 0, 2 with 1, 5 with −2. Then add them up.",
        why="4·3 + 1·0 + 2·1 + 5·(−2) = 12 + 0 + 2 − 10 = 4.",
    ),
    Question(
        "negative",
        "In the result of “Sobel, vertical edges” (positive on the left, negative on the right), a number is −300. What"
        " does it say?",
        choices=(
            Choice("Right of here it is brighter than left.", right=True),
            Choice(
                "Something went wrong: no pixel is below 0.",
                says="No pixel is. But a result is a sum, and negative weights may well win.",
            ),
            Choice(
                "Here the picture is very dark.",
                says="Dark or bright alone makes 0 with this kernel. It only answers to a difference.",
            ),
            Choice(
                "There is no edge here: only positive numbers are edges.",
                says="No edge would be 0. The sign says which side is brighter, not whether there is an edge.",
            ),
        ),
        why="The right side is taken away from the left. −300 is a strong edge, with the bright side on the right.",
    ),
    Question(
        "larger_blur",
        "You exchange the box blur of 3x3 weights for one of 5x5. What happens?",
        choices=(
            Choice(
                "The picture gets blurrier.",
                right=True,
                says="25 pixels are mixed into one then, instead of 9: that blurs more.",
            ),
            Choice(
                "The picture gets sharper, since more pixels are looked at.",
                says="Looking at more pixels means mixing more of them. A mean never sharpens, whatever its size.",
            ),
            Choice(
                "The picture gets brighter, since more pixels are added up.",
                says="Each of the 25 weights is 1/25: they still add up to 1.",
            ),
            Choice(
                "The result has fewer rows and columns.",
                right=True,
                says="A larger window fits in fewer places: four rows are lost then, not two.",
            ),
        ),
        why="A larger mean mixes more pixels and fits in fewer places. Its weights still add up to 1.",
    ),
    Question(
        "flipped_sobel",
        "This library turns every kernel by 180 degrees first. You give it the vertical Sobel kernel. How does its"
        " result differ from ours?",
        code="sobel = np.array([[1, 0, -1],\n                  [2, 0, -2],\n                  [1, 0, -1]])",
        choices=(
            Choice(
                "not at all",
                says="That holds for kernels that stay the same when turned, as a blur. Turn this one, and plus and"
                " minus change places.",
            ),
            Choice("every number has the opposite sign", right=True),
            Choice(
                "the result is a mirror image",
                says="The kernel is turned, not the picture: every edge stays where it is.",
            ),
            Choice(
                "it finds horizontal edges",
                says="That takes a quarter turn. After half a turn, left and right are still compared.",
            ),
        ),
        why="Turned by 180 degrees, this kernel is minus itself. Same edges, opposite signs.",
    ),
)
