"""Every way of tampering, with the outcome that is documented for it."""
import base64, copy, dataclasses, json, subprocess

import evidence
from evidence import canonical, identity, relinked, rendered, signature, unsigned

# The documented outcomes: which answers of (verify, auditor's verify, gate) each allows.
OUTCOMES = {
    "as before": lambda plain, strict, gate: (plain, strict, gate) == (0, 0, 0),
    "damage": lambda plain, strict, gate: plain == strict == gate == 4,
    "not trusted": lambda plain, strict, gate: plain in (0, 4) and strict in (4, 6),
    "not trusted and no GO": lambda plain, strict, gate: plain in (0, 4) and strict in (4, 6) and gate in (2, 3, 4),
    "head missing": lambda plain, strict, gate: plain in (0, 4) and strict == 4,
    "undetectable without a head, never more than it was": lambda plain, strict, gate: plain == strict == 0,
}


@dataclasses.dataclass
class Case:
    group: str
    name: str
    outcome: str
    content: bytes
    demands: tuple = ()
    signers: str = ""

    def holds(self, told):
        return all(isinstance(code, int) for code in told) and OUTCOMES[self.outcome](*told)


def cases(work):
    base = evidence.read(work / "base.json")
    head = ("--expect-head", base[-1]["id"])
    yield Case("untouched", "base", "as before", rendered(base), head)
    assert rendered(base) == (work / "base.json").read_bytes(), "the independent rendering is not the writer's"
    for make in (fields, removed, arranged, resigned, replayed, rolled_back, rewritten, signers, spellings, links):
        yield from make(work, base, head)


def fields(work, base, head):
    """Each field of each record type changed: in place, with ids that follow, and with all signatures dropped."""
    for index, entry in enumerate(base):
        kind = entry["record"]["type"]
        for number, path in enumerate(evidence.leaves(entry["record"])):
            name = f"{index} {kind} {'.'.join(map(str, path))}"
            forged = copy.deepcopy(base)
            forged[index]["record"] = evidence.changed(entry["record"], path)
            yield Case("field changed in place", name, "damage", rendered(forged), head)
            # Within the recorded checklist and policy every fifth place is enough for the dearer forgeries.
            if path[0] in ("checklist", "policy") and number % 5:
                continue
            follows = relinked(forged)
            yield Case("field changed, ids follow", name, "damage", rendered(follows), head)
            outcome = "not trusted" if "signatures" in path else "not trusted and no GO"
            yield Case("field changed, signatures dropped", name, outcome, rendered(unsigned(follows)), head)


def removed(work, base, head):
    for index, entry in enumerate(base):
        rest = base[:index] + base[index + 1:]
        outcome = "head missing" if index == len(base) - 1 else "damage"
        yield Case("record removed", f"{index} {entry['record']['type']}", outcome, rendered(rest), head)
        for key in entry["record"]:
            forged = copy.deepcopy(base)
            del forged[index]["record"][key]
            yield Case("member removed", f"{index} {key}", "damage", rendered(forged), head)
            yield Case("member removed, ids follow", f"{index} {key}", "damage", rendered(relinked(forged)), head)
        forged = copy.deepcopy(base)
        forged[index]["record"]["unknown"] = "x"
        yield Case("member added", f"{index}", "damage", rendered(relinked(forged)), head)


def arranged(work, base, head):
    yield Case("lines in another order", "reversed", "as before", rendered(base[::-1]), head)
    yield Case("lines in another order", "halves", "as before", rendered(base[7:] + base[:7]), head)
    for index in range(len(base)):
        yield Case("line twice", str(index), "as before", rendered(base + [base[index]]), head)
    bare = copy.deepcopy(base)
    bare[3]["signatures"] = []
    yield Case("line twice, once without signatures", "3", "as before", rendered(base + [bare[3]]), head)


