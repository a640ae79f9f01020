"""SIGKILL at every system call of a write, and at random moments."""
import collections, random, signal, subprocess, time

import trace
from launch import acknowledged


def first_write(work, make, row):
    every_call(work, make, row, "of the first write", False)


def every_call(work, make, row, when="of a later write", signed=True):
    """The program is killed at each single system call between its first touch of the lock and its end."""
    launch = make(work / when.split()[2])
    if signed:
        launch.sign("before")
    points = trace.calls(launch, work)
    seen = collections.Counter()
    for one in trace.each(work, points, lambda folder, call: killed(launch, folder, call)):
        seen.update(one)
    row(f"SIGKILL at every system call {when}",
        f"{seen['kills']} kills: {seen['torn']} torn, {seen['lost']} lost, "
        f"{seen['left']} with leftovers after the next start",
        seen["kills"] >= len(points) - 2 and seen["kills"] > 20
        and seen["torn"] == seen["lost"] == seen["left"] == 0)


def killed(launch, folder, call):
    """What a kill at that call left; again where a child's signal came between and the program ended without it."""
    for attempt in ("first", "second", "third"):
        (folder / attempt).mkdir()
        seen = kill(launch, folder / attempt, call)
        if seen["kills"]:
            break
    return seen


def kill(launch, folder, call):
    twin, log = launch.copy(folder / "one"), folder / "log"
    before = twin.ids()
    _, told, _ = twin.sign("killed", under=trace.injected(log, call, "signal=SIGKILL"))
    after = twin.ids()
    torn = after is None or not twin.intact()
    lost = after is not None and not (before | ({told} if told else set())) <= after
    code, _, _ = twin.sign("after")
    return {"kills": trace.happened(log, call), "torn": torn, "lost": lost, "left": bool(twin.leftovers()) or code != 0}


def at_random(work, make, row, kills=1000):
    """Writers are killed after a random time, over and over, in one folder."""
    launch = make(work / "base")
    promised = set(filter(None, (launch.sign("first")[1],)))
    torn = lost = killed = 0
    began = time.monotonic()
    launch.sign("timed")
    span = (time.monotonic() - began) * 2.5
    while killed < kills:
        process = subprocess.Popen(
            launch.words(f"note {killed}"), cwd=launch.folder, env=launch.environment,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            output, _ = process.communicate(timeout=random.uniform(0, span))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            output, _ = process.communicate()
            killed += 1
        promised |= {told for told in [acknowledged(output)] if told}
        ids = launch.ids()
        torn += ids is None
        lost += ids is not None and not promised <= ids
    launch.sign("last")
    row(f"SIGKILL at {kills} random moments",
        f"{len(promised)} acknowledged: {torn} torn, {lost} lost, {len(launch.leftovers())} leftovers after the next start",
        torn == lost == 0 and not launch.leftovers() and launch.intact())
