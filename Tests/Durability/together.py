"""Many writers at once, on the screen and without it, and one that is stopped while it holds the lock."""
import concurrent.futures, os, re, signal, subprocess, time

from screen import Screen


def at_once(work, make, row, each=100):
    """Eight writers, two of them on the screen."""
    launch = make(work / "base")
    launch.sign("before")
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        headless = [pool.submit(sign_often, launch, number, each) for number in range(6)]
        screens = [pool.submit(sign_on_screen, work, launch, number, each) for number in range(2)]
        told = [one for future in headless for one in future.result()]
        shown = [one for future in screens for one in future.result()]
    ids = launch.ids() or set()
    there = sum(id in ids for id in told) + sum(any(id.startswith(f"sha256:{short}") for id in ids) for short in shown)
    row(f"8 writers x {each} sign-offs, 2 of them on the screen",
        f"{len(set(told)) + len(set(shown))} acknowledged, {there} of {8 * each} there, in {time.monotonic() - began:.0f} s",
        len(set(told)) == 6 * each and len(set(shown)) == 2 * each and there == 8 * each
        and launch.intact() and not launch.leftovers())


def few_at_once(work, make, row):
    at_once(work, make, row, 8)


def sign_often(launch, writer, each):
    told = []
    for number in range(each):
        code, id, said = launch.sign(f"writer {writer}, {number}")
        assert code == 0 and id, said
        told.append(id)
    return told


def sign_on_screen(work, launch, writer, each):
    told = []
    twin = launch.at(launch.folder)
    # Two people do not share their drafts.
    twin.live_in(work / f"home-{writer}")
    with Screen(twin, socket=work / f"{writer}.tmux") as screen:
        for number in range(each):
            screen.decide(f"screen {writer}, {number}")
            page = screen.sign(pattern=r"on disk: (?!%s)[0-9a-f]{12}" % (told[-1] if told else "none"))
            told.append(re.search(r"on disk: ([0-9a-f]{12})", page)[1])
    return told


def stopped(work, make, row):
    """A writer is stopped at its rename, before anybody was told; the others wait their time and say why."""
    launch = make(work / "base")
    launch.sign("before")
    before, log = launch.ids(), work / "log"
    holder = subprocess.Popen(
        ["strace", "-f", "-o", str(log), "-e", "trace=rename", "-e", "inject=rename:signal=SIGSTOP:when=1", *launch.words("stopped")],
        cwd=launch.folder, env=launch.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while "stopped by SIGSTOP" not in (log.read_text() if log.exists() else ""):
        assert holder.poll() is None, holder.stderr.read()
        time.sleep(0.02)
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = [future.result() for future in [pool.submit(launch.sign, f"waits {number}") for number in range(4)]]
    waited = time.monotonic() - began
    clear = all(code == 1 and "another launchgate has been writing" in said and "hint: " in said for code, _, said in found)
    row("a writer is stopped while it holds the lock", f"4 others end after {waited:.0f} s with an error that says so",
        clear and 5 < waited < 60 and before <= launch.ids() and len(launch.ids()) <= len(before) + 1)
    process = int(re.search(r"(\d+) +--- stopped by", log.read_text())[1])
    os.kill(process, signal.SIGCONT)
    output, _ = holder.communicate(timeout=60)
    code, id, said = launch.sign("after")
    row("it goes on", "its sign-off and the next one are there",
        holder.returncode == 0 and code == 0 and before < launch.ids() and len(launch.ids()) == len(before) + 2)
