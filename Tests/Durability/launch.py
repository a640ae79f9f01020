"""A launch of three manual points in a folder of its own, and what every test asks of its evidence."""
import json, os, pathlib, shutil, subprocess

LIST = """checklist: small
title: A small launch
version: 1
domains:
  - title: All
    controls:
      - number: "1"
        slug: easy
        title: Easy
        severity: medium
        points:
          - { id: "1.1", text: One thing is so., how: manual, bound-to: time }
          - { id: "1.2", text: Another thing is so., how: manual, bound-to: time }
"""
PERSON = ["--name", "Mara Lindqvist", "--email", "mara@acme.example", "--role", "release-manager"]


class Launch:
    """Created in an empty folder; `launchgate` is the path of the program."""

    def __init__(self, folder, launchgate):
        self.folder = pathlib.Path(folder)
        self.launchgate = str(launchgate)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file = self.folder / "shop-1.0.evidence.json"
        self.live_in(self.folder.parent / f"{self.folder.name}-home")
        (self.folder / "list.yaml").write_text(LIST)
        (self.folder / "launchgate.yaml").write_text(
            'launch: { subject: shop, release: "1.0", environment: production }\n'
            f"checklist: list.yaml\nevidence: {self.file.name}\n")

    def live_in(self, home):
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.environment = {**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "TZ": "UTC"}

    def words(self, note="Seen.", point="1.1"):
        """The command of one sign-off."""
        return [self.launchgate, "sign", point, "--decision", "met", "--note", note, "--confirm", "1.0", "--confirm", "1", "--json", *PERSON]

    def run(self, words, under=(), timeout=60, **options):
        return subprocess.run(
            [*under, *words], cwd=options.pop("cwd", self.folder), env=options.pop("env", self.environment),
            capture_output=True, timeout=timeout, **options)

    def sign(self, note="Seen.", under=(), **options):
        """(exit code, the id that was acknowledged or None, what it said)."""
        done = self.run(self.words(note), under, **options)
        return done.returncode, acknowledged(done.stdout), done.stderr.decode(errors="replace")

    def ids(self):
        """Ids in the file, or None where it is torn: read by a JSON reader that is not ours."""
        if not self.file.exists():
            return set()
        try:
            return {entry["id"] for entry in json.loads(self.file.read_bytes())[1:]}
        except ValueError:
            return None

    def intact(self):
        return not self.file.exists() or self.run([self.launchgate, "verify", str(self.file)]).returncode == 0

    def leftovers(self):
        """Files beside the evidence that no one wants; the lock's side file is meant to stay."""
        kept = {"list.yaml", "launchgate.yaml", self.file.name, f"{self.file.name}.lock", ".gitattributes", ".gitignore", ".git"}
        return sorted(path.name for path in self.folder.iterdir() if path.name not in kept)

    def remove(self):
        shutil.rmtree(self.folder)

    def copy(self, folder):
        shutil.copytree(self.folder, folder, symlinks=True)
        return self.at(folder)

    def at(self, folder):
        """The same launch in another folder, which somebody else fills."""
        twin = Launch.__new__(Launch)
        twin.__dict__ = {**self.__dict__, "folder": pathlib.Path(folder), "file": pathlib.Path(folder) / self.file.name}
        return twin


def acknowledged(output):
    """The id in the answer of `sign --json`, if the whole answer came."""
    try:
        return json.loads(output)["id"]
    except (ValueError, KeyError, TypeError):
        return None
