"""Lesson 05, Channels and filters: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

ONE_FILTER = Prediction(
    "one_filter",
    "A picture in color, 6 × 6 × 3. One filter, 3 × 3 × 3, stride 1, no padding. How many numbers come out?",
    answer=16,
    slips=(
        (48, "That is a map for each channel. Who adds the three up?"),
        (36, "That is as large as the picture. Without padding, the window finds fewer places in 6 rows."),
        (108, "That is as many as went in. The window finds fewer places, and it takes all channels with it."),
        (12, "4 places to the right, 3 channels? Count the places down as well, and the channels only once."),
        (4, "4 places to the right is correct. And how many down?"),
        (27, "27 is how many products are in *one* of the numbers."),
        (64, "The filter does not slide through the channels: it is as deep as the picture, so it fits there once."),
        (1, "One map, yes. But it has more than one number."),
    ),
    otherwise="How many windows of 3 × 3 fit into 6 × 6? And how many numbers does each window make?",
    happens="16: one map of 4 × 4",
    why="At each of 4 · 4 places, all three channels go into one number. The filter is as deep as the picture.",
    see="Point at a number of the map: three patches light up, and below are their 27 products.",
)

DEPTH = Prediction(
    "depth",
    "Again 6 × 6 × 3, and now two filters: one for vertical edges, one for horizontal ones. How many maps come out?",
    answer=2,
    slips=(
        (6, "Two filters times three channels, you say. But each filter adds its three channels up."),
        (3, "RGB goes in, but it need not come out. What decides is how many filters there are."),
        (5, "The two numbers are not added. Each filter makes one map, whatever the number of channels."),
        (1, "The filters are not added to each other. Only the channels within one filter are."),
        (4, "4 is the size of a map: 4 × 4. How many maps are there?"),
        (9, "Nine is the number of weights in one kernel."),
    ),
    otherwise="How many numbers does one filter make at one place? And two filters?",
    happens="2: one for each filter",
    why="Channels go in and are added up. What comes out is counted in filters.",
    see="Pull the slider up, and count filters and maps. Then double-click a map.",
)

WHITE = Prediction(
    "white",
    "A filter of 1 × 1: weight 1 for red, −1 for green, 0 for blue. What does it make of a white pixel?",
    choices=(
        Choice("0, the same as of a black one", right=True),
        Choice(
            "255, for white is bright",
            says="Bright in every channel. But what red adds here, green takes away again.",
        ),
        Choice(
            "red, for only red is left",
            says="A filter makes a number, not a color. And white has as much green as red.",
        ),
        Choice(
            "−255, for green is subtracted",
            says="It is, from the red. And white has 255 of that.",
        ),
    ),
    happens="0: 255·1 + 255·−1 + 255·0",
    why="The filter does not see bright and dark. It sees how much redder than green something is.",
    see="Choose red minus green. Everything gray is as pale as the page.",
)

GROWS = Prediction(
    "grows",
    "Two filters of 3 × 3 × 3 with their biases have 56 parameters, on a picture of 6 × 6. The picture grows to"
    " 224 × 224. How many parameters do the same two filters have now?",
    answer=56,
    slips=(
        (54, "Those are the weights. Each filter has a bias, too."),
        (78064, "That is 56 times as many pixels as there are now. But the same weights are used at every place."),
        (2091, "You let the filters grow with the picture's side. They stay 3 × 3, and only find more places."),
        (98568, "That is how many numbers come out. The filters that make them have stayed the same."),
        (150528, "That is how many numbers go in. The filters that read them have stayed the same."),
        (28, "That is one filter. There are two."),
        (112, "Twice as many? Nothing about the filters has changed."),
    ),
    otherwise="Which of the numbers 3 × 3 × 3, two filters, two biases has to do with the picture's size?",
    happens="56, as before",
    why="A filter is used again at every place. A larger picture has more places, not more weights.",
    see="Pull the picture up to 224, and watch the other bars.",
)

PREDICTIONS = (ONE_FILTER, DEPTH, WHITE, GROWS)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "rgb_in",
        "A layer with 8 filters reads a photo: red, green, blue. How many channels has the result?",
        answer=8,
        slips=(
            (3, "RGB goes in, but it need not come out. The number of filters decides."),
            (24, "8 times 3? Each filter adds its three channels up to one number."),
            (11, "Nothing of the photo is passed on as it is. Only what the filters make comes out."),
            (1, "Within a filter, channels are added up. Filters are not added to each other."),
            (72, "Those are the weights of eight kernels of 3 × 3. How many maps do they make?"),
        ),
        otherwise="How many maps does one filter make? And eight?",
        why="One map for each filter. How many channels went in cannot be seen from the result.",
    ),
    Question(
        "next_layer",
        "The next layer reads these 8 maps with 5 filters of 3 × 3. Which shape have its weights?",
        choices=(
            Choice("(3, 3, 8, 5)", right=True),
            Choice(
                "(3, 3, 3, 5)",
                says="That would read three channels. Here 8 maps come in, and each filter reads all of them.",
            ),
            Choice(
                "(3, 3, 5)",
                says="That is one kernel a filter. A filter has one for *each* map that comes in.",
            ),
            Choice(
                "(3, 3, 5, 8)",
                says="What comes in stands before what comes out: first 8, then 5.",
            ),
        ),
        why="Kernel rows, kernel columns, channels in, channels out.",
    ),
    Question(
        "its_parameters",
        "How many parameters has that layer, its biases included?",
        answer=365,
        slips=(
            (360, "Those are the weights. Each of the 5 filters has a bias as well."),
            (361, "One bias for all? Each filter has its own."),
            (50, "That is one kernel for each filter. Each has eight: one for every map that comes in."),
            (45, "One kernel for each filter, and no bias. A filter has a kernel for every map that comes in."),
            (73, "That is one filter: 3 · 3 · 8 and a bias. There are five."),
            (400, "A bias for each kernel? It is added once a filter, after the eight subtotals."),
            (368, "A bias for each map that comes in? There is one for each map that comes out."),
            (72, "That is one filter, without its bias."),
            (140, "3 channels? This layer reads the 8 maps of the layer before."),
        ),
        otherwise="One filter: 3 · 3 · 8 weights and a bias. How many filters are there?",
        why="5 · (3 · 3 · 8 + 1). Not a word of how large the picture is.",
    ),
    Question(
        "which_channels",
        "Two filters read a photo. Which is true of filter 1?",
        choices=(
            Choice(
                "It reads channel 1: green.",
                says="That is the commonest mistake. Filters are not dealt out to channels: each reads all three.",
            ),
            Choice(
                "It has three kernels, and their results are added up.",
                right=True,
                says="One kernel for each channel that comes in, and one number at each place.",
            ),
            Choice(
                "It could ignore blue.",
                right=True,
                says="It could: nine weights of 0 are weights, too.",
            ),
            Choice(
                "It reads the map that filter 0 has made.",
                says="Filters of one layer do not know of each other. The next layer reads all their maps.",
            ),
        ),
        why="Every filter reads every channel. Its weights say which of them matter.",
    ),
    Question(
        "no_colors",
        "Three filters make three maps of a photo. What is the last map?",
        choices=(
            Choice(
                "the blue of the result",
                says="Only if you draw it so. Its numbers say how well a filter fitted, and they may be below 0.",
            ),
            Choice(
                "what the blue channel looked like to the filters",
                says="Maps do not belong to channels. All three channels went into each of them.",
            ),
            Choice("where filter 2 has found what it looks for", right=True),
            Choice(
                "the sum of the other two",
                says="Maps are not added. That happens to channels, within each filter of the next layer.",
            ),
        ),
        why="A map is no color. It says, place by place, how much of one thing is there.",
    ),
)
