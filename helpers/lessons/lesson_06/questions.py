"""Lesson 06, Pooling: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

BELOW_ZERO = Prediction(
    "below_zero",
    "A window of a feature map holds −8, −3, −5 and −12. Max pooling keeps the largest. Which number is kept?",
    answer=-3,
    slips=(
        (-12, "−12 is the farthest from 0. The largest is the one that is farthest to the right on a number line."),
        (12, "Max pooling makes no signs disappear: what it keeps is one of the four."),
        (3, "Max pooling makes no signs disappear: what it keeps is one of the four."),
        (8, "Max pooling makes no signs disappear: what it keeps is one of the four."),
        (0, "0 is larger, but it is not in the window. Max pooling keeps one of the four."),
        (-7, "−7 is the mean: −28, shared among four. Asked for is the largest of the four."),
        (-28, "−28 is the sum. Nothing is added up here: one of the four is kept."),
        (-5, "−5 is the third of the four, counted from below. Another one is larger still."),
        (-8, "−8 stands first, but that is not what counts here. Which of the four is the largest?"),
    ),
    otherwise="One of the four is kept. Put them in order on a number line: which one is farthest to the right?",
    happens="−3: the one nearest to 0, since all are below it",
    why="Max pooling keeps one number of the window as it is. It does not start from 0, nor take away signs.",
    see="Write numbers below 0 into one window, all four of them. Then look at the largest and the mean.",
)

CHANNELS = Prediction(
    "pooled_channels",
    "A photo of 200 × 300 pixels in color is pooled, window and stride 4. How many numbers come out?",
    answer=11250,
    slips=(
        (3750, "50 · 75 is correct for one channel. How many channels come out?"),
        (15000, "50 · 75 places, and four numbers at each? Red, green and blue are three."),
        (45000, "That is a quarter of them, as if the window moved in one direction only."),
        (180000, "That is as many as went in."),
        (60000, "Those are the pixels that go in. Each window leaves one of 16."),
        (1250, "A third of 50 · 75? Channels are not pooled with each other, nor do they shrink."),
        (5000, "You share by 12, as if the window had 12 pixels in a channel. It has 4 rows of 4."),
        (10000, "200 · 300 · 3 shared among 18? A window of 4 · 4 has 16."),
        (58509, "That is one channel at stride 1. The window takes steps of 4."),
    ),
    otherwise="How many windows of 4 fit into 200 rows, side by side? Into 300 columns? How many channels come out?",
    happens="11250: 50 rows of 75, three channels",
    why="Each channel is pooled on its own, so as many come out as went in. One of 16 numbers is left.",
    see="Find the line that counts the channels. Then choose the mean.",
)

STRIPES = Prediction(
    "black_stripes",
    "A white page with black stripes, each 3 pixels wide, and one every 8 pixels. Max pooling, window 2, twice."
    " What becomes of the stripes?",
    choices=(
        Choice("they are gone: the page is white", right=True),
        Choice(
            "they stay as they are: 3 of 8",
            says="A mean would keep as much black as before. The largest of a window takes sides.",
        ),
        Choice(
            "they grow, and the page gets darker",
            says="Darker? In each window the *largest* number wins, and black is 0.",
        ),
        Choice(
            "they turn gray",
            says="Gray would be a number between the two. Max pooling keeps one of them, as it is.",
        ),
    ),
    happens="they are gone: the page is white",
    why="The largest wins, and white is 255. One white pixel in a window is enough.",
    see="Now compare with white stripes on black. And what does the mean make of both?",
)

SHIFT = Prediction(
    "moved_by_one",
    "The cat moves to the right by one pixel. Both pictures are pooled, window 4. How many outputs change by more"
    " than 10?",
    choices=(
        Choice(
            "none: that is what pooling is good for",
            says="One often reads so. But a winner that leaves its window is missed there, and wins next door.",
        ),
        Choice("some", right=True),
        Choice(
            "nearly all",
            says="Most windows see nearly what they saw before: three of their four columns have only moved.",
        ),
    ),
    happens="some: of the cat's 3750, fewer than one in ten",
    why="Pooling makes a network *less sensitive* to small shifts. It does not make it blind to them.",
    see="White is what has changed. Move further, and compare with a stride that skips without looking.",
)

PREDICTIONS = (BELOW_ZERO, CHANNELS, STRIPES, SHIFT)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "pooling_learns",
        "A max pooling layer, window 3, reads 16 maps. How many parameters does it learn?",
        answer=0,
        slips=(
            (9, "A window has nine places, but no weights. It looks for the largest."),
            (144, "That would be a kernel for each map. Pooling has no kernel."),
            (160, "That would be a kernel and a bias for each map. Pooling has neither."),
            (2320, "That would be a convolution with 16 filters, biases included. Pooling has no weights."),
            (2304, "That would be a convolution with 16 filters. Pooling has no weights."),
            (16, "One for each map? There is nothing to set: the largest is the largest."),
            (1, "The window's size is chosen by you. It is not learned."),
        ),
        otherwise="What is there to learn in “keep the largest”?",
        why="Nothing. The largest is the largest.",
    ),
    Question(
        "how_many_left",
        "8 rows, 9 columns, 4 channels. Pooling, window 3, stride 2, no padding. How many numbers are left?",
        answer=48,
        slips=(
            (12, "That is one channel. There are four, each pooled by itself."),
            (64, "You round half a step up in the rows: the last window would hang over the edge."),
            (36, "You count as many places to the right as down. There are 9 columns, and 8 rows."),
            (24, "In both directions, the first place is missing. It takes no step to get there."),
            (168, "That is stride 1. Here every second start is left out."),
            (16, "You count the windows side by side, as at stride 3. They move by 2 and overlap."),
            (24.5, "Half a step is no step: the window fits, or it does not."),
            (288, "That is as many as go in."),
            (3, "Those are the rows."),
        ),
        otherwise="`(8 - 3) // 2 + 1` rows. How many columns? How many channels?",
        why="3 rows, 4 columns, 4 channels. The formula is that of lesson 04, and the channels pass through.",
    ),
    Question(
        "which_is_kernel",
        "Which of these can be done by a convolution with fixed weights?",
        choices=(
            Choice(
                "average pooling", right=True, says="It is a sum of products: each weight is one share of the window."
            ),
            Choice(
                "max pooling",
                says="Pooled, then added, is not the same as added, then pooled. For sums of products it would be.",
            ),
            Choice(
                "a stride without pooling",
                right=True,
                says="It keeps the first pixel of each window: weight 1 there, and 0 elsewhere.",
            ),
        ),
        why="What a convolution makes is a sum of products. The largest number is none.",
    ),
    Question(
        "what_is_lost",
        "Max pooling, window 2, has made a map smaller. What can still be read from the small one?",
        choices=(
            Choice("how strong the strongest answer in each window was", right=True, says="That is what is kept."),
            Choice(
                "in which corner of its window it stood",
                says="That is just what is lost: only the number is kept, not its place.",
            ),
            Choice(
                "how many numbers of the window were nearly as strong",
                says="Nobody but the winner is heard of again.",
            ),
            Choice(
                "roughly where in the picture it was: in which window",
                right=True,
                says="The windows keep their order. Only where *in* a window is lost.",
            ),
        ),
        why="What is kept: how strong, and in which window. What is lost: where in it, and all the others.",
    ),
    Question(
        "thin_writing",
        "A photo of a white page with thin black writing is pooled again and again, each time keeping the largest. Then"
        " it is made smaller by means, just as far. Which is true?",
        choices=(
            Choice(
                "Both are the same: pooling is a way of making pictures smaller.",
                says="Both are smaller. But the mean keeps some gray of the writing, and the largest none.",
            ),
            Choice("With the largest, the writing is gone sooner.", right=True),
            Choice(
                "With the mean, the writing is gone sooner.",
                says="The mean turns it gray, and that can still be seen. What does the largest make of a thin black"
                " line?",
            ),
        ),
        why="In a window with one white pixel, the largest is white. Max pooling is no way to make photos smaller.",
    ),
)
