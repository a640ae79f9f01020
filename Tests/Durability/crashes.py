"""Crash states of every kind of write, judged: nothing torn, nothing acknowledged lost, and the next start goes on."""
import pathlib

import states
import syscalls
import trace
from screen import Screen


def watched(log):
    return syscalls.watching(log, states.CALLS)


def tops(launch):
    return [launch.folder, launch.home]


def sign_at_first(launch, log):
    disk = states.Disk(tops(launch))
    launch.sign("first", under=watched(log))
    return disk, b'"id":"sha256:'


def sign_later(launch, log):
    launch.sign("first")
    launch.sign("second")
    return sign_at_first(launch, log)


def revoke(launch, log):
    _, told, _ = launch.sign("first")
    disk = states.Disk(tops(launch))
    launch.run([launch.launchgate, "revoke", told, "--reason", "Seen again.", "--json", *launch.words()[-6:]],
               under=watched(log))
    return disk, b'"id":"sha256:'


def sign_by_link(launch, log):
    """The file is a symbolic link into a folder beside it."""
    launch.sign("first")
    kept = launch.folder / "kept"
    kept.mkdir()
    launch.file.rename(kept / "real.json")
    disk = states.Disk(tops(launch))
    launch.file.symlink_to("kept/real.json")
    launch.run(launch.words("by link"), under=watched(log))
    launch.file.unlink()
    return disk, b'"id":"sha256:'


def repair(launch, log):
    """Both sides of a conflict, united."""
    launch.sign("first")
    lines = launch.file.read_text().split("\n")
    launch.sign("one side")
    ours = launch.file.read_text().split("\n")[-3]
    launch.file.write_text("\n".join(lines))
    launch.sign("other side")
    theirs = launch.file.read_text().split("\n")[-3]
    launch.file.write_text("\n".join([*lines[:-2], "<<<<<<< HEAD", ours, "=======", theirs, ">>>>>>> theirs", "]", ""]))
    disk = states.Disk(tops(launch))
    launch.run([launch.launchgate, "repair", str(launch.file)], under=watched(log))
    return disk, b" records in "


def merge(launch, log):
    launch.sign("first")
    (launch.folder / "a.json").write_bytes(launch.file.read_bytes())
    launch.sign("second")
    disk = states.Disk(tops(launch))
    launch.run([launch.launchgate, "merge", str(launch.file), "a.json", "-o", str(launch.folder / "u.json")],
               under=watched(log))
    return disk, b" records in "


def drafts(launch, log):
    """A decision is collected on the screen, and the program is ended."""
    launch.sign("first")
    disk = states.Disk(tops(launch))
    with Screen(launch, under=watched(log)) as screen:
        screen.decide("Kept for later.")
        screen.press("q")
        screen.shows("Quit?")
        screen.press("y")
        screen.shows("code=0.")
    # A terminal is not sent what it shows already, so a word may come in pieces; by the question it was told.
    return disk, (b"collected", b"Quit?", b"Quit")


def init(launch, log):
    """The set-up adds lines to files that are the user's own."""
    (launch.folder / "launchgate.yaml").unlink()
    (launch.folder / ".gitattributes").write_text("*.png -diff\n" * 9)
    (launch.folder / ".gitignore").write_text("build\n")
    disk = states.Disk(tops(launch))
    launch.run([launch.launchgate, "init", "--subject", "shop", "--release", "1.0", "--environment", "production"],
               under=watched(log))
    return disk, b"launchgate.yaml"


WRITES = [sign_at_first, sign_later, sign_by_link, revoke, repair, merge, init]


def enumerated_on_screen(work, make, row):
    """The same for the drafts of the screen, whose many threads a log of system calls mixes."""
    enumerated(work, make, row, [drafts])


def enumerated(work, make, row, writes=WRITES):
    """Every write of the program, and every state that a crash at any moment of it may leave."""
    total = wrong = 0
    for write in writes:
        launch = make(work / write.__name__)
        log = work / "log"
        disk, words = write(launch, log)
        words = (words,) if isinstance(words, bytes) else words
        states.read(disk, log, lambda data: any(word in data for word in words))
        assert disk.told is not None, f"{write.__name__}: no acknowledgement was seen"
        found = list(states.all_of(disk))
        faults = [fault for fault in trace.each(work, found, lambda folder, one: judged(launch, disk, folder, one)) if fault]
        total += len(found)
        wrong += len(faults)
        row(f"crash states: {write.__name__.replace('_', ' ')}",
            f"{len(found)} states, {len(faults)} violations" + "".join(f"; {fault}" for fault in sorted(set(faults))[:3]),
            len(found) > 3 and not faults)
    row("crash states of all writes", f"{total} states, {wrong} violations", total >= (50 if writes is WRITES else 10) and not wrong)


def judged(launch, disk, folder, one):
    """What is wrong with that state, or None."""
    state, is_told = one
    for path in sorted({*disk.names, *disk.start[0]}):
        name = pathlib.Path(path).name
        if ".launchgate-" in name or name.endswith(".lock") or disk.names.get(path) == path:
            continue
        steps = contents(disk, path)
        if state.get(path) not in [content for _, content in steps]:
            return f"{name} is torn"
        standing = max(place for place, _ in steps if place <= disk.told_changes)
        if is_told and state.get(path) not in [content for place, content in steps if place >= standing]:
            return f"{name} was acknowledged and is lost"
    return goes_on(launch, folder, state)


def contents(disk, path):
    """The whole contents that a file had, each with the number of changes before it."""
    file, content = disk.start[0].get(path), dict(disk.start[1])
    steps = [(0, content.get(file))]
    for number, (what, _) in enumerate(disk.changes):
        if what[0] == "data":
            content[what[1]] = b"" if what[2] is None else content.get(what[1], b"") + what[2]
            continue
        for entry in what:
            if f"{entry.folder}/{entry.name}" == path:
                file = entry.file
                steps.append((number + 1, content.get(file)))
    # What is written in place is whole only when all of it is there, and a file that is made is not whole while empty.
    last = len(disk.changes) if disk.content.get(disk.names.get(path)) != steps[-1][1] else steps[-1][0]
    steps.append((last, disk.content.get(disk.names.get(path))))
    return [step for step in steps if step[1] != b""]


def goes_on(launch, folder, state):
    """The next sign-off succeeds on what the crash left, keeps what was there and sweeps the rest."""
    twin = launch.at(folder / "base")
    twin.live_in(folder / "home")
    for path, content in sorted(state.items()):
        path = pathlib.Path(path)
        place = (folder / "base" / path.relative_to(launch.folder) if path.is_relative_to(launch.folder)
                 else folder / "home" / path.relative_to(launch.home))
        (place if content is None else place.parent).mkdir(parents=True, exist_ok=True)
        if content is not None:
            place.write_bytes(content)
    if (folder / "base" / "kept").exists():
        twin.file.symlink_to("kept/real.json")
    ids = twin.ids()
    if ids is None:
        return None if b"<<<<<<<" in twin.file.read_bytes() else "the evidence is no JSON"
    if not (twin.folder / "launchgate.yaml").exists():
        return None
    code, told, said = twin.sign("after the crash")
    if code != 0 or not ids | {told} <= (twin.ids() or set()):
        return f"the next sign-off fails: {said.strip()[:90]}"
    left = [name for name in twin.leftovers() if ".launchgate-" in name and "shop-1.0" in name]
    return f"left behind: {left}" if left else None
