"""Lesson 08, Learning: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

RATE_TOO_LARGE = Prediction(
    "rate_too_large",
    "A number rolls down into a valley: its loss is the square of how far it is from the lowest point. A good learning"
    " rate brings it at least ten times nearer in three steps. You make the rate four times as large. What happens?",
    choices=(
        Choice(
            "it is there in a single step",
            says="That would be nice. But each step is four times as long, and the lowest point is not: it lands beyond"
            " it.",
        ),
        Choice(
            "it jumps over the lowest point, but gets nearer with each step",
            says="It does if the rate is a little too large. At four times a good one, it lands farther away than it"
            " has been.",
        ),
        Choice("it jumps over the lowest point, and farther away with each step", right=True),
        Choice(
            "it jumps to and fro between the same two places",
            says="There is one rate at which it does. Yours is larger than that.",
        ),
    ),
    happens="it jumps over the lowest point, and farther away with each step",
    why="The farther away, the steeper, and the longer the next step. Beyond a certain rate that never ends well.",
    see="Set the learning rate to 1 and play, then to 4. From which rate on does it no longer come down?",
)

GRADIENT_OF_A_WEIGHT = Prediction(
    "gradient_of_a_weight",
    "A kernel of 3 × 3 has slid over 6 × 6 pixels. Each of its weights was used at 16 places, and hears something else"
    " at each of them. What is the gradient of the weight?",
    choices=(
        Choice("the sum of all 16", right=True),
        Choice(
            "the mean of the 16",
            says="If the weight grows, all 16 cells change, each by its own part. Nothing is divided by 16.",
        ),
        Choice(
            "the largest of the 16",
            says="Max pooling chooses. A weight had a share in all 16 cells, and each of them counts.",
        ),
        Choice(
            "there are 16, one for each place",
            says="The same weight was used everywhere, so there is one number to be changed, and one gradient for it.",
        ),
    ),
    happens="the sum of all 16",
    why="If the weight grows a little, the loss changes by way of all 16 cells. Those changes add up.",
    see="Point at a number of the kernel's gradient, and add up the products that it is made of.",
)

POOL_GRADIENT = Prediction(
    "pool_gradient",
    "Max pooling of 2 × 2: four different numbers, and the largest goes on. On the way back a gradient arrives there."
    " Which of the four hears of it?",
    choices=(
        Choice("the largest alone", right=True),
        Choice(
            "each hears a quarter of it",
            says="That is average pooling. Make one of the others a little larger: does anything change?",
        ),
        Choice(
            "all four, each all of it",
            says="Make one of the others a little larger. The largest is what it was, and so is all that follows.",
        ),
        Choice(
            "none: pooling has no weights",
            says="It has none, so it learns nothing. But the layers before it do, and they must hear something.",
        ),
    ),
    happens="the largest alone; the other three hear 0",
    why="Whoever has changed nothing is told nothing. Next time another one may be the largest.",
    see="Change the picture until another of the four is the largest, and look where the gradient goes.",
)

TRAIN_AND_TEST = Prediction(
    "train_and_test",
    "A network learns 200 digits, 60 epochs long: each picture comes 60 times. In the end it gets 100 % of them right."
    " And of digits that it has never seen?",
    choices=(
        Choice(
            "100 %, too",
            says="It has learned these 200. Others are written in other ways, and 200 do not show all of them.",
        ),
        Choice("fewer, and after a while hardly more from epoch to epoch", right=True),
        Choice(
            "fewer, but more and more, as long as it goes on",
            says="What could it still learn? It gets all 200 right, so they hardly tell it anything any more.",
        ),
        Choice(
            "about 10 %: it knows the 200 by heart, and nothing else",
            says="New digits look much like these 200. What it has found in them helps with most of the others.",
        ),
    ),
    happens="fewer, and after a while hardly more from epoch to epoch",
    why="The gap between the two is what it has learned of these 200 pictures, and not of digits.",
    see="Where does the one curve go on rising, and the other one not?",
)

SHIFTED = Prediction(
    "shifted",
    "A convolutional network and a fully connected one, with about as many numbers, have learned the same digits. Now"
    " all test pictures are moved by 2 pixels. Which of the two gets more of them wrong than before?",
    choices=(
        Choice("both, the fully connected one by far more", right=True),
        Choice(
            "the fully connected one: the other finds a digit anywhere",
            says="Its filters do. But behind them comes a dense layer with a weight for each place.",
        ),
        Choice(
            "both, the convolutional one by far more",
            says="Its filters were used everywhere in the picture, so 2 pixels are little news to them.",
        ),
        Choice(
            "both about as many: neither has seen moved pictures",
            says="Neither has. But a filter that has learned an edge finds it 2 pixels further on as well.",
        ),
    ),
    happens="both, the fully connected one by far more",
    why="A filter knows what, not where, and pooling forgives a pixel. A dense layer has to learn each place anew.",
    see="Move the test pictures, first by 1 pixel, then by 2.",
)

PREDICTIONS = (RATE_TOO_LARGE, GRADIENT_OF_A_WEIGHT, POOL_GRADIENT, TRAIN_AND_TEST, SHIFTED)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "what_goes_back",
        "A batch has gone through the network, and the loss is known. Now backpropagation is done, and nothing else."
        " What has changed?",
        choices=(
            Choice(
                "the weights: the network has learned",
                says="Not yet. Backpropagation finds the gradient, no more. Somebody still has to take the step.",
            ),
            Choice("nothing in the network, but for each weight it is known which way the loss rises", right=True),
            Choice(
                "the loss: it is lower than before",
                says="All weights are what they were, so the loss is, too.",
            ),
            Choice(
                "the picture: it fits its digit better",
                says="Pictures stay as they are. The gradient runs back as far as the weights that have read them.",
            ),
        ),
        why="Backpropagation says where it goes up. The step goes down, by rate times slope: that is learning.",
    ),
    Question(
        "lower_loss",
        "Network A has a loss of 0.01 on the training pictures, network B one of 0.2. Which is the better one for new"
        " pictures?",
        choices=(
            Choice(
                "A, since its loss is lower",
                says="Lower on pictures that it knows. It may have learned them by heart.",
            ),
            Choice(
                "B, since A has learned by heart",
                says="It may have. Or it is better. The training loss cannot tell the one from the other.",
            ),
            Choice(
                "A, once its loss is all the way down at 0",
                says="Then it is sure of every picture that it knows. It says nothing of the others.",
            ),
            Choice("that cannot be said: it takes pictures that neither has learned from", right=True),
        ),
        why="The training loss is what is pushed down. Whether that helped is seen on other pictures.",
    ),
    Question(
        "shared_weight",
        "A weight is used at four places. The pixels under it are 3, 1, 0 and 4, the gradients of the four cells 2, −3,"
        " 9 and 1. What is the gradient of the weight?",
        answer=7,
        slips=(
            (1.75, "That is the mean of the four products. They are added up: nothing is divided."),
            (6, "That is the first product, and the largest. All four count."),
            (4, "That is the last product. All four count."),
            (9, "That is the sum of the gradients. Each is multiplied by the pixel under the weight."),
            (8, "That is the sum of the pixels. Each is multiplied by the gradient of its cell."),
            (13, "You have dropped the sign of −3. That cell pulls the other way."),
            (10, "You have left out what is below 0. That cell pulls the other way, and counts."),
            (72, "You have added up both, and multiplied the sums. Multiply place by place first."),
            (-7, "That is where the weight should go. The gradient says where the loss rises."),
            (17, "You have added pixels and gradients. At each place they are multiplied."),
        ),
        otherwise="At each place: pixel times gradient. Then add the four up.",
        why="6 − 3 + 0 + 4. One weight, one gradient: the sum over all places where it was used.",
    ),
    Question(
        "what_it_stores",
        "A network of 4550 numbers has learned from 4000 digits of 28 × 28 pixels. What is in those numbers?",
        choices=(
            Choice(
                "the pictures, made very small",
                says="That is about one number a picture. Which picture fits into one number?",
            ),
            Choice(
                "a model of each digit: the mean of all its pictures",
                says="Ten means of 784 pixels are 7840 numbers. There are not that many.",
            ),
            Choice(
                "a list of which picture is which digit",
                says="Then it would know nothing of a picture that is not on the list. It reads most of them.",
            ),
            Choice("weights that every picture has moved a little, and no picture can be taken out again", right=True),
        ),
        why="A picture comes, moves all weights a little, and is gone. Only very large networks, shown a few pictures"
        " very often, can keep some of them.",
    ),
    Question(
        "which_rate",
        "You have trained with four learning rates. Which of the four networks do you keep?",
        choices=(
            Choice(
                "the one of the largest rate: it learns fastest",
                says="Up to a point. Beyond it, each step leads farther away, and nothing is learned at all.",
            ),
            Choice(
                "the one that gets most test pictures right, and that is my result",
                says="Then you have chosen by the test, and the best of four may have been lucky. It is no test of it"
                " any more.",
            ),
            Choice(
                "the one of the smallest rate: it is the most careful",
                says="Careful, and perhaps not yet far from where it began.",
            ),
            Choice(
                "the one that is best on pictures set aside for choosing: the test comes once, at the end", right=True
            ),
        ),
        why="Three parts: one to learn from, one to choose by, one for a single look at the end.",
    ),
)
