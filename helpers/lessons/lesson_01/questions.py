"""Lesson 01, Pixels and RGBA: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

ZOOM = Prediction(
    "zoom",
    "That was a small picture. Now a sharp photo of your own, from a good camera: you zoom into it, further and"
    " further. What is the smallest thing you will find?",
    choices=(
        Choice(
            "ever finer detail, as under a microscope",
            says="In films, yes. A file keeps what the camera wrote down, and no more.",
        ),
        Choice("squares, each of one single color", right=True),
        Choice(
            "dots of red, green and blue light",
            says="Those are on your screen, if you look with a magnifying glass. They are not in the file.",
        ),
        Choice(
            "colors that blend softly, without any border",
            says="Many programs blur what they enlarge, to be kind. The file has no such in-between colors.",
        ),
    ),
    happens="squares: each is one pixel, one color, a few numbers",
    why="A picture is a table. Each place holds the numbers of one pixel, and there is nothing between two places.",
    see="Choose a photo of your own, and zoom in until numbers appear in the squares. Then read one: row, column →"
    " [R, G, B].",
)

DIGIT = Prediction(
    "digit",
    "Here is an 8, made of 15 numbers: 255 is white, 0 is black. How many of them must change to make it a 0?",
    code="255 255 255\n255   0 255\n255 255 255\n255   0 255\n255 255 255",
    answer=1,
    slips=(
        (2, "Two are too many. Where is the 8 white and the 0 black?"),
        (3, "A whole row need not go: in the 0, the left and the right edge are drawn from top to bottom."),
        (15, "Only those that differ between the two pictures."),
        (0, "Then the 8 and the 0 would be the same table of numbers."),
    ),
    otherwise="Only the pixels in which an 8 and a 0 differ must change.",
    happens="one number, in the middle",
    why="The 8 and the 0 differ in a single pixel: row 2, column 1. To a computer, that is all the difference"
    " there is.",
    see="Click the middle number, type 0, and press Enter.",
)

ONE_PIXEL = Prediction(
    "one_pixel",
    "A pure red pixel lies over a white background. You turn its alpha down, from 255 to 0. What do you see on the"
    " way?",
    choices=(
        Choice(
            "it gets darker, until it is black",
            says="That is what less red does. Alpha is not how bright, but how opaque.",
        ),
        Choice("it gets lighter, until it is white", right=True),
        Choice(
            "it stays red, and at 0 it is gone", says="Alpha knows more than on and off: there are 254 steps between."
        ),
        Choice("it fades to gray", says="Gray would need a gray background. This one is white."),
    ),
    happens="it gets lighter, pink and then white",
    why="Alpha is how much of the pixel covers what lies behind it. The less it covers, the more white you see.",
    see="Set red 255, green 0, blue 0, and drag alpha to the left. Then do it again over black.",
)

TAKE_APART = Prediction(
    "take_apart",
    "Your photo's red channel is about to be shown alone, just as it is stored. What will it look like?",
    choices=(
        Choice(
            "a red picture",
            says="Red on your screen takes three numbers. A channel has one for each pixel, and one is a gray.",
        ),
        Choice("a gray picture", right=True),
        Choice(
            "black, except where things are red",
            says="White, yellow and gray things have a lot of red in them too: in the red channel they are bright.",
        ),
        Choice(
            "your photo, only without green and blue",
            says="That is three channels, two of them set to 0. A channel alone is just one.",
        ),
    ),
    happens="a gray picture",
    why="A channel is one number for each pixel, and one number can only say how bright. Color is what you"
    " see of three channels together.",
    see="Compare the three grays where your photo is white, and where it is most colorful. Then choose “tinted”.",
)

COLOR_SPACES = Prediction(
    "color_spaces",
    "You turn the hue of every pixel by 120 degrees: red becomes green, green becomes blue. What becomes"
    " of a gray wall?",
    choices=(
        Choice("it turns green", says="Green is a hue. Gray has none: turning nothing leaves nothing."),
        Choice("it stays gray", right=True),
        Choice(
            "it gets darker",
            says="How bright a pixel is stands in another number, the value. You only turned the hue.",
        ),
        Choice(
            "it turns into the opposite gray",
            says="Black and white are opposite grays, but they differ in value, not in hue.",
        ),
    ),
    happens="it stays gray",
    why="Gray has saturation 0: red, green and blue are equal. Hue says which color it leans to, and it leans to none.",
    see="Set the hue to 120, and look for the spots of your photo that do not change.",
)

OVERFLOW = Prediction(
    "overflow",
    "A pixel is 200, stored in 8 bits (`uint8`). You add 100. Which number is stored then?",
    answer=44,
    slips=(
        (300, "300 needs a ninth bit. Eight bits end at 255."),
        (
            255,
            "Photo programs stop there, because someone wrote that down. Plain 8-bit arithmetic does not stop.",
        ),
        (45, "So close: after 255 comes 0, not 1. So 256 is stored as 0, and 300 as 44."),
        (0, "It starts again at 0, true. But it goes on counting: 300 is 44 further than 256."),
    ),
    otherwise="After 255 comes 0 again, as on a clock after 23:59. Count on from there.",
    happens="44",
    why="8 bits hold 0 to 255. After 255 comes 0 again, so 300 is stored as 300 − 256 = 44: the brightest"
    " spots turn dark.",
    see="Point at a bright spot on the left, and read its sum. Then choose “cut off at 0 and 255”.",
)

DISPLAY_RANGE = Prediction(
    "display_range",
    "So far 0 is drawn black and 255 white. Now you let 100 be white already. What happens to a pixel that holds 150?",
    choices=(
        Choice("it is drawn white, and still holds 150", right=True),
        Choice(
            "it is drawn white, and now holds 255",
            says="Drawing reads the numbers. It never writes them.",
        ),
        Choice(
            "it is drawn darker than before",
            says="White begins earlier now: everything between gets brighter, not darker.",
        ),
        Choice(
            "it cannot be drawn: 150 is above the limit",
            says="The range limits no numbers. What is above it is drawn like its upper end.",
        ),
    ),
    happens="it is drawn white, and still holds 150",
    why="The display range only says which number is drawn black and which white. What is stored stays.",
    see="Set “drawn white” to 100, and point at a bright pixel. On the left stands what is stored, on the right what is"
    " drawn: 255, which is white on this screen. The left number stays.",
)

PREDICTIONS = (ZOOM, DIGIT, ONE_PIXEL, TAKE_APART, COLOR_SPACES, OVERFLOW, DISPLAY_RANGE)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "row_and_column",
        "`image.shape` is `(200, 300, 3)`. Which pixel lies 12 below the top edge and 40 from the left edge?",
        choices=(
            Choice("`image[12, 40]`", right=True),
            Choice(
                "`image[40, 12]`",
                says="That is x before y, as in geometry. Arrays go down first: row, then column.",
            ),
            Choice(
                "`image[12, 40, 3]`",
                says="The third number is a channel, and channels are counted from 0: there is no channel"
                " 3. A pixel is all of them.",
            ),
            Choice(
                "`image[188, 40]`",
                says="Row 0 is at the top, not at the bottom: 12 below the top edge is row 12.",
            ),
        ),
        why="The row comes first, counted from the top; then the column, counted from the left.",
    ),
    Question(
        "transparent",
        "A pixel is `[200, 30, 30, 0]`: red, green, blue, alpha. What is true of it?",
        choices=(
            Choice(
                "You see only what lies behind it.",
                right=True,
                says="Alpha 0 lets all of the background through.",
            ),
            Choice(
                "It is black.",
                says="Alpha is not brightness: 0 means that you see through, not that it is dark.",
            ),
            Choice(
                "Its red is still stored.",
                right=True,
                says="The 200 is still there: without the alpha channel it comes to light.",
            ),
            Choice("It has no color.", says="It has one, `[200, 30, 30]`. You only do not see it."),
        ),
        why="Alpha says how much of the color you see. It changes nothing about the color.",
    ),
    Question(
        "copy",
        "What is `a[0, 1]` after these lines?",
        code="a = np.array([[10, 20, 30]])\nb = a\nb[0, 1] = 99",
        answer=99,
        slips=(
            (
                20,
                "`b = a` copies nothing: it gives the same array a second name. What happens to `b`"
                " happens to `a`. A copy is `a.copy()`.",
            ),
            (
                10,
                "Columns are counted from 0: `a[0, 1]` is the second number. And `b` is another name for"
                " the same array.",
            ),
            (
                30,
                "Columns are counted from 0: `a[0, 1]` is the second number. And `b` is another name for"
                " the same array.",
            ),
        ),
        otherwise="Go line by line: which array does `b` stand for, and which of its numbers changes?",
        why="`b = a` gives the same array a second name, so the 99 is in both. A copy is `a.copy()`.",
    ),
    Question(
        "white_drawn_black",
        '`plt.imshow(white, cmap="gray")` draws this array black. Why?',
        code="white = np.full((4, 6), 255)",
        choices=(
            Choice(
                "255 means black.",
                says="255 is white, wherever 0 is black. Only nobody told `imshow` where that is.",
            ),
            Choice(
                "The array is damaged.",
                says="It holds 24 times 255, as it should. Drawing does not touch it.",
            ),
            Choice(
                "`imshow` stretches the range from the smallest to the largest number, and here they are the same.",
                right=True,
            ),
            Choice(
                "It has no red, green and blue.",
                says="One number a pixel is enough for a gray picture. It is the range that is missing.",
            ),
        ),
        why="With no range given, the smallest number is drawn black. Say `vmin=0, vmax=255`, and white is white.",
    ),
)
