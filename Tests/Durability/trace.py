"""The system calls of one write, as strace tells them: to stop the program at each, or to let each fail."""
import collections, concurrent.futures, os, re, shutil

STRACE = shutil.which("strace") or "strace"
Call = collections.namedtuple("Call", "name number line")


def calls(launch, work, words=None):
    """Every call of the writer from the first touch of the evidence's lock on; it signs where nothing else is given.

    `number` counts the calls of that name within the thread that writes, as `when=` of strace does.
    """
    twin = launch.copy(work / "watched")
    log = work / "log"
    under = [STRACE, "-f", "-qq", "-y", "-o", str(log)]
    done = twin.run(words or twin.words("watched"), under)
    assert done.returncode == 0, done.stderr
    twin.remove()
    counts, found, writer = collections.Counter(), [], None
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+)\s+(\w+)\(", line)
        if not match or match[2] in ("exit", "exit_group", "execve"):
            continue
        counts[match[1], match[2]] += 1
        if f"{launch.file.name}.lock" in line:
            writer = writer or match[1]
        if match[1] == writer:
            found.append(Call(match[2], counts[match[1], match[2]], line.split(None, 1)[1]))
    assert len(found) > 20, "strace told of no write"
    return found


def injected(log, call, what):
    """The words before a command that do that to its call: `signal=SIGKILL`, `error=EIO`, `retval=0`."""
    return [STRACE, "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={call.name}",
            "-e", f"inject={call.name}:{what}:when={call.number}"]


def happened(log, call):
    """Whether strace did it, and to that call: a test whose fault never came, or came elsewhere, shows nothing."""
    done = [line for line in log.read_text(errors="replace").splitlines() if "(INJECTED)" in line]
    killed = "killed by SIGKILL" in log.read_text(errors="replace")
    return killed or len(done) == 1 and place(done[0].split(None, 1)[1]) == place(call.line)


def place(line):
    """The name of a call and its first argument, without what differs between two runs: numbers, bytes and folders."""
    return re.sub(r'0x[0-9a-f]+|\d+|"[^/]\S*"|/\S*/(one|watched)\b', "", line.split(" = ")[0].split(",")[0]).strip()


def each(work, items, function):
    """The answers of function(folder, item) for all items, some at once, each in an empty folder of its own."""
    def one(pair):
        folder = work / f"each-{pair[0]}"
        folder.mkdir()
        try:
            return function(folder, pair[1])
        finally:
            shutil.rmtree(folder)
    with concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
        return list(pool.map(one, enumerate(items)))
