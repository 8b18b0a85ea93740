"""Lesson 09: what its exercises, predictions and quiz say is true."""

import itertools
import re

import numpy as np
import pytest

from helpers import convolution, images, pooling
from helpers.exercises import card, checking, logbook
from helpers.exercises.card import has_number, is_empty, is_short
from helpers.exercises.exercise import FunctionExercise
from helpers.exercises.judging import judge
from helpers.exercises.lesson import find
from helpers.exercises.reading import NAMED, Refusal, read_names, spelled
from helpers.exercises.trial import Trial
from helpers.exercises.verdict import CORRECT, NOT_ATTEMPTED, NOT_YET
from helpers.lessons.lesson_09 import exercises
from helpers.lessons.lesson_09.questions import PREDICTIONS, QUIZ
from natural import written

FUNCTIONS = [one for one in exercises.EXERCISES if isinstance(one, FunctionExercise)]


def question(name):
    """Return a question of the quiz, or a prediction."""
    return next((one for one in QUIZ if one.name == name), None) or find("predictions", name)[1]


def right(name):
    """Return the answer that is right: a number, or the words of a choice."""
    return question(name).right_answer


def said(exercise):
    """Return all that an exercise can say, as one text."""
    return " ".join([*exercise.hints, exercise.why, *(slip.says for slip in exercise.slips)])


# --- all of them


@pytest.mark.parametrize("exercise", exercises.EXERCISES, ids=lambda one: one.name)
def test_there_are_ten_slips_and_five_right_ways(exercise):
    assert len(exercise.slips) >= 10
    assert len(exercise.ways) >= 5


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda one: one.name)
def test_the_cases_tell_every_slip_from_the_solution_and_from_the_others(exercise):
    trial = Trial(exercise, exercise.solution)
    made = {slip.name: trial.outcomes_of(slip.like) for slip in exercise.slips} | {"": trial.wanted}
    for one, other in itertools.combinations(made, 2):
        pairs = zip(made[one], made[other], strict=True)
        assert not all(a.is_like(b, 3 * exercise.tolerance) for a, b in pairs), (one, other)


@pytest.mark.parametrize("exercise", exercises.EXERCISES, ids=lambda one: one.name)
def test_no_line_of_a_stub_is_too_long_for_a_notebook(exercise):
    assert max(map(len, exercise.stub.splitlines())) <= 120


def test_names_of_predictions_and_how_many_questions_there_are():
    names = ["own_layers", "bgr", "upside_down", "person", "occlusion", "too_small_to_see", "few_pictures"]
    assert [one.name for one in PREDICTIONS] == names
    assert len(QUIZ) == 5
    assert all(one.right_answer in [one.happens, *(c.text for c in one.choices)] for one in PREDICTIONS)


@pytest.mark.parametrize("one", [*PREDICTIONS, *QUIZ], ids=lambda one: one.name)
def test_every_wrong_choice_hears_something_of_its_own(one):
    sentences = [choice.says for choice in one.choices if not choice.right or one.kind == "several"]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)


# --- the network: what predictions and quiz say of it


@pytest.fixture(scope="module")
def net():
    return pytest.importorskip("helpers.squeezenet")


def photo(name):
    """Return a picture of the course."""
    return images.load(f"images/{name}.png")


def answers(net, prepared, count=5):
    """Return the first names, and their shares."""
    return net.top(net.shares(net.forward(prepared)), count)


def test_a_thousand_names_and_none_for_a_person(net):
    names = net.names()
    assert len(names) == len(set(names)) == 1000
    assert not {"person", "man", "woman", "child", "face", "astronaut", "giraffe"} & set(names)
    assert {"groom", "scuba diver", "ballplayer"} <= set(names)  # who dives, marries or plays ball
    assert {"espresso", "consomme", "agaric", "tripod", "barbell", "zebra"} <= set(names)
    first, last = names.index("Chihuahua"), names.index("Mexican hairless")
    assert last - first + 1 > 100  # dogs stand side by side
    for name in ("person", "no_name_for_it"):
        assert "1000 names" in str(question(name).for_browser())


