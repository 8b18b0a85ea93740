"""Lesson 09, Recognize anything: what is predicted, and what is asked at the end."""

from helpers.exercises.question import Choice, Prediction, Question

# === Predictions ===================================================================================

OWN_LAYERS = Prediction(
    "own_layers",
    "A network of 1000 classes is made of convolutions and poolings. Now your own `conv2d` of lesson 05 and your own"
    " `max_pool2d` of lesson 06 take the place of the course's. What becomes of its answer?",
    choices=(
        Choice("it stays the same, but takes longer if yours go in loops", right=True),
        Choice(
            "it gets worse: this network has learned with other layers",
            says="It has learned *numbers*. A convolution with the same numbers is the same sum, whoever wrote it.",
        ),
        Choice(
            "it has to be trained anew before it says anything",
            says="Its weights are all there. Your functions only multiply, add and compare.",
        ),
        Choice(
            "nothing comes out: yours are for small pictures",
            says="They go by the shape that comes in. A large picture takes longer, and that is all.",
        ),
    ),
    happens="it stays the same, but for rounding; loops take longer",
    why="What you have written is what such networks are made of. The course's functions do the same sums, more of"
    " them at a time.",
    see="Let your own functions do it. How far are their numbers from the course's, and how long do they take?",
)

BGR = Prediction(
    "bgr",
    "The network has learned from pictures with the channels in the order blue, green, red. You forget it, and give it"
    " red, green, blue. What becomes of its answers?",
    choices=(
        Choice(
            "all are nonsense",
            says="Shapes and textures are all still there. A gray picture hardly changes at all.",
        ),
        Choice(
            "none changes: it looks at shapes, not at colors",
            says="It looks at both. Some things it knows by their color first of all.",
        ),
        Choice("some are still right, others get unsure or wrong, and nothing warns you", right=True),
        Choice(
            "it refuses, since the picture does not fit",
            says="The shape fits, and it sees no more than numbers. It cannot know what they stand for.",
        ),
    ),
    happens="some are still right, others get unsure or wrong, and nothing warns you",
    why="That is the worst kind of mistake: one that works now and then. So try pictures of which you know the answer.",
    see="Compare the cat, the coffee, and the coffee that is cut out.",
)

UPSIDE_DOWN = Prediction(
    "upside_down",
    "It knows the cat: all of the first three names are cats. Now the photo stands on its head. What does it say?",
    choices=(
        Choice(
            "the same: a cat is a cat",
            says="To you. Its filters look for ears above eyes, since that is how cats came.",
        ),
        Choice(
            "the same, but it is less sure",
            says="With some pictures it is so. With this one, no cat comes first any more.",
        ),
        Choice("something else comes first, and no cat", right=True),
        Choice(
            "“upside down”: it has seen such pictures, too",
            says="There are 1000 names, and that is none of them. Nor do people take many such photos.",
        ),
    ),
    happens="something else comes first, and no cat",
    why="It has learned from photos as people take them. What was rare there, it does not know.",
    see="Turn other pictures upside down. Which does not mind, and why? Then mirror them, left to right.",
)

PERSON = Prediction(
    "person",
    "A photo of an astronaut, smiling, in her suit. What does the network say?",
    choices=(
        Choice(
            "“person”, since that is easy",
            says="Easy for you. Among its 1000 names there is none for a person.",
        ),
        Choice(
            "“astronaut”, if it is good",
            says="However good it is: “astronaut” is none of its 1000 names.",
        ),
        Choice(
            "nothing: all of its shares are 0",
            says="1000 shares add up to 1, whatever comes in. One of them is the largest.",
        ),
        Choice("it names some thing, as if she were not there", right=True),
    ),
    happens="it names some thing, a barbell for example",
    why="It can only say what it has a name for. Somebody chose those 1000, and chose a hundred kinds of dogs.",
    see="Look at all five names. What in the picture could have led to each of them?",
)

OCCLUSION = Prediction(
    "occlusion",
    "A man takes a photo. His camera stands on a tripod, and “tripod” is what the network says. A gray square hides a"
    " part of the picture. Where does it cost “tripod” most of its share?",
    choices=(
        Choice(
            "over the man's head: that is what people look at first",
            says="People do. The network gets along without it: ask what makes a tripod a tripod.",
        ),
        Choice("over the legs of the tripod", right=True),
        Choice(
            "over the camera: without one it is no tripod",
            says="It tells much to you. But the network's “tripod” hardly changes when the camera is hidden.",
        ),
        Choice(
            "the same everywhere: it looks at the whole picture",
            says="It reads all of it, but not all of it says “tripod”. Most places hardly matter.",
        ),
    ),
    happens="over the legs of the tripod: hardly anything is left of its share",
    why="So one can ask a network what it has looked at, without opening it: hide something, and see what is missing.",
    see="Where is the map most orange? Then try the coffee. Is there any place that it could not do without?",
)

TOO_SMALL_TO_SEE = Prediction(
    "too_small_to_see",
    "Each number of the picture is changed by 2 of its 255 gray levels, up or down. You see no difference. Can that"
    " change the answer of the network?",
    choices=(
        Choice(
            "no: 2 of 255 are less than 1 %",
            says="Each is tiny. But there are more than 150,000 of them, and they can all push the same way.",
        ),
        Choice(
            "yes, any such change does",
            says="Up or down by chance changes hardly anything: the pushes cancel each other out.",
        ),
        Choice("yes, if up and down are well chosen", right=True),
        Choice(
            "only if it was unsure before",
            says="It was more than 95 % sure of the espresso. Try that one.",
        ),
    ),
    happens="yes, if up and down are well chosen",
    why="The gradient of lesson 08 says which way each pixel has to go. There it made the network better.",
    see="Push it away from its answer, then by chance, by as many gray levels.",
)

