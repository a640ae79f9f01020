"""The suite itself: each guard of a write is taken out, and what watches it has to notice."""
import concurrent.futures, pathlib, shutil, subprocess

import crashes
import states
import trace

# Long enough that two writers meet between their reading and their renaming.
SLOWLY = "inject=rename:delay_enter=30000"


def all_guards(work, make, row):
    for what, injected in [("fsync of the file", ["inject=fsync:retval=0:when=1"]),
                           ("fsync of the folder", ["inject=fsync:retval=0:when=2"]), ("the rename", ["inject=rename:retval=0"])]:
        wrong, total = crashed(work, make, injected)
        row(f"without {what}", f"{wrong} of {total} crash states are violations", wrong > 0)
    wrong, total = crashed(work, make, [])
    row("with all of them", f"{wrong} of {total} crash states are violations", wrong == 0)
    strace = [trace.STRACE, "-f", "-qq", "-o", "/dev/null", "-e", "trace=flock,rename", "-e", SLOWLY]
    stale = library(work, "stale.c")
    for what, under, more, is_lost in [
        ("with lock and re-read", strace, {}, False), ("without the lock", [*strace, "-e", "inject=flock:retval=0"], {}, True),
        ("without the re-read", [], {"LD_PRELOAD": stale}, True),
    ]:
        there, told = met(make(work / what.replace(" ", "-")), under, more)
        # Lost after the acknowledgement, or refused because the writer saw that it was lost: both are noticed.
        row(f"4 writers x 6, {what}", f"{told} acknowledged, {there} there", (there == told == 24) != is_lost)


def library(work, source):
    """A library to put before others, from a file beside this one."""
    path = work / f"{source}.so"
    subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", "-O1", "-w", "-o", str(path),
                    str(pathlib.Path(__file__).with_name(source))], check=True)
    return str(path)


def crashed(work, make, injected):
    """How many crash states of a sign-off are violations, where strace answers calls without doing them."""
    folder = work / f"crash-{len(list(work.iterdir()))}"
    launch = make(folder / "base")
    launch.sign("first")
    launch.sign("second")
    disk, log = states.Disk(crashes.tops(launch)), folder / "log"
    launch.sign("third", under=[*crashes.watched(log), *[word for one in injected for word in ("-e", one)]])
    states.read(disk, log, lambda data: b'"id":"sha256:' in data)
    found = list(states.all_of(disk))
    told = [is_told for _, is_told in found]
    assert any(told), "nobody was told anything"
    # Told, but the rename never came: what was there at the end lacks what was promised.
    promised = disk.content.get(disk.names.get(str(launch.file)), b"").count(b"third")
    faults = sum(bool(one) for one in trace.each(folder, found, lambda place, one: crashes.judged(launch, disk, place, one)))
    return faults + (not promised), len(found)


def met(launch, under, more):
    """How many of the sign-offs of four writers at once are there, and how many were acknowledged."""
    launch.sign("before")
    environment = {**launch.environment, **more}

    def writer(number):
        return [launch.sign(f"{number} {one}", under=under, env=environment)[1] for one in range(6)]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        told = {one for ids in pool.map(writer, range(4)) for one in ids if one}
    return len(told & (launch.ids() or set())), len(told)