def test_with_the_learners_layers_the_maps_are_the_same():
    rng = np.random.default_rng(0)
    maps = rng.normal(size=(9, 9, 4)).astype(np.float32)
    weights, bias = rng.normal(size=(3, 3, 4, 6)), rng.normal(size=6)
    own_conv2d, own_pool = (find("exercises", name)[1].solution for name in ("conv2d", "max_pool2d"))
    for stride, padding in ((1, 1), (2, 0), (1, 0)):
        courses = convolution.conv2d(maps, weights, bias, stride, padding)
        np.testing.assert_allclose(own_conv2d(maps, weights, bias, stride, padding), courses, atol=1e-4)
    np.testing.assert_allclose(own_pool(maps, 3, 2), pooling.max_pool2d(maps, 3, 2), atol=1e-6)
    assert "stays the same" in right("own_layers")


def test_with_the_learners_layers_the_whole_network_answers_the_same(net):
    prepared = net.prepare(photo("coffee"))
    own_pool = find("exercises", "max_pool2d")[1].solution
    courses = net.shares(net.forward(prepared))
    for own_conv2d in find("exercises", "conv2d")[1].ways:  # the solution's loops take seconds
        np.testing.assert_allclose(net.shares(net.forward(prepared, own_conv2d, own_pool)), courses, atol=1e-4)


def test_in_the_wrong_order_some_are_right_and_some_are_not(net):
    first, sure = {}, {}
    for name, order in itertools.product(("cat", "coffee", "coffee_cutout", "camera"), ("BGR", "RGB")):
        (first[name, order], sure[name, order]), *_ = answers(net, net.prepare(photo(name), order=order))
    assert "cat" in first["cat", "RGB"]
    assert first["camera", "RGB"] == "tripod"  # a gray one hardly changes
    assert abs(sure["camera", "RGB"] - sure["camera", "BGR"]) < 0.3
    assert first["coffee", "BGR"] == first["coffee_cutout", "BGR"] == "espresso"
    assert sure["coffee", "RGB"] < 0.7 < 0.9 < sure["coffee", "BGR"]
    assert first["coffee_cutout", "RGB"] != "espresso"
    assert "nothing warns you" in right("bgr")


def test_a_cat_on_its_head_is_no_cat(net):
    assert all(re.search("cat|tabby", name) for name, _ in answers(net, net.prepare(photo("cat")), 3))
    assert answers(net, net.prepare(photo("cat")[::-1]), 1)[0][0] in ("bighorn", "ram")
    assert "cat" in answers(net, net.prepare(photo("cat")[:, ::-1]), 1)[0][0]  # mirrored it is one
    coins, turned = (answers(net, net.prepare(one), 1)[0] for one in (photo("coins"), photo("coins")[::-1]))
    assert coins[0] == turned[0] == "golf ball"  # does not mind
    assert right("upside_down") == "something else comes first, and no cat"


def test_the_astronaut_is_called_a_thing(net):
    names = [name for name, _ in answers(net, net.prepare(photo("astronaut")))]
    assert names[0] == "barbell"
    assert not {"groom", "scuba diver", "ballplayer"} & set(names)
    assert "barbell" in question("person").happens


PATCH = 45


def hidden(net, prepared, top, left):
    """Return the share of the tripod with a gray square over it."""
    covered = prepared.copy()
    covered[top : top + PATCH, left : left + PATCH] = 0
    return net.shares(net.forward(covered))[net.names().index("tripod")]


