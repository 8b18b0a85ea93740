"""Lesson 07, The full CNN: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

NO_RELU = Prediction(
    "no_relu",
    "Two filters of 3 × 3, one after the other, with no ReLU between them. A single kernel can do the same. How many"
    " rows has it?",
    answer=5,
    slips=(
        (3, "A kernel of 3 rows reads 3 rows. Through two filters, a number hears of more than that."),
        (
            6,
            "3 + 3? The second kernel reads three rows, each of which has seen three. They overlap.",
        ),
        (9, "3 · 3? Neighboring windows overlap: they share most of what they read."),
        (4, "4? What the second filter adds above, it adds below as well."),
        (7, "That is three filters, one after the other."),
        (2, "A single kernel does as much as both together. It is no smaller than one of them."),
        (1, "That would read one row of the picture only."),
        (25, "25 is how many cells it has. How many rows?"),
        (18, "18 is how many weights the two filters have together."),
    ),
    otherwise="One number at the end reads 3 rows of the map between. Which rows of the picture have made those?",
    happens="5: one kernel of 5 × 5",
    why="Sums of sums are sums. Without something that bends between them, many layers are no more than one.",
    see="Compare both results, with ReLU and without it.",
)

ADD_CONSTANT = Prediction(
    "add_constant",
    "Ten logits, one for each digit. You add 100 to all of them. What becomes of the ten probabilities?",
    choices=(
        Choice("nothing: they stay as they are", right=True),
        Choice(
            "they get more alike",
            says="They would if you had divided the logits. The distances between them are what they were.",
        ),
        Choice(
            "the largest gets nearly all",
            says="It would if you had *multiplied* by 100. The largest is still just as far ahead.",
        ),
        Choice(
            "all get larger",
            says="Then they would no longer add up to 1. One can only get more if another gets less.",
        ),
    ),
    happens="nothing: they stay as they are",
    why="Every exponential gets larger by the same factor, and the sum as well. Only distances between logits count.",
    see="Now pull up a single logit.",
)

SCRIBBLE = Prediction(
    "scribble",
    "The network has learned ten digits. Now you draw a scribble that is none of them. What does it say?",
    choices=(
        Choice("it names some digit, perhaps very sure", right=True),
        Choice(
            "it says that this is no digit",
            says="Which of its ten outputs would say so? Nobody gave it an eleventh.",
        ),
        Choice(
            "each digit gets about 10 %",
            says="That would be honest. But nobody taught it to be unsure where it has never been.",
        ),
        Choice(
            "it names nothing, since nothing fits",
            says="Ten shares add up to 1, whatever comes in. One of them is the largest.",
        ),
    ),
    happens="it names some digit, and sometimes it is very sure",
    why="It has no word for “none of these”. It answers the one question it knows: which of the ten is it most like?",
    see="Try a scribble that it calls a digit with more than 90 %.",
)

WHICH_LAYER = Prediction(
    "which_layer",
    "The network has 4550 parameters. Which of its layers has most of them?",
    choices=(
        Choice(
            "the first convolution: 5 × 5, from 1 map to 8",
            says="It reads the most pixels, but with the same few weights everywhere: 8 · 25, and 8 biases.",
        ),
        Choice("the second convolution: 5 × 5, from 8 maps to 12", right=True),
        Choice(
            "the dense layer: from 192 numbers to 10",
            says="In many networks it is. This one has pooled so much away that 192 numbers are left to weigh.",
        ),
        Choice(
            "the two poolings, since they shrink everything",
            says="They shrink everything, and learn nothing: the largest is the largest.",
        ),
    ),
    happens="the second convolution: 2412, against 208 in the first and 1930 in the dense layer",
    why="Each of its 12 filters reads 8 maps, with a kernel for each: 12 · (8 · 25 + 1).",
    see="Look at what each layer has, and at what it makes.",
)

PREDICTIONS = (NO_RELU, ADD_CONSTANT, SCRIBBLE, WHICH_LAYER)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "how_certain",
        "Softmax gives 0.98 to the 3. What does that mean?",
        choices=(
            Choice(
                "There are 98 chances in 100 that it is a 3.",
                says="It sounds so. But softmax makes large shares of any logits that are far enough apart, right or"
                " wrong.",
            ),
            Choice("Of the ten logits, that of the 3 is ahead by a good way.", right=True),
            Choice(
                "98 of 100 pictures like it were a 3 in training.",
                says="The network counts no pictures. It weighs maps, and softmax shares 1 among ten numbers.",
            ),
            Choice(
                "98 % of its pixels fit a 3.",
                says="No pixel is compared with a model of a 3. Nowhere in the network is there one.",
            ),
        ),
        why="Softmax turns distances into shares, no more. That the shares add up to 1 does not make them certain.",
    ),
    Question(
        "none_of_these",
        "A photo of a cat, made small and gray, goes into the network for digits. Which is true?",
        choices=(
            Choice(
                "The ten probabilities add up to 1.",
                right=True,
                says="They always do: softmax divides by the sum.",
            ),
            Choice(
                "All ten are small, since a cat is no digit.",
                says="They add up to 1. So the largest of them is 0.1 at the very least.",
            ),
            Choice(
                "It may give more than 0.9 to one digit.",
                right=True,
                says="It may: it has no word for “none of these”, and nobody taught it to be unsure.",
            ),
            Choice(
                "It stops with an error.",
                says="28 × 28 numbers are 28 × 28 numbers. The network does not know what a digit is, so it cannot miss"
                " one.",
            ),
        ),
        why="A network chooses among what it has learned. That nothing fits is not among it.",
    ),
    Question(
        "flatten_loses",
        "Flatten makes a row of 192 numbers out of 12 maps of 4 × 4. What is lost?",
        choices=(
            Choice("no number: each still has its place in the row", right=True),
            Choice(
                "where in the picture something was",
                says="Each place in the row belongs to one place of one map, always the same. The dense layer has a"
                " weight for each.",
            ),
            Choice(
                "which map a number comes from",
                says="Number 0 is always map 0, number 1 always map 1. A weight knows its number.",
            ),
            Choice(
                "whatever is below 0",
                says="That was ReLU, before. Flatten changes no number.",
            ),
        ),
        why="Flatten only changes the shape. Make 4 × 4 × 12 of the row again, and all is back.",
    ),
    Question(
        "who_programs",
        "Who has decided that filter 3 of the first layer looks for what it looks for?",
        choices=(
            Choice(
                "whoever wrote the network",
                says="They wrote that there are 8 filters of 5 × 5. What is in them, they did not know either.",
            ),
            Choice(
                "the kernels of lesson 02: edges, blur, sharpen",
                says="Some filters turn out alike. Nobody put them there: they began as random numbers.",
            ),
            Choice("nobody: its weights were changed, step by step, until fewer digits came out wrong", right=True),
            Choice(
                "whoever looked at the digits and marked their edges",
                says="Somebody said of each picture which digit it is, and no more.",
            ),
        ),
        why="Sizes are chosen by people. The numbers inside are learned; lesson 08 is about how.",
    ),
    Question(
        "rows_left",
        "28 rows. Convolution 5 × 5, pooling 2, convolution 5 × 5, pooling 2, no padding. How many rows are left?",
        answer=4,
        slips=(
            (7, "That is the two poolings alone. Without padding, each convolution costs rows, too."),
            (3, "Count the starts: 28 − 5 is the last start, and start 0 is a start as well."),
            (5, "Do the four steps in order: the second kernel loses as many rows as the first."),
            (20, "Those are the two convolutions alone. Each pooling halves what it gets."),
            (8, "One pooling more: it comes at the end."),
            (12, "That is what is left after the first two layers. Two more follow."),
            (10, "Both kernels, and one pooling. There is one between them, too."),
            (16, "4 · 4 is how many cells a map has. How many rows?"),
            (192, "That is how many numbers the dense layer reads. How many rows has a map?"),
        ),
        otherwise="28 → 24 → … A kernel of 5 costs 4 rows, pooling of 2 leaves half of them.",
        why="28, 24, 12, 8, 4. With 12 maps that makes 4 · 4 · 12 = 192 numbers for the dense layer.",
    ),
)
