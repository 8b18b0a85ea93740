"""Lesson 08: a network that is trained while one looks on."""

from helpers.engine.recipe import call, step, step_by
from helpers.experiment import LAYERS, OPTIMIZERS, Plan
from helpers.lessons.digit_looks import DIGITS, NAMES
from helpers.lessons.lesson_08.conductor import PLANNED, Live, begun
from helpers.lessons.lesson_08.shown import CLOTHES, SHOWN, WEIGHTS, all_of
from helpers.stage.panels import bars, curve, flow, panel, room
from helpers.stage.panels import stack as maps
from helpers.stage.settings import buttons, choice, slider, switch, told
from helpers.stage.stage import Stage

MOST_EPOCHS = 60
NETWORKS = {"none": ["seen"], "one": ["seen", "conv_1", "relu_1", "pool_1"]}
NETWORKS["two"] = [*NETWORKS["one"], "conv_2", "relu_2", "pool_2"]
BUTTONS = {"▶ start": "start", "❚❚ pause": "pause", "one step": "step", "■ stop": "stop", "start over": "reset"}
BUTTONS |= {"save": "save", "load": "load"}
DATA = {"digits_8x8": "digits, 8 × 8", "digits_28x28": "digits, 28 × 28", "clothes": "clothes", "drawings": "your own"}
RATES = (0.0001, 0.001, 0.003, 0.01, 0.1, 1.0, 1000000.0)


def settings_of(plan):
    """Return the controls of a plan: what is learned from, by which network, and how."""
    what, how = {"when": "adjust == what"}, {"when": "adjust == how"}
    convolutions = dict(zip(LAYERS, ("none", "one", "two"), strict=True))
    return {
        "data": choice(plan.data, DATA, label="data", **what),
        "pictures": choice(plan.pictures, {n: f"{n:,}" for n in (100, 200, 1000, 4000, 10000)}, **what),
        "layers": choice(plan.layers, convolutions, label="convolutions", **what),
        "filters": slider(plan.filters, 1, 16, label="filters", when="adjust == what and layers != none"),
        "second": slider(plan.second, 1, 24, label="of the second", when="adjust == what and layers == two"),
        "optimizer": choice(plan.optimizer, {name: name for name in OPTIMIZERS}, **how),
        "learning_rate": choice(
            plan.learning_rate,
            {rate: f"{rate:,.0f}" if rate >= 1 else f"{rate:g}" for rate in RATES},
            label="learning rate",
            **how,
        ),
        "batch_size": choice(plan.batch_size, {n: str(n) for n in (8, 32, 128)}, label="batch", **how),
        "epochs": slider(plan.epochs, 1, MOST_EPOCHS, label="epochs", **how),
        "seed": slider(plan.seed, 0, 9, **how),
        "moves": switch(plan.moves, label="move each picture", **how),
        "leak": switch(plan.leak, label="200 test pictures leak", **how),
    }


NEXT = (
    "The next start begins anew: data {data}, {pictures} pictures; convolutions: {layers}, filters {filters} and"
    " {second}; {optimizer} at {learning_rate}, batch {batch_size}, {epochs} epochs, seed {seed}; moved: {moves},"
    " leak: {leak}."
)
UNSAID = {"command": "none", "status": "ready", "latest": 0}
CURVE = {"facts": False, "when": "see == curves"}
SHARE = {"range": [0, 100], "facts": False, "size": "small", "room": room(group="column 3")}


PROGRAM = [
    "import numpy as np\nfrom helpers import neurons\nfrom helpers.experiment import Plan, finished\n\n",
    "experiment = finished(",
    {"raw": "shown_plan"},
    ", epochs=min(",
    {"setting": "epoch"},
    ", ",
    {"setting": "measured"},
    "))\nprint(experiment.history[-1])\npicture = experiment.data.test_images[[",
    {"setting": "which"},
    "]]\nprobabilities = neurons.softmax(experiment.network.forward(picture))[0]\n",
]


def network_steps():
    """Return the steps that send a test picture through the network, as it was after an epoch."""
    numbers = [
        step(f"{name}_{kind}", "take", stack=f"$all_{name}_{kind}", which="$epoch")
        for name in WEIGHTS
        for kind in ("weights", "bias")
    ]
    blocks, before = [], "input"
    for i in (1, 2):
        weights = {"weights": f"$conv_{i}_weights", "bias": f"$conv_{i}_bias"}
        blocks += [
            step(f"conv_{i}", "conv2d", images=f"${before}", **weights, padding="$ring"),
            step(f"relu_{i}", "relu", images=f"$conv_{i}"),
            step(f"pool_{i}", "max_pool2d", images=f"$relu_{i}", kernel_size=2),
        ]
        before = f"pool_{i}"
    ends = {kind: call("flatten", images=f"${names[-1]}") for kind, names in NETWORKS.items()}
    ends["none"] = call("flatten", images="$input")
    return [
        *numbers,
        step("seen", "take", stack="$tests", which="$which"),
        step("input", "scale_and_shift", images="$seen", scale=[1 / 255], shift=[0]),
        *blocks,
        step_by("flat", "shown_layers", **ends),
        step("logits", "dense", numbers="$flat", weights="$logits_weights", bias="$logits_bias"),
        step("probabilities", "softmax", logits="$logits"),
        step("label", "take", stack="$labels", which="$which"),
        step("loss", "take", stack="$losses", which="$epoch"),
        step("right", "take", stack="$accuracies", which="$epoch"),
    ]