def test_the_tripod_is_known_by_its_legs(net):
    prepared = net.prepare(photo("camera"))
    (name, share), *_ = answers(net, prepared)
    assert name == "tripod"
    assert share > 0.8
    assert hidden(net, prepared, 156, 117) < 0.1  # its legs
    assert hidden(net, prepared, 52, 104) > 0.8  # the camera
    assert hidden(net, prepared, 30, 70) > 0.8  # his head
    assert hidden(net, prepared, 0, 0) > 0.8  # the sky
    assert right("occlusion") == "over the legs of the tripod"


def test_the_coffee_can_do_without_any_place(net):
    prepared = net.prepare(photo("coffee"))
    espresso = net.names().index("espresso")
    for top, left in itertools.product(range(0, 227 - PATCH, 60), repeat=2):
        covered = prepared.copy()
        covered[top : top + PATCH, left : left + PATCH] = 0
        assert net.shares(net.forward(covered)).argmax() == espresso


def test_two_gray_levels_turn_the_answer_and_by_chance_they_do_not(net):
    prepared, rng = net.prepare(photo("coffee")), np.random.default_rng(0)
    (name, share), *_ = answers(net, prepared)
    assert name == "espresso"
    assert share > 0.95
    assert prepared.size > 150_000
    assert 2 / 255 < 0.01
    fooled = net.fool(prepared, "espresso", -2)
    assert np.abs(fooled - prepared).max() < 2.001
    (name, share), *_ = answers(net, fooled)
    assert name == "consomme"
    assert share > 0.9
    by_chance = prepared + rng.choice([-2, 2], prepared.shape).astype(np.float32)
    assert answers(net, by_chance, 1)[0][0] == "espresso"
    assert "well chosen" in right("too_small_to_see")


def views(picture, count, rng):
    """Return crops of a photo, in different light, some of them mirrored."""
    found = []
    for _ in range(count):
        size = int(min(picture.shape[:2]) * rng.uniform(0.3, 0.7))
        row, column = (rng.integers(0, length - size + 1) for length in picture.shape[:2])
        crop = picture[row : row + size, column : column + size] * rng.uniform(0.6, 1.3)
        found.append(np.clip(crop[:, :: rng.choice([1, -1])], 0, 255).astype(np.uint8))
    return found


def test_ten_pictures_of_each_are_enough_with_features_and_not_with_pixels(net):
    rng, known, new = np.random.default_rng(1), {}, {}
    for name in ("brick", "grass", "gravel"):
        made = [net.prepare(one) for one in views(photo(name), 15, rng)]
        known[name], new[name] = made[:10], made[10:]

    def right_ones(measure):
        rows = np.array([measure(one) for ones in known.values() for one in ones])
        labels = np.repeat(list(known), 10)
        found = [(name, labels[exercises.nearest(rows, measure(one))]) for name, ones in new.items() for one in ones]
        return np.mean([wanted == got for wanted, got in found])

    features = right_ones(lambda one: net.features(net.forward(one)))
    pixels = right_ones(lambda one: one[::8, ::8].ravel())
    assert features > 0.9
    assert pixels < 0.75
    assert net.features(net.forward(new["grass"][0])).shape == (512,)
    assert "512 features" in question("few_pictures").text
    assert right("few_pictures") == "nearly all"


def test_scaled_to_0_to_1_it_says_nearly_the_same_of_different_pictures(net):
    scaled = [net.prepare(photo(name), centered=False, scale=1 / 255) for name in ("cat", "coffee", "astronaut")]
    firsts = [{name for name, _ in answers(net, one, 3)} for one in scaled]
    assert len(set.union(*firsts)) < 9  # the same names again and again
    assert set.intersection(*firsts)
    assert not any("espresso" in one for one in firsts)
    assert "nearly the same" in right("same_preparation")


def test_it_was_sure_of_what_is_wrong(net):
    assert answers(net, net.prepare(photo("coins")), 1)[0][1] > 0.7  # golf ball
    assert "trusted" in right("confidence")
    assert "gradient" in right("confidence")


