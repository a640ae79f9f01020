"""What a program of many threads did, from `strace -f -y -xx`: whole calls, in the order in which they were over."""
import collections, os, re

# Beside those that are looked at: who the program's own threads are, and who its children.
CALLS = "clone,clone3,fork,vfork,execve"
Call = collections.namedtuple("Call", "name words descriptor paths data opened")
HEX = r"(?:\\x[0-9a-f]{2})*"


def watching(log, calls):
    """The words before a command whose calls are wanted."""
    return ["strace", "-f", "-y", "-xx", "-qq", "-s", "4194304", "-o", str(log), "-e", f"trace={calls},{CALLS}"]


def whole(lines):
    """(thread, name, words, answer as text) of each call; what another thread interrupted is joined again."""
    begun = {}
    for line in lines:
        thread, _, text = line.partition(" ")
        text = text.strip()
        if text.endswith("<unfinished ...>"):
            begun[thread] = text.removesuffix("<unfinished ...>").rstrip()
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", text)
        if resumed:
            # A thread that was not watched from its start may go on with what nobody saw begin.
            text = begun.pop(thread, "") + resumed[1]
        match = re.match(r"(\w+)\((.*)\)\s+= (.*)", text)
        if match:
            yield thread, *match.groups()


def of_program(log):
    """Successful calls of the program itself, all its threads, without those of programs that it starts."""
    calls = list(whole(log.read_text(errors="replace").splitlines()))
    others, folder = children(calls), "/"
    for thread, name, words, answer in calls:
        number = re.match(r"\d+", answer)
        # What was answered without being done was not done.
        if thread in others or not number or answer.endswith("(INJECTED)") or name in CALLS.split(","):
            continue
        here = re.search(rf"AT_FDCWD<({HEX})>", words)
        folder = text_of(here[1]) if here else folder
        yield call(name, words, answer, folder)


def children(calls):
    """Threads of other processes, which may be heard of before the call that makes them is over."""
    made = [(thread, re.match(r"\d+", answer)[0], "CLONE_THREAD" in words)
            for thread, name, words, answer in calls if name in ("clone", "clone3", "fork", "vfork") and answer[0].isdigit()]
    found = {child for _, child, is_thread in made if not is_thread}
    found |= {thread for thread, name, _, _ in calls if name == "execve" and thread != calls[0][0]}
    while more := {child for parent, child, _ in made if parent in found} - found:
        found |= more
    return found


def call(name, words, answer, folder):
    texts = [unhex(text) for text in re.findall(rf'"({HEX})"', words)]
    # "(deleted)" behind the path: nothing of that name is meant any more.
    descriptor = re.match(rf"\d+<({HEX})>(?!\(deleted\))", words)
    opened = re.match(rf"\d+<({HEX})>", answer)
    number = int(re.match(r"\d+", answer)[0])
    return Call(
        name, words, text_of(descriptor[1]) if descriptor else None,
        [] if name == "write" else [os.path.normpath(os.path.join(folder, text.decode(errors="replace"))) for text in texts],
        # A write may take less than it was given.
        texts[0][:number] if name == "write" and texts else b"", text_of(opened[1]) if opened else None)


def text_of(hexadecimal):
    return unhex(hexadecimal).decode(errors="replace")


def unhex(text):
    return bytes.fromhex(text.replace("\\x", ""))