FEW_PICTURES = Prediction(
    "few_pictures",
    "Three new classes, and ten pictures of each. The network stays as it is. Only a small classifier at its end"
    " learns, from 512 features of each picture. How many of other pictures of the same things will it get right?",
    choices=(
        Choice(
            "about a third: that is chance",
            says="It would be if the 512 numbers told nothing of new things. They tell of edges, fur, wheels, letters.",
        ),
        Choice(
            "about half: 30 pictures are far too few",
            says="For learning to see they are. But it has learned to see already, from a million others.",
        ),
        Choice("nearly all", right=True),
        Choice(
            "all that were among the 1000 classes before, and no others",
            says="The features do not ask what something is called. They were useful for 1000 classes, and mostly are"
            " for others.",
        ),
    ),
    happens="nearly all, if the things are not too much alike",
    why="Most of what was learned for the 1000 can be used for what is new. This is called *transfer learning*.",
    see="Teach it three things of your own. Then take away pictures, until it gets worse.",
)

PREDICTIONS = (OWN_LAYERS, BGR, UPSIDE_DOWN, PERSON, OCCLUSION, TOO_SMALL_TO_SEE, FEW_PICTURES)

# === Exit quiz =====================================================================================

QUIZ = (
    Question(
        "confidence",
        "“Espresso, 99 %”, says the network, and it is one. Somebody changes each number of the photo by 2 gray levels."
        " You see no difference. It says: “consomme, 99 %”. Which is true?",
        choices=(
            Choice(
                "99 % means that it is wrong once in a hundred times. This was the time.",
                says="Somebody would have to have counted how often it is right when it says 99 %. And this was no"
                " accident: the changes were chosen.",
            ),
            Choice(
                "A share says how far ahead a name is, not how far the network can be trusted.",
                right=True,
                says="Softmax divides 1 among the names. It knows nothing of the truth.",
            ),
            Choice(
                "Many tiny changes have all pushed the way that the gradient says.",
                right=True,
                says="They have. That is why none of them has to be large.",
            ),
            Choice(
                "There was noise in the photo. Any camera can do that.",
                says="Noise pushes up and down by chance, and cancels out. It takes somebody who chooses.",
            ),
        ),
        why="It sees by other means than you do. Where somebody may want to fool it, it must not decide alone.",
    ),
    Question(
        "no_name_for_it",
        "A giraffe stands in front of the camera, and “giraffe” is none of the 1000 names. Which is true?",
        choices=(
            Choice(
                "The 1000 shares add up to 1.",
                right=True,
                says="They always do: softmax divides by their sum.",
            ),
            Choice(
                "All shares are small, so one can see that it does not know.",
                says="That may be so, but nothing makes it so: one of the names can get nearly all.",
            ),
            Choice(
                "Its features may still be useful to teach it giraffes.",
                right=True,
                says="They may: features come before the names, and tell of spots and legs whatever they are called.",
            ),
            Choice(
                "It says “zebra”, since that is the nearest to a giraffe.",
                says="Nearest for you. It may as well name the fence.",
            ),
        ),
        why="1000 are many, and not everything. A network cannot say what it has no name for.",
    ),
    Question(
        "same_kitchen",
        "You teach it your mug and your shoe: ten photos of the mug, all on the white table, ten of the shoe, all on"
        " the brown floor. In the test, with more such photos, all are right. Then the shoe stands on the table, and"
        " it says “mug”. What helps most?",
        choices=(
            Choice(
                "90 more photos of each, taken like those",
                says="Then it has seen the white table 100 times. More of the same does not tell it what you mean.",
            ),
            Choice(
                "a larger network",
                says="It would see the table even more clearly. What it should learn is in none of your photos.",
            ),
            Choice(
                "to train longer",
                says="It gets all of its pictures right already. There is nothing left to learn from them.",
            ),
            Choice("ten photos of each, at different places and in different light", right=True),
        ),
        why="It has learned what tells your pictures apart: that was the table. Neither training nor test could show"
        " it. Data that lean to one side make a network that does.",
    ),
    Question(
        "what_features_are",
        "Just before its last layer, the network has 512 numbers of each picture. What are these features?",
        choices=(
            Choice("how much was found of each of 512 patterns, which it has come to use by training", right=True),
            Choice(
                "the picture, made very small",
                says="Nobody could paint the picture again from them: they say what is there, and hardly where.",
            ),
            Choice(
                "properties that people have listed: has fur, has wheels, is round",
                says="Nobody wrote such a list. Some of them happen to look like that, most have no name.",
            ),
            Choice(
                "shares of 512 classes",
                says="They do not add up to 1. The 1000 shares are made of them in the last layer.",
            ),
        ),
        why="Similar things have similar features. So a small classifier can go on from there, and so can a search.",
    ),
    Question(
        "same_preparation",
        "In training, each picture had its means taken away. Somebody builds the network into an app, and scales the"
        " pictures to 0 to 1 instead. What happens?",
        choices=(
            Choice(
                "It answers as before: only the scale has changed.",
                says="For its filters that is a picture of nearly one shade. They were made for numbers 255 times as"
                " far apart.",
            ),
            Choice(
                "It adapts after some pictures.",
                says="Without training nothing in it changes. It makes the same mistake for ever.",
            ),
            Choice(
                "It stops with an error, so somebody will notice.",
                says="The shape is right, and that is all that is asked. It takes any numbers.",
            ),
            Choice("It says nearly the same about very different pictures, and reports no error.", right=True),
        ),
        why="What was done to the pictures in training belongs to the network, like its weights.",
    ),
)
