"""The real program, in a folder of its own: what it says of some servers."""
import json, os, re, subprocess, tempfile

HEAD = """checklist: own
title: Own
version: 1
domains:
  - title: N
    controls:
      - number: "1"
        slug: one
        title: One
        severity: high
        signers: [lead]
        why: because
        fix: do it
        references: [NIST SC-8]
        points:
"""


def ours(probes, url, authorised, ca=None, paths=(), resolve=None, active=False, inside=()):
    """Findings in the order of the probes; `inside` is put in front of the command."""
    points = "".join(
        f'            - {{ id: "1.{n}", text: it holds, how: automatic, bound-to: target, probe: {probe} }}\n'
        for n, probe in enumerate(probes, 1))
    target = [f"  - url: {url}", f"    paths: {json.dumps(list(paths))}"] + ([f"    ca: {ca}"] if ca else [])
    if resolve:
        target += ["    resolve:"] + [f'      "{name}": "{place}"' for name, place in resolve.items()]
    with tempfile.TemporaryDirectory() as own:
        with open(f"{own}/own.yaml", "w") as file:
            file.write(HEAD + points)
        with open(f"{own}/launchgate.yaml", "w") as file:
            file.write('launch: { subject: s, release: "1", environment: e }\nchecklist: own.yaml\nevidence: e.json\ntargets:\n'
                       + "\n".join(target) + f"\nauthorised: [{', '.join(authorised)}]\n")
        subprocess.run(["git", "init", "-q", own], check=True)
        program = [*inside, os.environ["LAUNCHGATE"], "probe", "--json"] + (["--active"] if active else [])
        environment = {**os.environ}
        first = subprocess.run(program, cwd=own, capture_output=True, text=True, env=environment)
        digests = re.search(r'LAUNCHGATE_TRUST="([^"]+)"', first.stderr)
        if digests:
            environment["LAUNCHGATE_TRUST"] = digests[1]
        done = subprocess.run(program, cwd=own, capture_output=True, text=True, env=environment)
        if not done.stdout.strip():
            raise SystemExit(f"error: {done.stderr}")
        found = {row["point"]: row for row in json.loads(done.stdout)}
        return [found[f"1.{n}"] for n in range(1, len(probes) + 1)]
