"""The reader of system-call logs, tried on a recorded one of the screen and on small ones in which it can be misled."""
import pathlib, re

import states
import syscalls

RECORDED = pathlib.Path(__file__).resolve().parent / "threads.strace"

# What is in a log, and the calls that the program did to files below /w, as name, file and data.
SMALL = {
    "a number that is used again for something else": (
        """1 openat(AT_FDCWD</w>, "/w/a", O_WRONLY|O_CREAT, 0600) = 3</w/a>
           1 write(3</w/a>, "one", 3) = 3
           2 write(3<anon_inode:[eventfd]>, "two", 3) = 3
           2 write(3</dev/pts/0>, "two", 3) = 3""",
        [("openat", "/w/a", ""), ("write", "/w/a", "one")]),
    "a copied descriptor": (
        """1 openat(AT_FDCWD</w>, "a", O_WRONLY|O_CREAT, 0600) = 3</w/a>
           1 write(7</w/a>, "one", 3) = 3
           1 fsync(7</w/a>) = 0""",
        [("openat", "/w/a", ""), ("write", "/w/a", "one"), ("fsync", "/w/a", "")]),
    "calls that others interrupt": (
        """1 openat(AT_FDCWD</w>, "/w/a", O_WRONLY|O_CREAT, 0600 <unfinished ...>
           2 openat(AT_FDCWD</w>, "/w/b", O_WRONLY|O_CREAT, 0600 <unfinished ...>
           1 <... openat resumed>) = 3</w/a>
           1 write(3</w/a>, "one", 3 <unfinished ...>
           2 <... openat resumed>) = 4</w/b>
           1 <... write resumed>)              = 3
           2 fsync(4</w/b> <unfinished ...>
           1 rename("/w/a", "c" <unfinished ...>
           2 +++ exited with 0 +++
           1 <... rename resumed>) = 0""",
        [("openat", "/w/a", ""), ("openat", "/w/b", ""), ("write", "/w/a", "one"), ("rename", "/w/a", "/w/c")]),
    "a descriptor of a file that was moved": (
        """1 write(3</w/a>, "one", 3) = 3
           1 rename("/w/a", "/w/b") = 0
           1 write(3</w/b>, "two", 3) = 3
           1 unlink("/w/b") = 0
           1 write(3</w/b>(deleted), "three", 5) = 5""",
        [("write", "/w/a", "one"), ("rename", "/w/a", "/w/b"), ("write", "/w/b", "two"), ("unlink", "/w/b", "")]),
    "a write that takes less, and calls that fail or are only answered": (
        """1 write(3</w/a>, "one", 3) = 2
           1 write(3</w/a>, "two", 3) = -1 ENOSPC (No space left on device)
           1 fsync(3</w/a>) = 0 (INJECTED)
           1 fsync(3</w/a>) = -1 EIO (Input/output error) (INJECTED)
           1 unlink("/w/a") = ? ERESTARTSYS""",
        [("write", "/w/a", "on")]),
    "a child, of which is heard before it is told of": (
        """1 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 2
           1 clone3({flags=CLONE_VM|CLONE_VFORK}, 88 <unfinished ...>
           3 clone(child_stack=NULL, flags=CLONE_VM|CLONE_THREAD <unfinished ...>
           4 openat(AT_FDCWD</w>, "/w/theirs", O_WRONLY|O_CREAT, 0600) = 3</w/theirs>
           3 <... clone resumed>) = 4
           3 execve("/bin/git", [], 0x0) = 0
           1 <... clone3 resumed>) = 3
           2 write(3</w/ours>, "one", 3) = 3
           3 unlink("/w/ours") = 0""",
        [("write", "/w/ours", "one")]),
}


def of_logs(work, make, row):
    wrong = [name for name, (text, expected) in SMALL.items() if below(written(work, text)) != expected]
    row("logs of system calls: small ones in which a reader can be misled", f"{len(SMALL)} logs, {len(wrong)} misread"
        + "".join(f"; {name}" for name in wrong), not wrong)
    found = [(name, re.sub(r"-\d+-\d+$", "", file), len(data)) for name, file, data in below(RECORDED, "/w/d-home/state/")]
    drafts = "/w/d-home/state/launchgate/drafts"
    write = [("openat", f"{drafts}/3ba06be71ec3.json.lock", 0), ("openat", drafts, 0),
             ("openat", f"{drafts}/.3ba06be71ec3.json.launchgate", 0), ("write", f"{drafts}/.3ba06be71ec3.json.launchgate", 213),
             ("fsync", f"{drafts}/.3ba06be71ec3.json.launchgate", 0), ("rename", f"{drafts}/.3ba06be71ec3.json.launchgate", 51),
             ("openat", drafts, 0), ("fsync", drafts, 0)]
    expected = [
        ("mkdir", "/w/d-home/state/launchgate", 0), ("mkdir", drafts, 0), ("openat", "/w/d-home/state/launchgate", 0),
        ("fsync", "/w/d-home/state/launchgate", 0), *write, *write]
    disk = states.Disk(["/w/d", "/w/d-home"])
    disk.names["/w/d-home"] = "/w/d-home"
    states.read(disk, RECORDED, lambda data: b"Quit?" in data)
    number = len(list(states.all_of(disk)))
    row("logs of system calls: the recorded one of the screen", f"{len(found)} calls to files of one's own, {number} crash states",
        found == expected and number == 17 and disk.told is not None)


def below(log, top="/w/"):
    """Name, file, and what was written or the second path, of the calls to what lies there."""
    calls = [(call, call.opened or call.descriptor or (call.paths or [""])[0]) for call in syscalls.of_program(log)]
    return [(call.name, file, call.data.decode() or (call.paths[1] if len(call.paths) > 1 else ""))
            for call, file in calls if file.startswith(top)]


def written(work, text):
    """A log of that text, in which strace would have written texts and paths in hexadecimal."""
    def hexadecimal(match):
        return match[1] + "".join(f"\\x{byte:02x}" for byte in match[2].encode()) + match[3]
    log = work / "small"
    text = re.sub(r'(")([^"]*)(")', hexadecimal, text)
    log.write_text("\n".join(line.strip() for line in re.sub(r"(<)([/a][^<>]*)(>)", hexadecimal, text).splitlines()) + "\n")
    return log
