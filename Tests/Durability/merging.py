"""What git does to the file: what is lost is nothing, or what git's own rule takes away, and then it can be brought back."""
import copy, json, shutil, subprocess

from launch import PERSON

UNION = "*.evidence.json -text merge=union\n"
ADDED = {True: "", False: ", both added the file"}


class Clones:
    """Two clones of one launch: `one` signs twice and takes the second back, `two` signs twice without knowing of it."""

    def __init__(self, work, make, attributes, has_base):
        self.work = work
        self.one = make(work / "one")
        (self.one.folder / ".gitattributes").write_text(attributes)
        (self.one.folder / ".gitignore").write_text("*.lock\n*.broken*\n")
        self.git(self.one, "init", "-q", "-b", "main")
        if has_base:
            self.one.sign("before")
        self.commit(self.one, "start")
        self.git(self.one, "clone", "-q", ".", str(work / "two"))
        self.two = self.one.at(work / "two")
        self.base = self.one.ids()
        for launch in (self.one, self.two):
            for number in range(2):
                code, told, said = launch.sign(f"{launch.folder.name} {number}")
                assert code == 0, said
                self.commit(launch, f"signed {number}")
            if launch is self.one:
                done = launch.run([launch.launchgate, "revoke", told, "--reason", "Seen again.", *PERSON])
                assert done.returncode == 0, done.stderr
                self.commit(launch, "revoked")
        self.git(self.two, "branch", "two")
        self.all = self.one.ids() | self.two.ids()

    def copy(self, name):
        """The same clones in folders of their own."""
        folder = self.work.parent / f"{self.work.name}-{name}".replace(" ", "")
        shutil.copytree(self.work, folder)
        twin = copy.copy(self)
        twin.one, twin.two = self.one.at(folder / "one"), self.two.at(folder / "two")
        twin.git(twin.two, "remote", "set-url", "origin", str(folder / "one"))
        twin.git(twin.two, "fetch", "-q")
        return twin

    def git(self, launch, *words, good=True):
        done = subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@acme.example", "-c", "advice.detachedHead=false", *words],
            cwd=launch.folder, env=launch.environment, capture_output=True, text=True)
        assert done.returncode == 0 or not good, done.stderr
        return done.stdout

    def commit(self, launch, what):
        self.git(launch, "add", "-A")
        self.git(launch, "commit", "-qm", what)

    def lost(self):
        """Records of either clone that the second does not have, or None where its file is not intact."""
        if self.two.ids() is None or not self.two.intact():
            return None
        return self.all - self.two.ids()


PULL = ["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]
WAYS = {
    "merge": [PULL],
    "rebase": [["pull", "-q", "--rebase", "origin", "main"]],
    "cherry-pick": [["checkout", "-q", "-B", "main", "origin/main"], ["cherry-pick", "two~2..two"]],
    "merge --squash": [["merge", "-q", "--squash", "origin/main"]],
    "merge -X ours": [[*PULL, "-X", "ours"]],
    "merge -X theirs": [[*PULL, "-X", "theirs"]],
    "rebase -X ours": [["pull", "-q", "--rebase", "-X", "ours", "origin", "main"]],
}


def every_way(work, make, row):
    union = {has_base: Clones(work / f"union{has_base}", make, UNION, has_base) for has_base in (True, False)}
    plain = {has_base: Clones(work / f"plain{has_base}", make, "", has_base) for has_base in (True, False)}
    for name, commands in WAYS.items():
        for has_base in (True, False) if name in ("merge", "rebase", "cherry-pick") else (True,):
            clones = union[has_base].copy(name)
            for command in commands:
                clones.git(clones.two, *command)
            judged(row, f"git {name}{ADDED[has_base]}", clones)
    octopus(union[True].copy("octopus"), row)
    for name, command, base in [
        ("merge -s ours", ["-s", "ours"], union[True]), ("merge -X ours without the attribute", ["-X", "ours"], plain[True])]:
        by_rule(base.copy(name), row, name, command)
    revert(union[True].copy("revert"), row)
    for style in ("merge", "diff3", "zdiff3"):
        for has_base in (True, False):
            conflict(plain[has_base].copy(f"conflict {style}"), row, style, has_base)


def octopus(clones, row):
    clones.git(clones.one, "checkout", "-q", "-b", "third", "main~2")
    assert clones.one.sign("third")[0] == 0
    clones.commit(clones.one, "third")
    clones.all = clones.all | clones.one.ids()
    clones.git(clones.two, "fetch", "-q")
    clones.git(clones.two, "merge", "-q", "--no-edit", "origin/third")
    clones.git(clones.two, "merge", "-q", "--no-edit", "origin/main")
    judged(row, "git merge of three branches", clones)


def by_rule(clones, row, name, command):
    """Where git is told to drop one side it does; the other clone still has it, and merge brings it back."""
    clones.git(clones.two, *PULL[:-2], *command, *PULL[-2:])
    lost = clones.lost()
    theirs = clones.two.folder.parent / "theirs.json"
    theirs.write_text(clones.git(clones.two, "show", f"origin/main:{clones.two.file.name}"))
    clones.two.run([clones.two.launchgate, "merge", str(clones.two.file), str(theirs), "-o", str(clones.two.file)])
    again = clones.lost()
    row(f"git {name}", f"{len(lost or ())} lost by git's own rule, {len(again or ())} after launchgate merge",
        bool(lost) and not lost & clones.base and again == set())


def revert(clones, row):
    told = {json.loads(line[1:])["id"] for line in clones.two.file.read_text().splitlines()[1:-1]}
    clones.git(clones.two, "revert", "--no-edit", "HEAD")
    missing = told - clones.two.ids()
    code = clones.two.run([clones.two.launchgate, "verify", str(clones.two.file), "--expect-head", *missing]).returncode
    row("git revert of a sign-off", f"{len(missing)} taken out by git's own rule; verify --expect-head ends with {code}",
        len(missing) == 1 and code == 4)


def conflict(clones, row, style, has_base):
    """Without the attribute git leaves markers: refused with a hint, and repaired."""
    clones.git(clones.two, "-c", f"merge.conflictStyle={style}", *PULL, good=False)
    code, _, said = clones.two.sign("over a conflict")
    done = clones.two.run([clones.two.launchgate, "repair", clones.two.file.name])
    row(f"git conflict, {style} style{ADDED[has_base]}", f"refused with {code}, repair ends with {done.returncode}",
        code == 4 and "launchgate repair" in said and done.returncode == 0)
    judged(row, f"git conflict, {style} style{ADDED[has_base]}, repaired", clones)


def judged(row, what, clones):
    """Nothing is lost, what one took back counts against what the other signed, and the next sign-off goes on."""
    lost = clones.lost()
    report = json.loads(clones.two.run([clones.two.launchgate, "status", "--json"]).stdout or b"{}")
    reason = next((point["reason"] for point in report.get("points", ()) if point["id"] == "1.1"), "")
    seen = "not intact" if lost is None else f"{len(clones.all) - len(lost)} of {len(clones.all)} records"
    row(what, f"{seen}; 1.1: {reason}", lost == set() and "took the sign-off back" in reason and clones.two.sign("goes on")[0] == 0)
