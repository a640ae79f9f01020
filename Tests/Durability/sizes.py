"""Time and memory as evidence grows: records, notes, attachments, transcripts; and the limits, each an error that says so."""
import hashlib, json, multiprocessing, os, subprocess, time

SHAPES = ["one after another", "two at once, then united"]


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def grown(launch, count, shape, note="Note %d."):
    """The launch's file with so many sign-offs more, made without launchgate.

    In a process of its own: what is started by one that is large counts as large itself."""
    process = multiprocessing.get_context("fork").Process(target=write_grown, args=(launch, count, shape, note))
    process.start()
    process.join()
    assert process.exitcode == 0, "the file could not be made"


def write_grown(launch, count, shape, note):
    lines = launch.file.read_bytes().split(b"\n")[:-2]
    last = json.loads(lines[-1][1:])
    pattern, heads, before = last["record"], [last["id"]], []
    for number in range(count):
        # One record follows all that came before, or stands beside the one that was just written.
        is_beside = shape == SHAPES[1] and number % 3 == 1
        parents = before if is_beside else heads
        record = {**pattern, "decisions": [{**pattern["decisions"][0], "note": note % number}], "parents": sorted(parents)}
        bytes = canonical(record)
        id = "sha256:" + hashlib.sha256(bytes).hexdigest()
        lines.append(b',{"id":"' + id.encode() + b'","record":' + bytes + b',"signatures":[]}')
        before, heads = (parents, [*heads, id]) if is_beside else (heads, [id])
    launch.file.write_bytes(b"\n".join([*lines, b"]", b""]))


def measured(launch, *words, accepted=(0, 2, 3)):
    """(seconds of the processor, MiB) of one run, by the system's account of the process."""
    process = subprocess.Popen([launch.launchgate, *words], cwd=launch.folder, env=launch.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    assert code in accepted, f"{words[0]} ends with {code}: {said[:200]}"
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def figures(launch):
    found = {name: measured(launch, *words) for name, words in {
        "verify": ["verify", launch.file.name], "gate": ["gate"], "sign": launch.words("one more")[1:]}.items()}
    return found, f"{launch.file.stat().st_size / 2**20:.1f} MiB; " + "; ".join(
        f"{name} {seconds:.2f} s, {memory:.0f} MiB" for name, (seconds, memory) in found.items())


def records(work, make, row, counts=(1, 1_000, 10_000, 100_000)):
    for shape in SHAPES:
        seen = []
        for count in counts:
            launch = make(work / f"{shape}-{count}".replace(" ", "-"))
            launch.sign("first")
            grown(launch, count, shape)
            found, words = figures(launch)
            seen.append(found)
            row(f"{count:,} records, {shape}", words, True)
        judge_growth(row, f"growth from {counts[-2]:,} to {counts[-1]:,} records, {shape}", seen, counts[-1] / counts[-2])


def judge_growth(row, what, seen, times):
    """So many times the records take so many times as long and as much memory, with room for a busy machine."""
    growth = {f"{name} {unit}": (seen[-1][name][number] - seen[0][name][number])
              / max((0.2, 8)[number], seen[-2][name][number] - seen[0][name][number])
              for name in seen[0] for number, unit in enumerate(("time", "memory"))}
    row(what, ", ".join(f"{name} x {factor:.1f}" for name, factor in growth.items()), max(growth.values()) <= 2.5 * times)


def few_records(work, make, row):
    records(work, make, row, (1, 200, 2_000))
    bounds(work, make, row)


def bounds(work, make, row):
    """Notes of 1 MiB and 10,000 attachments: what fits is there, what does not is refused by name."""
    launch = make(work / "bounds")
    (launch.folder / "note").write_text("x" * 1_000_000)
    began = time.monotonic()
    code, _, _ = launch.sign("@note")
    (launch.folder / "note").write_text("x" * (1 << 20))
    refused, _, said = launch.sign("@note")
    row("a note of 1,000,000 bytes, and one of 1 MiB", f"exit codes {code}, {refused}: {said.splitlines()[0] if said else ''}; {time.monotonic() - began:.2f} s",
        code == 0 and refused == 64 and "larger than 1048576 bytes" in said)
    attached(launch, 5_000)
    attached(launch, 5_000)
    found, words = figures(launch)
    row("10,000 attachments in two sign-offs", words, launch.intact())
    listed(launch, row)
    attached(launch, 10_000)
    done = launch.run([launch.launchgate, "verify", launch.file.name])
    row("10,000 attachments in one sign-off", done.stderr.decode().splitlines()[0],
        done.returncode == 4 and b"larger than 1048576 bytes" in done.stderr)


def listed(launch, row):
    """Real files, given as a list: as options of a command line their parser would take them in the square of the time."""
    folder = launch.folder / "files"
    folder.mkdir()
    for number in range(7_000):
        (folder / f"{number}.txt").write_text(f"{number}")
    seen = []
    for count in (100, 1_000, 7_000):
        (launch.folder / "list").write_text("".join(f"files/{number}.txt\n" for number in range(count)))
        seen.append(measured(launch, *launch.words("Listed.")[1:], "--attach", "@list"))
    row("100, 1,000, 7,000 files attached by one command, as a list", "; ".join(
        f"{seconds:.2f} s, {memory:.0f} MiB" for seconds, memory in seen),
        seen[2][0] - seen[0][0] <= 2.5 * 7 * max(0.2, seen[1][0] - seen[0][0]) and seen[2][1] < seen[0][1] + 64)


def attached(launch, count):
    """One sign-off more with so many attachments, made without launchgate."""
    lines = launch.file.read_bytes().split(b"\n")[:-2]
    last = json.loads(lines[-1][1:])
    files = [{"sha256": "sha256:" + hashlib.sha256(b"%d" % number).hexdigest(), "name": f"evidence-{number}.txt", "size": number}
             for number in range(count)]
    record = {**last["record"], "parents": [last["id"]], "decisions": [{**last["record"]["decisions"][0], "note": "Attached.", "attachments": files}]}
    bytes = canonical(record)
    id = "sha256:" + hashlib.sha256(bytes).hexdigest()
    launch.file.write_bytes(b"\n".join([*lines, b',{"id":"' + id.encode() + b'","record":' + bytes + b',"signatures":[]}', b"]", b""]))


def large(work, make, row):
    """Records at their bound of 1 MiB, up to the bound of a file."""
    seen = []
    for count in (1, 60, 240):
        launch = make(work / f"large-{count}")
        launch.sign("first")
        grown(launch, count, SHAPES[0], "x" * 1_000_000 + " %d")
        found, words = figures(launch)
        seen.append(found)
        row(f"{count} records of 1 MiB", words, True)
    judge_growth(row, "growth from 60 to 240 MiB", seen, 4)
    grown(launch, 40, SHAPES[0], "x" * 1_000_000 + " %d")
    done = launch.run([launch.launchgate, "verify", launch.file.name])
    row("a file beyond 256 MiB", done.stderr.decode().splitlines()[0], done.returncode == 4)
