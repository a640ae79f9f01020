"""The screen: first paint beside its peers, key to repaint while probes run, idling, memory, 10,000 records."""
import os, pathlib, shutil, socket, statistics, subprocess, tempfile, threading, time

import chain, evidence
from screen import FRAME, Screen

launchgate = os.environ["LAUNCHGATE"]
runs = int(os.environ.get("SCREEN_RUNS", "15"))
count = int(os.environ.get("SCREEN_FILES", "100000"))
presses = int(os.environ.get("SCREEN_KEYS", "600"))


def git(folder, *words):
    subprocess.run(["git", *words], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def repository(folder, files):
    """A git repository with so many files in it, and a person who works there."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Mara")
    git(folder, "config", "user.email", "mara@acme.example")
    for number in range(files):
        if number % 500 == 0:
            place = folder / f"part{number // 500}"
            place.mkdir()
        (place / f"file{number}.txt").write_text(f"line {number}\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "All the files")


def launch(folder, *flags):
    me = ["--name", "Mara", "--email", "mara@acme.example", "--role", "release-manager"]
    subprocess.run([launchgate, "init", "--subject", "shop", "--release", "1.0", "--environment", "production", *me, *flags],
                   cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run([launchgate, "sign", "13", "--decision", "met", "--note", "Asked.", "--confirm", "1.0", *me,
                    "--performed-on", time.strftime("%Y-%m-%d", time.gmtime())],
                   cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "shop-1.0.evidence.json"


def head(title, columns):
    print(f"\n### {title}\n\n| |" + "".join(f" {one} |" for one in columns) + "\n|---|" + "---|" * len(columns), flush=True)


def started(command, is_there, cwd, runs=runs):
    """Medians over fresh starts: milliseconds until it is there, and of processor time by then."""
    rows = []
    for _ in range(runs + 1):
        screen = Screen(command, cwd=cwd)
        wall = screen.until(is_there)
        rows.append((wall * 1e3, screen.processor()))
        screen.close()
    return tuple(statistics.median(row) for row in zip(*rows[1:]))


def silent():
    """A server that takes connections and never says a word."""
    server = socket.create_server(("127.0.0.1", 0), backlog=512)
    kept = []

    def serve():
        while True:
            kept.append(server.accept())

    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()[1]


def first_paint(folder):
    head(f"First paint, repository of {count:,} files (medians of {runs})", ["first frame", "processor time by then", "its content", "processor time by then"])
    peers = [
        ("launchgate", [launchgate], lambda out: FRAME in out, lambda out: b"Controls" in out and out.count(FRAME) > 1),
        ("htop", ["htop"], lambda out: len(out) > 200, lambda out: b"PID" in out and b"F10" in out),
        ("tig", ["tig"], lambda out: len(out) > 200, lambda out: b"All the files" in out),
        ("tig status", ["tig", "status"], lambda out: len(out) > 200, lambda out: b"Untracked" in out),
        ("lazygit", ["lazygit"], lambda out: len(out) > 200, lambda out: b"Files" in out),
    ]
    for name, command, frame, content in peers:
        if not shutil.which(command[0]):
            print(f"| {name} | not installed | | | |", flush=True)
            continue
        one, two = started(command, frame, folder), started(command, content, folder)
        print(f"| {name} | {one[0]:.1f} ms | {one[1]:.1f} ms | {two[0]:.1f} ms | {two[1]:.1f} ms |", flush=True)


def key_to_repaint(folder):
    """`v` opens and closes the verdict while probes run against a server that never answers."""
    screen = Screen([launchgate], cwd=folder)
    screen.until(lambda out: b"Controls" in out)
    screen.quiet()
    times, seen, runs_begun = [], 0, 0
    while len(times) < presses:
        if b"Probes have run" in screen.output[seen:] or b"probes finished" in screen.output[seen:] or runs_begun == 0:
            seen = len(screen.output)
            screen.press(b"R")
            runs_begun += 1
            screen.until(lambda out: b"Running" in out[seen:] or b"RUN" in out[seen:])
            screen.quiet(0.05)
            place = len(screen.output)
            screen.press(b"q")
            screen.until(lambda out: b"Controls" in out[place:])
            screen.quiet(0.05)
        # Known by its title: what a probe changes meanwhile is painted, too.
        for title in (b"Gate verdict", b"Controls"):
            start, place = time.monotonic(), len(screen.output)
            screen.press(b"v")
            screen.until(lambda out: (found := out.find(title, place)) >= 0 and out.find(FRAME, found) >= 0)
            times.append((time.monotonic() - start) * 1e3)
            time.sleep(0.005)
    screen.close()
    times.sort()
    head(f"Key to repaint while all probes run ({len(times)} keys, {runs_begun} runs)", ["median", "99th percentile", "worst"])
    print(f"| launchgate | {statistics.median(times):.1f} ms | {times[int(len(times) * 0.99)]:.1f} ms | {times[-1]:.1f} ms |", flush=True)


def idle(folder):
    head("10 idle seconds", ["wake-ups", "processor time", "resident memory"])
    for name, command in [("launchgate", [launchgate]), ("htop", ["htop"]), ("tig", ["tig"]), ("lazygit", ["lazygit"])]:
        if not shutil.which(command[0]):
            continue
        screen = Screen(command, cwd=folder)
        # Threads that a start needed end when they have idled for some seconds.
        watch(screen, 12)
        threads, processor = screen.wakes(), screen.processor()
        watch(screen, 10)
        wakes = sum(count - threads.get(thread, 0) for thread, count in screen.wakes().items())
        processor = screen.processor() - processor
        print(f"| {name} | {wakes} | {processor:.1f} ms | {screen.memory():.0f} MiB |", flush=True)
        screen.close()


def watch(screen, seconds):
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        screen.read(left)


def many_records(work):
    folder = work / "long"
    repository(folder, 10)
    path = launch(folder)
    opening, signoff = [one for one in evidence.read(path) if one["record"]["type"] in ("opened", "sign-off")][:2]
    path.write_bytes(evidence.rendered(chain.chain(opening, signoff, 10_000)))
    head(f"10,000 records, {path.stat().st_size >> 20} MiB: opened, verified and shown (medians of {min(runs, 5)})", ["wall", "processor time"])
    for name, command, text in [
        ("launchgate, the launch", [launchgate], b"Controls"),
        ("launchgate audit", [launchgate, "audit", str(path)], b"established"),
        ("launchgate --plain, up to the first question", [launchgate, "--plain"], b"launchgate> "),
    ]:
        wall, processor = started(command, lambda out: text in out, folder, min(runs, 5))
        print(f"| {name} | {wall:.0f} ms | {processor:.0f} ms |", flush=True)


with tempfile.TemporaryDirectory() as name:
    work = pathlib.Path(name)
    os.environ["HOME"] = os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = name
    large = work / "large"
    repository(large, count)
    launch(large)
    first_paint(large)
    idle(large)
    port = silent()
    (large / "launchgate.yaml").write_text(
        "launch: { subject: shop, release: \"1.0\", environment: production }\n"
        "targets:\n  - url: https://silent.example\n    resolve:\n"
        f"      \"silent.example:443\": \"127.0.0.1:{port}\"\n      \"silent.example:80\": \"127.0.0.1:{port}\"\n"
        "authorised: [silent.example]\n")
    subprocess.run([launchgate, "trust", "--yes"], cwd=large, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    key_to_repaint(large)
    many_records(work)
