"""SIGKILL at every system call of a write, and at random moments."""
import random, re, signal, subprocess, time

def every_call(work, make, row):
    """The program is killed at each single system call between its first touch of the folder and its end."""
    launch = make(work / "base")
    launch.sign("before")
    points = torn = lost = left = 0
    for call, number in moments(launch, work):
        twin = launch.copy(work / "one")
        before = twin.ids()
        _, told, _ = twin.sign("killed", under=[
            "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
            "-e", f"inject={call}:signal=SIGKILL:when={number}"])
        after = twin.ids()
        points += 1
        torn += after is None or not twin.intact()
        lost += after is not None and not (before | ({told} if told else set())) <= after
        twin.sign("after")
        left += bool(twin.leftovers())
        subprocess.run(["rm", "-rf", str(work / "one")], check=True)
    row("SIGKILL at every system call", f"{points} kills: {torn} torn, {lost} lost, {left} with leftovers after the next start",
        points > 20 and torn == lost == left == 0)


def moments(launch, work):
    """Every system call from the first touch of the evidence's lock on: its name and its number within its thread."""
    twin = launch.copy(work / "watched")
    log = work / "log"
    twin.sign("watched", under=["strace", "-f", "-qq", "-o", str(log), "-y"])
    subprocess.run(["rm", "-rf", str(work / "watched")], check=True)
    counts, found, writer = {}, [], None
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+)\s+(\w+)\(", line)
        if not match or match[2] in ("exit", "exit_group"):
            continue
        counts[match[0]] = counts.get(match[0], 0) + 1
        if f"{launch.file.name}.lock" in line:
            writer = writer or match[1]
        if match[1] == writer:
            found.append((match[2], counts[match[0]]))
    return found


def at_random(work, make, row, kills=1000):
    """Writers are killed after a random time, over and over, in one folder."""
    launch = make(work / "base")
    promised = set(filter(None, (launch.sign("first")[1],)))
    torn = lost = 0
    began = time.monotonic()
    launch.sign("timed")
    span = (time.monotonic() - began) * 1.8
    for number in range(kills):
        process = subprocess.Popen(
            launch.words(f"note {number}"), cwd=launch.folder, env=launch.environment,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            output, _ = process.communicate(timeout=random.uniform(0, span))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            output, _ = process.communicate()
        promised |= acknowledged_in(output)
        ids = launch.ids()
        torn += ids is None
        lost += ids is not None and not promised <= ids
    launch.sign("last")
    row(f"SIGKILL at {kills} random moments",
        f"{len(promised)} acknowledged: {torn} torn, {lost} lost, {len(launch.leftovers())} leftovers after the next start",
        torn == lost == 0 and not launch.leftovers() and launch.intact())


def acknowledged_in(output):
    from launch import acknowledged

    told = acknowledged(output)
    return {told} if told else set()