def resigned(work, base, head):
    """Signatures by others, over other bytes, in other spellings."""
    for index, entry in enumerate(base):
        if not entry["signatures"]:
            continue
        forged = copy.deepcopy(base)
        forged[index]["signatures"] = [signature(entry["record"], work / "stranger")]
        yield Case("signed by another key instead", str(index), "not trusted", rendered(forged), head)
        forged = copy.deepcopy(base)
        forged[index]["signatures"].append(signature(entry["record"], work / "stranger"))
        yield Case("signed by a stranger as well", str(index), "as before", rendered(forged), head)
        forged = copy.deepcopy(base)
        forged[index]["signatures"] = [signature(entry["record"], work / "mara", "file")]
        yield Case("signed in another namespace", str(index), "damage", rendered(forged), head)
        other = next(one for one in base if one["signatures"] and one is not entry)
        forged = copy.deepcopy(base)
        forged[index]["signatures"] = other["signatures"]
        yield Case("signature of another record", str(index), "damage", rendered(forged), head)
        forged = copy.deepcopy(base)
        forged[index]["signatures"] = []
        wanted = entry["record"]["type"] in ("sign-off", "countersign", "revoke", "carry", "seal")
        outcome = "not trusted" if wanted else "not trusted or covered"
        yield Case("signature dropped", f"{index} {entry['record']['type']}", outcome, rendered(forged), head)
        for name, text in respelled(entry["signatures"][0]["sshsig"]):
            forged = copy.deepcopy(base)
            forged[index]["signatures"][0]["sshsig"] = text
            rewrapped = name == "rewrapped"
            yield Case(
                "signature respelled", f"{index} {name}", "as before" if rewrapped else "damage", rendered(forged), head)
    colleague = copy.deepcopy(base)
    for entry in colleague:
        if entry["record"]["type"] == "countersign":
            entry["signatures"] = [signature(entry["record"], work / "mara")]
    yield Case("second person signed by the first one's key", "countersign", "not trusted and no GO", rendered(colleague), head)


OUTCOMES["not trusted or covered"] = lambda plain, strict, gate: plain in (0, 4) and strict in (0, 4, 6)


def rewritten(work, base, head):
    """By whoever can write the file, and by a signer who can sign anew."""
    forged = unsigned(copy.deepcopy(base))
    for entry in forged:
        for holder in (entry["record"], entry["record"].get("policy") or {}):
            if isinstance(holder.get("policy"), dict):
                holder["policy"]["signatures"] = "optional"
            if holder.get("signatures") == "required":
                holder["signatures"] = "optional"
    yield Case("written anew without signatures", "policy loosened", "not trusted", rendered(relinked(forged)), head)
    forged = copy.deepcopy(base)
    forged[-1]["record"]["note"] = "Another note."
    forged[-1]["signatures"] = [signature(forged[-1]["record"], work / "mara")]
    yield Case("written anew by its own signer", "seal", "head missing", rendered(relinked(forged)), head)
    forged[-1]["record"]["note"] = base[-1]["record"]["note"]
    forged[-1]["record"]["at"] = evidence.another(base[-1]["record"]["at"])
    forged[-1]["signatures"] = [signature(forged[-1]["record"], work / "mara")]
    yield Case("dated back by its own signer", "seal", "head missing", rendered(relinked(forged)), head)


def respelled(text):
    lines = text.strip().split("\n")
    blob = base64.b64decode("".join(lines[1:-1]))

    def armoured(blob, width=70):
        body = base64.b64encode(blob).decode()
        rows = [body[start:start + width] for start in range(0, len(body), width)]
        return "\n".join([lines[0], *rows, lines[-1], ""])

    yield "rewrapped", armoured(blob, 40)
    yield "version 0", armoured(blob[:6] + b"\0\0\0\0" + blob[10:])
    yield "version 2", armoured(blob[:6] + b"\0\0\0\2" + blob[10:])
    at = blob.index(b"launchgate") + len(b"launchgate")
    yield "reserved bytes", armoured(blob[:at] + b"\0\0\0\4junk" + blob[at + 4:])
    yield "bytes after the end", armoured(blob + b"\0")
    yield "text after the armour", text + "more\n"
    yield "text before the armour", "more\n" + text
    yield "cut", armoured(blob[:-3])
    yield "last byte changed", armoured(blob[:-1] + bytes([blob[-1] ^ 1]))
    yield "not base64", text.replace("U1NIU0lH", "U1NI!0lH")
    yield "empty", ""


