"""Time and memory as evidence grows: records, notes, attachments, transcripts; and the limits, each an error that says so."""
import copy, hashlib, json, os, subprocess, time

SHAPES = {
    "one after another": lambda number: 1,
    "two at once, then united": lambda number: 2 if number % 3 else 1,
    "all at once": lambda number: 0,
}


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def grown(launch, count, shape):
    """The launch's file with so many records more, made without launchgate; returns the ids of the heads."""
    lines = launch.file.read_bytes().split(b"\n")
    entries = [json.loads(line[1:]) for line in lines[1:-2]]
    pattern, tops = entries[-1]["record"], [entries[-1]["id"]]
    out, before, beside = [lines[0], *lines[1:-2]], tops, []
    for number in range(count):
        record = copy.copy(pattern)
        record["decisions"] = [{**pattern["decisions"][0], "note": f"Note {number}."}]
        # One record follows all that came before, or stands beside the one that was just written.
        together = shape == "all at once" or (shape == "two at once, then united" and number % 3 == 1)
        record["parents"] = sorted(before if together else tops)
        bytes = canonical(record)
        id = "sha256:" + hashlib.sha256(bytes).hexdigest()
        out.append(b',{"id":"' + id.encode() + b'","record":' + bytes + b',"signatures":[]}')
        before, tops = (before, tops + [id]) if together else (tops, [id])
        if shape == "all at once":
            tops = tops[-1:]
    launch.file.write_bytes(b"\n".join([*out, b"]", b""]))


def measured(launch, *words, accepted=(0, 2, 3)):
    """(seconds, MiB) of one run, by the system's account of the process."""
    began = time.monotonic()
    process = subprocess.Popen([launch.launchgate, *words], cwd=launch.folder, env=launch.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    assert code in accepted, f"{words[0]} ends with {code}: {said[:200]}"
    return time.monotonic() - began, usage.ru_maxrss / 1024


def records(work, make, row, counts=(1, 1_000, 10_000, 100_000)):
    for shape in SHAPES:
        seen = []
        for count in counts:
            launch = make(work / f"{shape}-{count}".replace(" ", "-"))
            launch.sign("first")
            grown(launch, count, shape)
            figures = {name: measured(launch, *words) for name, words in {
                "verify": ["verify", launch.file.name], "gate": ["gate"],
                "sign": launch.words("one more")[1:]}.items()}
            seen.append(figures)
            row(f"{count:,} records, {shape}", f"{launch.file.stat().st_size / 2**20:.1f} MiB; " + "; ".join(
                f"{name} {seconds:.2f} s, {memory:.0f} MiB" for name, (seconds, memory) in figures.items()), True)
        # Ten times the records may take ten times as long and no more, with room for a busy machine.
        growth = {name: (seen[-1][name][0] - seen[0][name][0]) / max(0.05, seen[-2][name][0] - seen[0][name][0]) for name in seen[0]}
        most = counts[-1] / counts[-2] * 2.5
        row(f"growth from {counts[-2]:,} to {counts[-1]:,}, {shape}",
            ", ".join(f"{name} {factor:.1f} times" for name, factor in growth.items()), max(growth.values()) <= most)


def few_records(work, make, row):
    records(work, make, row, (1, 300, 3_000))
