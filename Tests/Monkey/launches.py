"""Launches to walk: folders that a round copies, with what was signed before it."""
import json, os, pathlib, shutil, subprocess

RELEASE = "9.4-rc49"
LIST = """checklist: own
title: A checklist of one's own
version: 1
domains:
  - title: First
    controls:
      - { number: "49", slug: one, title: One, severity: critical, points: [
          { id: "49.1", text: One thing is so., how: manual, bound-to: time },
          { id: "49.2", text: Another thing is so., how: manual, bound-to: code } ] }
      - { number: "94", slug: two, title: Two, severity: medium, four-eyes: true, points: [
          { id: "94.1", text: "A third thing is so, which takes a long sentence to say in full.", how: manual, bound-to: time } ] }
  - title: Second
    controls:
      - { number: "99", slug: three, title: Three, severity: high, points: [
          { id: "99.1", text: Files are locked., how: automatic, bound-to: code, probe: { id: dependencies.locked } },
          { id: "99.2", text: Images are pinned., how: assisted, bound-to: code, probe: { id: container.dockerfile } } ] }
"""
PERSON = ["--name", "Mara Lindqvist", "--email", "mara@acme.example", "--role", "release-manager"]


def environment(home, **more):
    return {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR")}, "HOME": str(home),
        "XDG_STATE_HOME": f"{home}/state", "GIT_CONFIG_NOSYSTEM": "1", "TERM": "xterm-256color", "LANG": "C.UTF-8",
        "VISUAL": "true", **more}


def own(folder, launchgate):
    """A repository with a launch of six points, of which two were signed off."""
    folder.mkdir(parents=True)
    surroundings = environment(folder.parent)

    def run(*words):
        done = subprocess.run(words, cwd=folder, env=surroundings, capture_output=True, timeout=120)
        if done.returncode not in (0, 2, 3):
            raise SystemExit(f"{words}: {done.returncode}\n{done.stderr.decode()}")

    (folder / "list.yaml").write_text(LIST)
    (folder / "Dockerfile").write_text("FROM alpine\nUSER nobody\n")
    (folder / "package.json").write_text('{"dependencies":{"left-pad":"1"}}')
    (folder / "launchgate.yaml").write_text(
        f'launch: {{ subject: shop, release: "{RELEASE}", environment: production }}\n'
        "checklist: list.yaml\nevidence: shop.evidence.json\n")
    run("git", "init", "-q")
    run("git", "add", ".")
    run("git", "-c", "user.name=Mara", "-c", "user.email=mara@acme.example", "commit", "-qm", "All of it")
    subprocess.run([launchgate, "trust", "--yes"], cwd=folder, env=surroundings, capture_output=True)
    for point, number in (("49.1", "49"), ("94.1", None)):
        confirm = ["--confirm", number] if number else []
        run(launchgate, "sign", point, "--decision", "met", "--note", "Seen.", "--confirm", RELEASE, *confirm, *PERSON)
    run(launchgate, "probe")


def signed(folder, launchgate):
    """The same with a second file, for the screens that only read."""
    own(folder, launchgate)
    shutil.copy(folder / "shop.evidence.json", folder / "other.evidence.json")


def empty(folder, launchgate):
    folder.mkdir(parents=True)


def demo(folder, launchgate):
    folder.mkdir(parents=True)


def records(folder):
    """Types of all records below a folder, counted by a reader that is not ours; None for a torn file."""
    types = {}
    for path in sorted(pathlib.Path(folder).rglob("*.evidence.json")):
        try:
            entries = json.loads(path.read_bytes())[1:]
        except ValueError:
            return None
        for entry in entries:
            name = entry["record"]["type"]
            types[name] = types.get(name, 0) + 1
    return types


def copy(template, folder):
    shutil.copytree(template, folder, symlinks=True)