def test_features_do_not_add_up_to_1_and_are_not_below_0(net):
    features = net.features(net.forward(net.prepare(photo("cat"))))
    assert abs(features.sum() - 1) > 0.1
    assert features.min() >= 0  # how much was found
    assert "512 patterns" in right("what_features_are")


def test_what_leans_to_one_side_in_training_does_so_in_the_test():
    rng = np.random.default_rng(0)

    def pictures(count, object_, table):
        return np.column_stack([object_ + 0.5 * rng.normal(size=count), table + 0.1 * rng.normal(size=count)])

    def right_share(count, tables_of_both, tested):
        rows, labels = [], []
        for label in (0, 1):
            tables = (0, 3) if tables_of_both else (3 * label,)
            rows += [pictures(count // len(tables), 1.5 * label, table) for table in tables]
            labels += [label] * (count // len(tables) * len(tables))
        rows = np.concatenate(rows)
        return np.mean([labels[exercises.nearest(rows, one)] == 1 for one in tested])

    shoes_on_the_floor, shoes_on_the_table = pictures(200, 1.5, 3), pictures(200, 1.5, 0)
    assert right_share(10, False, shoes_on_the_floor) == 1
    assert right_share(10, False, shoes_on_the_table) == 0
    assert right_share(100, False, shoes_on_the_table) == 0  # 90 more of the same
    assert right_share(10, True, shoes_on_the_table) > 0.7
    assert "different places" in right("same_kitchen")


# --- prepare


def test_prepare_does_what_the_network_wants(net):
    square = photo("astronaut")[:227, :227, :3]
    means = np.array([net.MEANS[color] for color in "BGR"])
    np.testing.assert_allclose(exercises.prepare(square, means), net.prepare(square), atol=1e-3)
    np.testing.assert_allclose(means, exercises.IMAGENET)


def test_the_means_begin_with_blue_which_is_the_smallest():
    assert sorted(exercises.IMAGENET) == exercises.IMAGENET.tolist()
    pixel = np.array([[[255, 128, 0]]], np.uint8)
    np.testing.assert_allclose(exercises.prepare(pixel, exercises.IMAGENET), [[[-104.006, 11.331, 132.321]]])


def test_the_pictures_are_square_and_turn_into_others_when_transposed():
    kinds = set()
    for image, means in exercises.PREPARE.cases:
        assert image.shape[0] == image.shape[1]
        assert not (image == image.swapaxes(0, 1)).all()
        assert (exercises.prepare(image, means) < 0).any()
        kinds.add(image.dtype.kind)
    assert kinds == {"u", "f"}


@pytest.mark.parametrize(
    "body", ["image -= means\n    return image[:, :, ::-1]", "image[:] = image[:, :, ::-1]\n    return image - means"]
)
def test_a_picture_that_is_changed_in_place_is_told_so(body):
    verdict = judge(exercises.PREPARE, written("prepare", f"    {body}"))
    assert verdict.outcome == NOT_YET


def test_who_changes_the_picture_and_is_right_hears_of_it():
    verdict = judge(exercises.PREPARE, written("prepare", "    image[:] = image[:, :, ::-1]\n    return image - means"))
    assert verdict.diagnosis == "input changed in place"


# --- the best few


def test_names_are_read_as_numbers():
    names = ["lynx", "tabby", "pug"]
    np.testing.assert_array_equal(read_names(["pug", "lynx"], names), [NAMED + 2, NAMED])
    np.testing.assert_array_equal(read_names(np.array(["pug", "lynx"]), names), [NAMED + 2, NAMED])
    np.testing.assert_array_equal(read_names(("tabby",), names), [NAMED + 1])
    assert read_names(np.str_("tabby"), names) == NAMED + 1
    np.testing.assert_array_equal(read_names([("tabby", 0.5)], names), [[NAMED + 1, 0.5]])
    np.testing.assert_array_equal(read_names([1, 0], names), [1, 0])
    assert spelled(np.array(["pug", "lynx"])) == "['pug', 'lynx']"
    assert len(spelled(["x" * 30] * 30)) < 210


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (["dog"], "no such name"),
        ("tabby, lynx", "no such name"),
        ({"tabby"}, "a set"),
        ({"tabby": 1}, "no names"),
        (map(str, "ab"), "no names"),
        (["tabby", ["lynx", "pug"]], "ragged"),
        (["tabby", None], "no numbers"),
        (len, "no names"),
    ],
    ids=["wrong", "text", "set", "dict", "map", "ragged", "none", "function"],
)
def test_what_are_no_names_is_refused_by_a_sentence(value, name):
    with pytest.raises(Refusal) as refused:
        read_names(value, ["lynx", "tabby", "pug"])
    assert refused.value.name == name
    assert refused.value.says.startswith(("Your ", "The rows of your"))


def test_a_list_of_names_that_holds_itself_is_refused():
    def endless(shares, names, count):
        result = list(names)
        result += [result, result]
        return result

    assert judge(exercises.TOP, endless).diagnosis == "holds itself"


def test_of_equal_shares_either_may_come_first_and_no_name_comes_twice():
    shares, names = np.array([0.3, 0.4, 0.3]), ["pug", "lynx", "ram"]

    def read(*result):
        return exercises.ranked(list(result), shares, names, 3).tolist()

    assert read("lynx", "pug", "ram") == read("lynx", "ram", "pug")
    assert read("lynx", "pug", "pug") != read("lynx", "ram", "pug")
    assert read("lynx", "ram", "ram") != read("lynx", "pug", "ram")
    tied = [len(set(shares.tolist())) < len(shares) for shares, _, _ in exercises.TOP.cases]
    assert sum(tied) >= 2


def test_the_facts_of_names_are_names():
    verdict = judge(exercises.TOP, lambda shares, names, count: exercises.top(shares, names, count)[::-1])
    assert "Your result is ['teapot', 'lynx', 'tabby']; wanted: ['tabby', 'lynx', 'teapot']." in verdict.facts
    assert verdict.stage() is None
    for slip in exercises.TOP.slips:
        assert str(NAMED)[:4] not in repr(judge(exercises.TOP, slip.like))


def test_shares_add_up_to_1_and_names_are_none_twice():
    for shares, names, count in exercises.TOP.cases:
        assert abs(shares.sum() - 1) < 1e-9
        assert len(shares) == len(names) == len(set(names))
        assert 1 <= count <= len(names)
    assert {1, 3} <= {count for _, _, count in exercises.TOP.cases}


def test_the_names_are_those_of_the_network(net):
    assert {name for _, names, _ in exercises.TOP.cases for name in names} <= set(net.names())


def test_top_names_what_the_course_names(net):
    shares = net.shares(net.forward(net.prepare(photo("cat"))))
    assert exercises.top(shares, net.names(), 5) == [name for name, _ in net.top(shares, 5)]


# --- classify, nearest


@pytest.mark.parametrize(("features", "weights", "bias"), exercises.CLASSIFY.cases)
def test_no_class_wins_by_a_hair(features, weights, bias):
    scores = np.sort(features @ weights + bias, axis=1)
    assert (scores[:, -1] - scores[:, -2] >= 0.125).all()


def test_scores_below_0_everywhere_are_among_the_cases():
    assert any(((f @ w + b) < 0).all() for f, w, b in exercises.CLASSIFY.cases)


@pytest.mark.parametrize(("features", "one"), exercises.NEAREST.cases)
def test_no_two_pictures_are_equally_near_and_none_is_the_new_one(features, one):
    distances = np.sort(np.sqrt(((features - one) ** 2).sum(axis=1)))
    assert distances[1] - distances[0] > 0.05
    assert distances[0] > 0


def test_whatever_numbers_come_classify_and_nearest_agree_with_their_other_ways():
    rng = np.random.default_rng(4)
    features, weights, bias, one = (
        rng.normal(size=(30, 8)),
        rng.normal(size=(8, 5)),
        rng.normal(size=5),
        rng.normal(size=8),
    )
    for way in exercises.CLASSIFY.ways:
        np.testing.assert_array_equal(way(features, weights, bias), exercises.classify(features, weights, bias))
    assert {int(way(features, one)) for way in exercises.NEAREST.ways} == {int(exercises.nearest(features, one))}


# --- bug hunt


def test_it_says_1_even_of_classes_drawn_by_lot_and_the_truth_is_chance():
    rng = np.random.default_rng(0)
    pictures = np.column_stack([rng.integers(0, 2, 400), rng.normal(size=(400, 3))])
    assert exercises.share_right(pictures) == 1
    assert 0.4 < exercises.share_of_others(pictures) < 0.6
    assert "classes drawn by lot" in exercises.SHARE_RIGHT.why


def test_the_example_is_right_and_the_evidence_is_not():
    example = np.array(exercises.WELL_APART)
    assert str(exercises.WELL_APART) in exercises.SHARE_RIGHT.stub
    assert exercises.share_right(example) == exercises.share_of_others(example) == 1
    assert judge(exercises.SHARE_RIGHT, example).diagnosis == "the example"
    evidence = np.array([[0, 1.0], [1, 1.5], [0, 8.0], [1, 9.0]])
    assert (exercises.share_right(evidence), exercises.share_of_others(evidence)) == (1, 0)


def test_evidence_is_taken_where_it_gets_fewer_right_than_it_says_and_only_there():
    rng, outcomes = np.random.default_rng(5), set()
    for _ in range(300):
        count, classes = rng.integers(2, 7), rng.integers(1, 4)
        table = np.column_stack([rng.integers(0, classes, count), rng.integers(0, 30, (count, rng.integers(1, 3)))])
        lies = exercises.share_of_others(table) < exercises.share_right(table)
        assert (judge(exercises.SHARE_RIGHT, table).outcome == CORRECT) == lies, table
        outcomes.add(lies)
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (5, "single number"),
        ([[0, 1.0]], "nothing to compare it with"),
        ([[], []], "empty"),
        ([[0, 1.0], [0, 9.0]], "of one class"),
        ([[0, 1], [0, 2], [1, 50], [1, 51]], "that is true"),
        ([[1, 0], [2, 1]], ""),
    ],
)
def test_other_evidence_hears_what_is_wrong(table, says):
    assert says in judge(exercises.SHARE_RIGHT, table).says