def replayed(work, base, head):
    """Records of another launch slipped in: as they are, renamed, and relinked."""
    for entry in evidence.read(work / "other.json"):
        if entry["record"]["type"] not in ("sign-off", "candidate"):
            continue
        yield Case("record of another launch", entry["record"]["type"], "damage", rendered(base + [entry]), head)
        moved = copy.deepcopy(entry)
        moved["record"]["launch"] = base[0]["record"]["launch"]
        moved["record"]["parents"] = [base[-1]["id"]]
        moved["id"] = identity(moved["record"])
        yield Case("record of another launch, renamed", entry["record"]["type"], "damage", rendered(base + [moved]), head)
        moved["signatures"] = []
        wanted = entry["record"]["type"] == "sign-off"
        yield Case(
            "record of another launch, unsigned", entry["record"]["type"],
            "not trusted" if wanted else "not trusted or covered", rendered(base + [moved]), head)


def rolled_back(work, base, head):
    for number in range(1, len(base)):
        cut = rendered(base[:-number])
        yield Case("heads rolled back", str(number), "head missing", cut, head)
        yield Case(
            "heads rolled back, no head known", str(number), "undetectable without a head, never more than it was", cut)


def signers(work, base, head):
    """The auditor's list: expired, not yet valid, only others, a wildcard, the same key for two people."""
    lines = (work / "signers").read_text().splitlines()

    def listed(name, change):
        (work / name).write_text("\n".join(change(line) for line in lines) + "\n")
        return name

    past = listed("signers-past", lambda line: line.replace("namespaces=", 'valid-before="20200101Z",namespaces='))
    later = listed("signers-later", lambda line: line.replace("namespaces=", 'valid-after="20990101Z",namespaces='))
    other = listed("signers-git", lambda line: line.replace('"launchgate"', '"git"'))
    for name, file in (("expired", past), ("not yet valid", later), ("for another purpose", other)):
        yield Case("allowed signers", name, "not trusted", rendered(base), head, file)
    strangers = (work / "stranger.pub").read_text().split()
    (work / "signers-swapped").write_text(
        "\n".join(line.rsplit(" ", 2)[0] + " " + " ".join(strangers[:2]) for line in lines) + "\n")
    yield Case("allowed signers", "other keys", "not trusted", rendered(base), head, "signers-swapped")
    (work / "signers-empty").write_text("")
    yield Case("allowed signers", "empty list", "not trusted", rendered(base), head, "signers-empty")
    mara = (work / "mara.pub").read_text().split()
    (work / "signers-shared").write_text(
        "".join(f'{who} namespaces="launchgate" {mara[0]} {mara[1]}\n'
                for who in ("mara@acme.example", "tomas@acme.example", "build")))
    yield Case("allowed signers", "everybody listed with the first one's key", "not trusted", rendered(base), head, "signers-shared")


