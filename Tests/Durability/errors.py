"""What fails while it writes: every call made to fail, a full disk, folders and files that may not be written."""
import collections, os, shutil, subprocess

import trace
from screen import Screen

ERRORS = ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EXDEV", "EINTR"]


# Memory is no disk: what the allocator does when it gets none is not ours to promise. Asking who one is cannot fail.
APART = ("brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "gettid", "getpid")


def every_call(work, make, row, errors=("EIO", "EINTR")):
    """Each call of a write fails once with each error."""
    launch = make(work / "base")
    launch.sign("before")
    more = launch.copy(work / "more")
    more.sign("meanwhile")
    # It unites two files: the one command that writes without threads and children, whose calls would be mistaken.
    words = [launch.launchgate, "merge", str(more.file), str(more.file), "-o", launch.file.name]
    points = [call for call in trace.calls(launch, work, words) if call.name not in APART]
    cases = [(call, error) for call in points for error in errors]
    found = trace.each(work, cases, lambda folder, case: fault(launch, words, more.ids(), folder, *case))
    for error in errors:
        own = [one for one, case in zip(found, cases) if case[1] == error]
        wrong = [one for one in own if one]
        row(f"{error} at every system call of a write",
            f"{sum(one is not None for one in own)} calls failed, {len(wrong)} not as promised"
            + "".join(f"; {one}" for one in wrong), not wrong and None not in own)


def every_call_and_error(work, make, row):
    every_call(work, make, row, ERRORS)


def fault(launch, words, wanted, folder, call, error):
    """What was wrong in the answer to that failure: nothing is "", and None means that it did not come."""
    twin, log = launch.copy(folder / "one"), folder / "log"
    before = twin.ids()
    done = twin.run(words, trace.injected(log, call, f"error={error}"))
    if not trace.happened(log, call):
        return None
    code, said = done.returncode, done.stderr.decode(errors="replace")
    after, where = twin.ids(), f"{error} in {call.line[:90]}: "
    if after is None or not before <= after:
        return where + "the old content is lost"
    if code == 0 and not wanted <= after:
        return where + "acknowledged, but not there"
    if code not in (0, 1, 4):
        return where + f"exit code {code}: {said[:90]}"
    if code and not ("error: " in said and "hint: " in said):
        return where + f"no words about it: {said[:90]}"
    is_unknown = "written, but" in said and "unknown" in said
    is_answer = "the answer cannot be written" in said
    if code and not is_unknown and not is_answer and after != before:
        return where + f"it is there, but: {said[:90]}"
    is_folder = call.name == "fsync" and ".launchgate-" not in call.line
    if is_folder and not (is_unknown and wanted <= after):
        return where + f"durability is not called unknown: {said[:90]}"
    if twin.sign("afterwards")[0] != 0 or twin.leftovers():
        return where + f"afterwards there are {twin.leftovers()}"
    return ""


def places(work, make, row):
    """Files and folders that are unusual, or may not be written."""
    for what, prepare, wanted in PLACES:
        launch = make(work / what.replace(" ", "-"))
        launch.sign("before")
        was = launch.file.read_bytes()
        undo = prepare(launch)
        code, told, said = launch.sign("after")
        seen = wanted(launch, was, code, told, said)
        row(f"the evidence file {what}", seen or "kept or refused as documented, with a hint", not seen)
        undo and undo()


def is_refused(launch, was, code, told, said):
    real = launch.folder / "old" if (launch.folder / "old").exists() else launch.file
    if code == 0 or told:
        return "it was written"
    if real.is_file() and real.read_bytes() != was:
        return "the old file is changed"
    if not ("error: " in said and "hint: " in said):
        return f"no words about it: {said}"
    return ", ".join(launch.leftovers()[1:]) and ""


def link(launch):
    launch.file.rename(launch.folder / "old")
    launch.file.symlink_to("old")


def is_kept_link(launch, was, code, told, said):
    return "" if (code == 0 and launch.file.is_symlink() and told in launch.ids()
                  and not (launch.folder / "old").is_symlink()) else f"{code}: {said}"


def dangling(launch):
    (launch.folder / "elsewhere").mkdir()
    launch.file.unlink()
    launch.file.symlink_to("elsewhere/new")


def is_made_behind(launch, was, code, told, said):
    return "" if code == 0 and launch.file.is_symlink() and told in launch.ids() else f"{code}: {said}"


def hard(launch):
    os.link(launch.file, launch.folder / "old")


def is_apart(launch, was, code, told, said):
    same = (launch.folder / "old").read_bytes() == was
    return "" if code == 0 and told in launch.ids() and same else f"{code}: the other name is changed: {said}"


def loop(launch):
    launch.file.rename(launch.folder / "old")
    launch.file.symlink_to(launch.file.name)


def into_folder(launch):
    launch.file.rename(launch.folder / "old")
    launch.file.mkdir()


def into_pipe(launch):
    launch.file.rename(launch.folder / "old")
    os.mkfifo(launch.file)


def lock_link(launch):
    lock = launch.folder / f"{launch.file.name}.lock"
    lock.unlink()
    (launch.folder / "old").write_bytes(launch.file.read_bytes())
    lock.symlink_to("old")


PLACES = [
    ("is a symbolic link", link, is_kept_link),
    ("is a link to nothing yet", dangling, is_made_behind),
    ("has a second name (hard link)", hard, is_apart),
    ("is a link to itself", loop, is_refused),
    ("is a folder", into_folder, is_refused),
    ("is a pipe", into_pipe, is_refused),
    ("is read-only", lambda launch: launch.file.chmod(0o444), is_refused),
    ("has a lock that is a planted link", lock_link, is_refused),
]


def on_screen(work, make, row):
    """What was decided on the screen survives a failed save, and can be signed afterwards."""
    launch = make(work / "read-only")
    launch.sign("before")
    with Screen(launch) as screen:
        screen.decide("Typed with care.")
        launch.file.chmod(0o444)
        screen.sign("read-only")
        screen.press("Escape")
        screen.shows("drafted", "Controls")
        kept = b"Typed with care." in b"".join(path.read_bytes() for path in drafts(launch))
        launch.file.chmod(0o600)
        screen.sign()
    row("a sign-off on the screen fails: the file is read-only",
        "the drafts are kept, and signed later" if kept else "the drafts are not on disk",
        kept and b"Typed with care." in launch.file.read_bytes())

    launch = make(work / "failing-disk")
    launch.sign("before")
    was = launch.file.read_bytes()
    with Screen(launch, under=["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO"]) as screen:
        screen.press("s")
        screen.shows("Decide on ")
        screen.press("Tab", "Tab")
        screen.type("Typed in vain?")
        screen.press("Escape")
        screen.shows("drafts are in memory only", "Controls")
        screen.press("s")
        screen.shows("Typed in vain?")
    row("the disk fails while a form is open", "the text stays in the form", launch.file.read_bytes() == was)


def drafts(launch):
    return [path for path in (launch.home / "state").rglob("*.json") if path.is_file()]


def full(work, make, row):
    """A disk of a few KiB fills up; a sign-off that fails changes nothing, and one after room was made goes on."""
    disk = work / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(disk)], check=True)
    try:
        launch = make(disk / "base")
        promised, failures = set(), collections.Counter()
        for number in range(60):
            was = launch.file.read_bytes() if launch.file.exists() else b""
            code, told, said = launch.sign("x" * 300 + str(number))
            promised |= {told} if told else set()
            if code:
                failures["whole"] += launch.file.read_bytes() == was and "free some space" in said
                failures["all"] += 1
        free = promised <= launch.ids()
        shutil.copytree(launch.folder, work / "roomy", dirs_exist_ok=True)
        twin = launch.at(work / "roomy")
        good = twin.sign("with room")[0] == 0 and promised <= twin.ids() and not twin.leftovers()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    row("a disk of 32 KiB fills up",
        f"{len(promised)} written, {failures['all']} refused; {failures['whole']} of these left the old file whole and said so",
        free and good and failures["all"] == failures["whole"] > 0)


def answer(work, make, row):
    """The record is written, but nobody can be told: that is an error, never a crash."""
    launch = make(work / "base")
    launch.sign("before")
    with open("/dev/full", "wb") as sink:
        done = subprocess.run(launch.words("told to nobody"), cwd=launch.folder, env=launch.environment,
                              stdout=sink, stderr=subprocess.PIPE)
    row("the answer cannot be written", f"exit code {done.returncode}: {done.stderr.decode().splitlines()[:1]}",
        done.returncode == 1 and b"error: " in done.stderr and b"Fatal" not in done.stderr)