# --- a model card


def test_the_stub_shows_every_heading_with_its_question():
    stub = exercises.MODEL_CARD.stub
    assert stub.startswith("card = {\n")
    assert stub.count('"...",  # ') == 5
    assert all(f'"{one.name}": "...",  # {one.asks}' in stub for one in exercises.HEADINGS)
    assert max(map(len, exercises.MODEL_CARD.answer.splitlines())) < 120
    assert exercises.MODEL_CARD.call == 'exercises.check(card, "model_card")'


@pytest.mark.parametrize("value", [None, ..., {}, {"knows": "..."}, dict.fromkeys(exercises.CARD, "…")], ids=repr)
def test_an_empty_card_is_not_attempted(value):
    assert judge(exercises.MODEL_CARD, value).outcome == NOT_ATTEMPTED


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (5, "This is an int. A card is a dict"),
        ("a text", "This is a str. A card is a dict"),
        (list(exercises.CARD.values()), "This is a list. A card is a dict"),
        (set(exercises.CARD), "This is a set. A card is a dict"),
        (len, "This is a builtin_function_or_method."),
        (exercises.CARD | {"knows": 5}, 'under `"knows"` is an int'),
        (exercises.CARD | {"fails at": ["It fails", "at much"]}, 'under `"fails at"` is a list'),
        ({"know" if name == "knows" else name: text for name, text in exercises.CARD.items()}, "with a typo?"),
        ({name: text for name, text in exercises.CARD.items() if name != "not for"}, 'nothing yet. See `"not for"`.'),
        (exercises.CARD | {"not for": None, "fails at": ...}, 'See `"fails at"`, `"not for"`.'),
        (exercises.CARD | {"not for": exercises.CARD["knows"]}, 'See `"knows"`, `"not for"`.'),
        (exercises.CARD | {"knows": "My mug, my shoe, my cat."}, 'How many? There is no number'),
        (exercises.CARD | {"trained on": "Photos of all of them."}, 'See `"trained on"`.'),
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_missing_on_a_card_is_named(value, says):
    verdict = judge(exercises.MODEL_CARD, value)
    assert verdict.outcome == NOT_YET
    assert says in verdict.says