def spellings(work, base, head):
    """The same values in other bytes: every one is refused, whatever a lenient reader makes of it."""
    text = rendered(base)
    first = rendered(base).split(b"\n")[1]

    def line(old, new, count=1):
        return text.replace(old, new, count)

    changed = {
        "byte order mark": b"\xef\xbb\xbf" + text,
        "carriage returns": text.replace(b"\n", b"\r\n"),
        "trailing comma": line(b"\n]", b",\n]"),
        "trailing comma in a record": line(b'"}', b'",}'),
        "space after a colon": line(b'"record":', b'"record": '),
        "space before the comma": line(b"\n,", b"\n ,"),
        "key twice, the same": line(b'"type":"opened"', b'"type":"opened","type":"opened"'),
        "key twice, another": line(b'"subject":"shop"', b'"subject":"evil","subject":"shop"'),
        "keys out of order": line(b'{"id":', b'{"signatures":[],"id":'),
        "float": line(b'"version":1', b'"version":1.0') if b'"version":1,' in first else line(b'"count":', b'"count":1.0e0,"x":'),
        "exponent": text.replace(b'"count":', b'"count":1e', 1),
        "leading zero": text.replace(b'"count":', b'"count":0', 1),
        "minus zero": text.replace(b'"size":5', b'"size":-0', 1),
        "escape that is not needed": line(b'"shop"', b'"sh\\u006fp"'),
        "slash escaped": line(b"shop", b"sh\\/op"),
        "lone surrogate": line(b'"shop"', b'"sh\\ud800op"'),
        "invalid UTF-8": line(b'"shop"', b'"sh\xffop"'),
        "overlong UTF-8": line(b'"shop"', b'"sh\xc0\xafop"'),
        "delete character": line(b'"shop"', b'"sh\x7fop"'),
        "raw control character": line(b'"shop"', b'"sh\x01op"'),
        "NUL after the end": text + b"\0",
        "text after the end": text + b"more\n",
        "second array": text + text,
        "upper-case id": line(b"sha256:a", b"sha256:A") if b'"sha256:a' in text else text.replace(b"sha256:", b"SHA256:", 1),
        "another version": line(b'"version":1}', b'"version":2}'),
        "another format": line(b"launchgate-evidence", b"launchgate-proofs"),
        "member beside the record": line(b',"signatures":', b',"note":"x","signatures":'),
        "cut in the middle": text[: len(text) // 2],
        "cut before the end": text[:-3],
        "empty": b"",
        "only the first line": text.split(b"\n")[0] + b"\n",
        "conflict markers": line(b"\n,", b"\n<<<<<<< ours\n,"),
        "UTF-16": text.decode().encode("utf-16"),
        "deep nesting": line(b'"subject":"shop"', b'"subject":' + b"[" * 100_000),
        "number beyond 2^53": text.replace(b'"count":', b'"count":9007199254740993', 1),
    }
    for name, content in changed.items():
        assert content != text, name
        yield Case("spelling", name, "damage", content, head)
    yield Case("spelling", "no newline at the end", "as before", text[:-1], head)
    for name, pair in {"NFC and NFD": ("Mar\u00e1 ", "Mara\u0301 "), "homoglyph": ("Mara ", "M\u0430ra ")}.items():
        forged = json.loads(json.dumps(base).replace("Mara ", pair[1]))
        yield Case("spelling of a name", name, "damage", rendered(forged), head)
        yield Case("spelling of a name", f"{name}, ids follow", "damage", rendered(relinked(forged)), head)
    forged = copy.deepcopy(base)
    forged[3]["record"]["cafe\u0301"] = forged[3]["record"]["caf\u00e9"] = "x"
    yield Case("keys that look alike", "NFC and NFD", "damage", rendered(relinked(forged)), head)


def links(work, base, head):
    """Parents: missing, twice, the record itself, its own child; references that lie nowhere or in another past."""
    nowhere = "sha256:" + "0" * 64
    for index in range(1, len(base)):
        forged = copy.deepcopy(base)
        forged[index]["record"]["parents"] = [nowhere]
        yield Case("parent that is nowhere", str(index), "damage", rendered(relinked(forged)), head)
        forged = copy.deepcopy(base)
        forged[index]["record"]["parents"] *= 2
        yield Case("parent twice", str(index), "damage", rendered(relinked(forged)), head)
        forged = copy.deepcopy(base)
        forged[index]["record"]["parents"] = [base[-1]["id"]]
        yield Case("descendant as parent", str(index), "damage", rendered(forged), head)
        forged = unsigned(copy.deepcopy(base))
        forged[index]["record"]["parents"] = []
        yield Case("no parent, signatures dropped", str(index), "not trusted and no GO", rendered(relinked(forged)), head)
        if "record" in base[index]["record"]:
            forged = unsigned(copy.deepcopy(base))
            forged[index]["record"]["record"] = nowhere
            yield Case("refers to nothing, signatures dropped", str(index), "damage", rendered(relinked(forged)), head)
