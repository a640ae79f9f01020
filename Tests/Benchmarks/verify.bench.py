"""Verifying evidence: 1,000 signatures beside a loop over ssh-keygen, and growth up to 100,000 records."""
import os, pathlib, tempfile

import chain, evidence, measure

launchgate = os.environ["LAUNCHGATE"]

with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    opening, signoff = [one for one in chain.pattern(work, launchgate) if one["record"]["type"] in ("opened", "sign-off")][:2]
    entries = chain.signed(chain.chain(opening, signoff, 1001), work / "mara")
    path = work / "signed.json"
    path.write_bytes(evidence.rendered(entries))
    loop = ["set -e"]
    for number, entry in enumerate(entries[1:]):
        (work / f"{number}.record").write_bytes(evidence.canonical(entry["record"]))
        (work / f"{number}.sig").write_text(entry["signatures"][0]["sshsig"])
        loop.append(
            f"ssh-keygen -q -Y verify -n launchgate -f signers -I mara@acme.example -s {number}.sig <{number}.record")
    (work / "loop.sh").write_text("\n".join(loop))
    ours, theirs, ratio = measure.beside(
        [launchgate, "verify", str(path), "--allowed-signers", str(work / "signers"), "--strict"]
        if os.environ.get("STRICT") else [launchgate, "verify", str(path), "--allowed-signers", str(work / "signers")],
        ["sh", "loop.sh"], runs=3, theirs_options={"cwd": work})
    measure.head("1,000 signed records")
    measure.row("launchgate verify --allowed-signers", ours, f"{1 / ratio:.0f} times as fast")
    measure.row("ssh-keygen -Y verify in a loop", theirs)

    measure.head("Growth with the number of records")
    for count in (1_000, 10_000, 100_000):
        path.write_bytes(evidence.rendered(chain.chain(opening, signoff, count)))
        measure.row(f"verify, {count:,} records, {path.stat().st_size >> 20} MiB", measure.median([launchgate, "verify", str(path)], runs=3))
        measure.row(f"gate, {count:,} records", measure.median([launchgate, "gate", str(path)], runs=3, accepted=(0, 2, 3)))