@pytest.mark.parametrize(
    "text",
    [
        "Nothing that I know of, but I have tried little.",
        "I do not care at all.",
        "It is perfect and never wrong!",
        "I have not tried yet…",
        "  So many words,\n and a new line.  ",
        "<b>Bold</b> `code` *stars* & more {braces}",
        "Ça échoue toujours la nuit.",
        "夜里它常常认错东西。",
    ],
)
def test_opinions_are_not_judged(text):
    assert judge(exercises.MODEL_CARD, exercises.CARD | {"fails at": text}).outcome == CORRECT


def test_what_the_learner_writes_is_not_said_again():
    for name in exercises.CARD:
        verdict = judge(exercises.MODEL_CARD, exercises.CARD | {name: "<script>"})
        assert verdict.outcome == NOT_YET
        assert "script" not in repr(verdict)
    strange = {"<script>": "x", **{k: v for k, v in exercises.CARD.items() if k != "knows"}}
    assert "<script>" not in judge(exercises.MODEL_CARD, strange).as_html()


def test_a_card_that_does_harm_when_it_is_read_does_none():
    class Evil(dict):
        def __iter__(self):
            raise SystemExit

        def __getitem__(self, key):
            raise KeyboardInterrupt

    class Text(str):
        __slots__ = ()

        def strip(self, *_):
            raise RuntimeError

    assert judge(exercises.MODEL_CARD, Evil(exercises.CARD)).outcome == NOT_YET
    assert judge(exercises.MODEL_CARD, exercises.CARD | {"knows": Text("Three classes of my own.")}).outcome == CORRECT