def others():
    """Yield conditions, one for each way in which the controls say something else than what is shown."""
    for name, value in Plan().__dict__.items():
        if isinstance(value, bool):
            yield from (f"{name} == {one} and shown_{name} != {one}" for one in ("true", "false"))
        elif isinstance(value, str):
            words = {"data": DATA, "layers": LAYERS, "optimizer": OPTIMIZERS}[name]
            yield from (f"{name} == {word} and shown_{name} != {word}" for word in words)
        else:
            yield f"{name} != shown_{name}"


def words_of():
    """Return what is said of a training, the first that holds."""
    which = [("data", "shown_data == clothes", CLOTHES), ("", "", DIGITS)]
    looked_at = [
        (
            f"see == network and {condition} and label.0 == {i}" if condition else f"see == network and label.0 == {i}",
            f"Epochs: {{epoch}}. This {name} is read as {{probabilities.first}}, at {{probabilities.percent}} %."
            if names is DIGITS
            else f"Epochs: {{epoch}}. This {name}, number {i} in the list, is read as number"
            " {probabilities.first}, at {probabilities.percent} %.",
        )
        for _, condition, names in which
        for i, name in enumerate(names)
    ]
    return [
        ("command != none", "Python was asked. Where nothing happens, no kernel runs, or another cell is at work."),
        (
            "status == diverged",
            "It has run away: the loss is beyond all bounds. What you see is how it was before. The learning rate is"
            " too large; take a smaller one, and start again.",
        ),
        (
            "status == running",
            "Epoch {epoch_now} of {planned}, batch {batch_now} of {batches}. {speed} pictures a second, {left} seconds"
            " left.",
        ),
        (
            "status == paused and epoch == epoch_now and batch_now < batches",
            "It rests, in the midst of epoch {epoch_now}: batch {batch_now} of {batches}. Start goes on.",
        ),
        *((f"{condition} and epoch == latest", NEXT) for condition in others()),
        *looked_at,
        ("see == mistakes", "Epochs: {table_epoch}. The surest mistakes first: {mistakes}."),
        ("status == ready", "Nothing is learned yet: all {parameters} numbers are chance. Press start."),
        ("status == loaded", "This is the network that you have saved: {right.1} % of the test pictures are right."),
        (
            "shown_leak == true",
            "Epochs: {epoch}. Right: {right.0} % of {asked} that it has learned from, {right.1} % of the {tested} of"
            " the test, {right.2} % of fresh ones.",
        ),
        (
            "",
            "Epochs: {epoch}. Right: {right.0} % of {asked} that it has learned from, {right.1} % of {tested} that it"
            " has never seen.",
        ),
    ]


def train(**state):
    """Train a network and look on: what it gets right, its filters, a picture on its way, its worst mistakes.

    Parameters
    ----------
    **state
        As of any explorable: `data`, `pictures`, `layers`, `filters`, `learning_rate`, `epochs` ...

    Returns
    -------
    Stage
        Its `live.network` is the network as it is now.
    """
    plan, refusal = Plan(**{name: state[name] for name in PLANNED if name in state}), ""
    try:
        experiment = begun(plan)
    except ValueError as why:  # there are no drawings to learn from yet
        experiment, refusal = begun(Plan()), str(why)
    keys = "arrows: cells; Page up and down: maps; Shift and arrows: layers"
    look = {"names": NAMES, "facts": False, "note": keys}
    names = [["shown_data == clothes", CLOTHES], ["", DIGITS]]
    lines = [["shown_leak == true", ["train", "test", "fresh"]], ["", ["train", "test"]]]
    stage = Stage(
        title="Train it live",
        settings={
            "training": buttons({word: ("command", name) for word, name in BUTTONS.items()}),
            "see": choice(
                "curves", {"curves": "the curves", "network": "a picture on its way", "mistakes": "its mistakes"}
            ),
            "adjust": choice(
                "what", {"what": "data and network", "how": "the training", "none": "nothing"}, label="set"
            ),
            **settings_of(plan),
            "epoch": slider(0, 0, MOST_EPOCHS, label="look back to epoch", until="$latest", plays=4),
            "which": slider(0, 0, SHOWN - 1, label="test picture", when="see == network"),
            **{name: told(value) for name, value in (UNSAID | all_of(experiment)).items()},
        },
        recipe=network_steps(),
        result="probabilities",
        panels=[
            curve("losses", "Loss", labels=lines, range="first", at="$epoch", **CURVE),
            curve("accuracies", "Right, in percent", labels=lines, range=[0, 100], at="$epoch", **CURVE),
            maps(
                "conv_1_weights",
                "Filters of the first layer",
                size="medium",
                display="signed",
                legend=False,
                facts=False,
                note="",
                when="see == curves and shown_layers != none",
                room=room(group="column 3"),
            ),
            bars("share", "Done, in percent", labels=["done"], when="see == curves", **SHARE),
            *(
                flow(
                    [*columns, "logits", "probabilities"],
                    "A picture on its way",
                    labels=names,
                    when=f"see == network and shown_layers == {kind}",
                    **look,
                )
                for kind, columns in NETWORKS.items()
            ),
            panel(
                "table",
                "Row: it is; column: it says",
                display="signed",
                facts=False,
                legend=False,
                when="see == mistakes",
            ),
            maps(
                "worst",
                "The worst mistakes",
                letters="$mistakes",
                size="medium",
                display="gray",
                range=[0, 1],
                facts=False,
                note="",
                legend=False,
                when="see == mistakes",
            ),
        ],
        words=words_of(),
        code={"code": PROGRAM, "torch": []},
        state=state,
    )
    stage.live, stage.notice = Live(stage, experiment), refusal
    return stage
