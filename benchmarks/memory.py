"""The memory of a lesson's kernel while its sliders move: 2,000 messages, as the browser sends them.

Each lesson runs in a fresh kernel. What its Stages announce to a browser - their settings, and the ends of each
slider - is read here, and answered as a browser would when a slider is let go. (What little is added with the events
is Jupyter's: a kernel keeps the signatures of up to 65,536 messages. One with a bare IntSlider grows as much.)
"""

import itertools
import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVENTS = [0, 500, 1000, 2000]
BATCH = 100
MOST, FLAT = 250, 5  # MB in all, and MB more at the end than after the first 500


def main():
    """Print the resident memory of each lesson's kernel after so many events."""
    try:
        import jupyter_client  # noqa: F401
        import psutil  # noqa: F401
    except ImportError as missing:
        print(f"memory: not measured, {missing.name} is not installed")
        return
    print("resident memory of a lesson's kernel, in MB, after so many slider events")
    print(f"{'':28}" + "".join(f"{count:8}" for count in EVENTS))
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        sizes = measure(path)
        if not sizes:
            print(f"{path.stem:28}   has no slider")
            continue
        verdict = "" if max(sizes) <= MOST and sizes[-1] - sizes[1] <= FLAT else "   TOO MUCH"
        print(f"{path.stem:28}" + "".join(f"{size:8.1f}" for size in sizes) + verdict)
    print(f"target: at most {MOST} MB, and at most {FLAT} MB more after {EVENTS[-1]} events than after {EVENTS[1]}")


def measure(path):
    """Run a lesson in a kernel of its own and move its sliders; return the memory at each stop, if any."""
    from jupyter_client.manager import start_new_kernel

    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "IPYTHONDIR": folder}
        manager, client = start_new_kernel(cwd=path.parent, env=environment, stderr=subprocess.DEVNULL)
        try:
            return move_sliders(manager, client, path)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def move_sliders(manager, client, path):
    """Move all sliders of a lesson in turns; return the memory at each stop."""
    import psutil

    kernel = psutil.Process(manager.provisioner.process.pid)
    sliders = run_cells(client, path)
    if not sliders:
        return []
    moves = itertools.cycle(itertools.chain.from_iterable(zip(*sliders, strict=True)))
    sizes, done = [kernel.memory_info().rss / 1e6], 0
    while done < EVENTS[-1]:
        for comm, name, value in itertools.islice(moves, BATCH):
            move(client, comm, name, value)
        wait_until_done(client)
        done += BATCH
        if done in EVENTS:
            sizes.append(kernel.memory_info().rss / 1e6)
    return sizes


def run_cells(client, path):
    """Run a notebook; return, for each slider of each Stage, the (comm, name, value) of all its places."""
    import nbformat

    sliders = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            hear = lambda said: sliders.extend(read(said))  # noqa: E731
            client.execute_interactive(cell.source, timeout=120, output_hook=hear)
    return sliders


def read(said):
    """Return the places of a Stage's sliders, if this is the message that names them; stop on errors."""
    content = said["content"]
    if said["msg_type"] == "error":
        raise RuntimeError(f"{content['ename']}: {content['evalue']}")
    if said["msg_type"] not in ("comm_open", "comm_msg"):
        return []
    controls = content["data"].get("state", {}).get("spec", {}).get("controls", [])
    return [places(content["comm_id"], control) for control in controls if control["kind"] == "slider"]


def places(comm, control):
    """Return a hundred places of a slider."""
    count = round((control["high"] - control["low"]) / control["step"])
    return [(comm, control["name"], control["low"] + control["step"] * (7 * i % (count + 1))) for i in range(100)]


def move(client, comm, name, value):
    """Say what the browser says when a slider is let go."""
    update = {"method": "update", "state": {name: value}, "buffer_paths": []}
    client.shell_channel.send(client.session.msg("comm_msg", {"comm_id": comm, "data": update}))


def wait_until_done(client):
    """Wait until the kernel has dealt with a batch: it says each change again, and then runs an empty cell."""
    cell, changes = client.execute(""), 0
    while True:
        said = client.get_iopub_msg(timeout=60)
        read(said)
        changes += said["msg_type"] == "comm_msg"
        of_cell = said["parent_header"].get("msg_id") == cell
        if of_cell and said["content"].get("execution_state") == "idle":
            break
    if changes < BATCH:
        raise RuntimeError(f"of {BATCH} changes, the kernel dealt with {changes}")


if __name__ == "__main__":
    main()