def test_a_card_is_checked_by_name_and_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(logbook, "MINE", logbook.Logbook(tmp_path))
    verdict = checking.check(exercises.CARD, "model_card")
    assert verdict.outcome == CORRECT
    assert "✓ Correct: A model card" in repr(verdict)
    assert verdict.below


def test_numbers_in_digits_and_words_and_other_scripts():
    assert all(map(has_number, ["10", "Ten photos", "a dozen", "½ of them", "十张", "1,000", "no classes"]))
    assert not any(map(has_number, ["", "photos", "often", "tension", "someone"]))


def test_what_is_empty_and_what_is_short():
    assert all(map(is_empty, ["", "...", " ... ", "…", "?!", "\n"]))
    assert not is_empty("a")
    assert all(map(is_short, ["a b c", "Cats and dogs", "bla bla bla bla", "猫和狗"]))
    assert not any(map(is_short, ["It knows three cats.", "它不认识人也不认识狗"]))
    assert card.LEAST == 4


# --- numbers in the sentences


def test_the_numbers_that_are_said():
    assert "1,000 classes" in exercises.TOP.why
    assert "two cats at 40 % each" in exercises.TOP.why
    assert 2 * 40 == 80
    assert "lesson 07" in exercises.CLASSIFY.hints[0]
    assert "1000" in said(exercises.MODEL_CARD) or "1,000" in str(exercises.MODEL_CARD.ways)
