"""Modes, umasks and owners: private by default, open to whom the file is open, and no link is followed."""
import os, shutil, stat, subprocess

from screen import Screen


def mode(path):
    return oct(stat.S_IMODE(os.lstat(path).st_mode))[2:]


def under_umask(work, make, row):
    for umask in ("000", "022", "077"):
        launch = make(work / umask)
        under = ["sh", "-c", f'umask {umask}; exec "$@"', "sh"]
        launch.sign("first", under=under)
        with Screen(launch, under=under) as screen:
            screen.decide("A draft.")
        made = [path for path in (launch.home / "state").rglob("*")]
        folders = {mode(path) for path in [launch.home / "state", *made] if path.is_dir()}
        files = {mode(path) for path in made if path.is_file()}
        lock = launch.folder / f"{launch.file.name}.lock"
        row(f"umask {umask}: evidence, lock, drafts, their folders",
            f"{mode(launch.file)}, {mode(lock)}, {'/'.join(sorted(files))}, {'/'.join(sorted(folders))}",
            mode(launch.file) == mode(lock) == "600" and files == {"600"} and folders == {"700"})
    launch = make(work / "kept")
    launch.sign("first")
    seen = []
    for wanted in (0o640, 0o664, 0o600):
        launch.file.chmod(wanted)
        launch.sign("again", under=["sh", "-c", 'umask 077; exec "$@"', "sh"])
        seen.append(mode(launch.file))
    row("a mode that was given is kept", ", ".join(seen), seen == ["640", "664", "600"])


def temporary(work, make, row):
    """Every file that a signed sign-off makes is made anew, under no link, for nobody else, or in a folder that is."""
    launch = make(work / "base")
    key, log = work / "key", work / "log"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    done = launch.run([*launch.words("signed"), "--key", str(key)], [
        "strace", "-f", "-qq", "-o", str(log), "-e", "trace=openat,mkdir,mkdirat", "-E", "TMPDIR=/tmp"])
    assert done.returncode == 0, done.stderr
    made, loose, private = 0, [], set()
    for line in log.read_text(errors="replace").splitlines():
        call = line.split(None, 1)[1]
        if call.startswith("mkdir") and call.endswith("= 0"):
            private |= {call.split('"')[1]} if ", 0700)" in call else set()
        if "O_CREAT" not in call or "= -1" in call or "/dev/" in call:
            continue
        made += 1
        path = call.split('"')[1]
        is_new = "O_EXCL" in call and ", 0600)" in call
        is_lock = path.endswith(".lock") and "O_NOFOLLOW" in call and ", 0600)" in call
        if not (is_new or is_lock or os.path.dirname(path) in private):
            loose.append(call[:120])
    row("files that a signed sign-off makes", f"{made}, of these {len(loose)} that others could read or lead elsewhere"
        + "".join(f"; {call}" for call in loose), made > 2 and not loose)


def as_user(user, group, *groups):
    words = ["setpriv", f"--reuid={user}", f"--regid={group}"]
    return [*words, f"--groups={','.join(map(str, groups))}" if groups else "--clear-groups"]


def opened(work, make, name):
    """A launch in a folder that other users can reach, with a program that they can run."""
    work.chmod(0o755)
    launch = make(work / name)
    program = work / "launchgate"
    if not program.exists():
        shutil.copyfile(launch.launchgate, program)
        program.chmod(0o755)
    launch.launchgate = str(program)
    return launch


def owners(work, make, row):
    launch = opened(work, make, "folder")
    launch.sign("first")
    launch.file.chmod(0o644)
    before = launch.file.read_bytes()
    code, _, said = launch.sign("by nobody", under=as_user(65534, 65534))
    row("somebody who may not write the folder signs", f"exit code {code}: {said.splitlines()[0] if said else ''}"[:110],
        code == 1 and "error: " in said and "hint: " in said and launch.file.read_bytes() == before and not launch.leftovers())

    launch = opened(work, make, "owned")
    os.chown(launch.folder, 1001, 1001)
    first = launch.sign("first", under=as_user(1001, 1001))
    root = launch.sign("by root")
    again = launch.sign("again", under=as_user(1001, 1001))
    row("root signs in a user's file, then the user again",
        f"owner {launch.file.stat().st_uid}, mode {mode(launch.file)}, exit codes {first[0]}, {root[0]}, {again[0]}",
        first[0] == root[0] == again[0] == 0 and launch.file.stat().st_uid == 1001 and mode(launch.file) == "600")

    launch = opened(work, make, "shared")
    os.chown(launch.folder, 0, 2000)
    launch.folder.chmod(0o2775)
    codes = [launch.sign("one", under=as_user(1001, 1001, 2000))[0]]
    os.chmod(launch.file, 0o660)
    codes += [launch.sign("one", under=as_user(1001, 1001, 2000))[0],
              launch.sign("two", under=as_user(1002, 1002, 2000))[0], launch.sign("one", under=as_user(1001, 1001, 2000))[0]]
    row("two people share a file in a setgid folder",
        f"exit codes {codes}, group {launch.file.stat().st_gid}, mode {mode(launch.file)}, {len(launch.ids())} records",
        codes == [0, 0, 0, 0] and launch.file.stat().st_gid == 2000 and mode(launch.file) == "660" and len(launch.ids()) == 5)
    code = launch.sign("stranger", under=as_user(1003, 1003))[0]
    row("a stranger to the group signs there", f"exit code {code}", code == 1 and len(launch.ids()) == 5)
