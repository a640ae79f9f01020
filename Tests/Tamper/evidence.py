"""Evidence files as any tool can handle them: lines, canonical JSON, SHA-256, ssh-keygen. Shares no code with the writer."""
import copy, hashlib, json, pathlib, subprocess, tempfile

HEADER = '[{"format":"launchgate-evidence","version":1}'


def canonical(value):
    """RFC 8785 for what evidence may hold: ASCII keys, integers, texts."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def identity(record):
    return "sha256:" + hashlib.sha256(canonical(record)).hexdigest()


def read(path):
    return json.loads(pathlib.Path(path).read_bytes())[1:]


def rendered(entries):
    lines = [HEADER.encode()]
    for entry in entries:
        signatures = sorted(entry["signatures"], key=lambda one: one["key"])
        lines.append(
            b',{"id":"' + entry["id"].encode() + b'","record":' + canonical(entry["record"])
            + b',"signatures":' + canonical(signatures) + b"}")
    return b"\n".join(lines + [b"]", b""])


def replaced(value, old, new):
    if isinstance(value, dict):
        return {key: replaced(member, old, new) for key, member in value.items()}
    if isinstance(value, list):
        return [replaced(member, old, new) for member in value]
    return new if value == old else value


def relinked(entries):
    """Every id computed anew, and every mention of an old id made to follow: a consistent forgery."""
    entries = copy.deepcopy(entries)
    for index, entry in enumerate(entries):
        old, new = entry["id"], identity(entry["record"])
        if old == new:
            continue
        entry["id"] = new
        for later in entries[index + 1:]:
            later["record"] = replaced(later["record"], old, new)
            for key in ("parents", "heads"):
                if key in later["record"]:
                    later["record"][key] = sorted(later["record"][key])
            if "signed" in later["record"]:
                later["record"]["signed"].sort(key=lambda pair: (pair["record"], pair["key"]))
    return entries


def unsigned(entries):
    return [{**entry, "signatures": []} for entry in entries]


def signature(record, key, namespace="launchgate"):
    """What ssh-keygen signs with that key over the record's canonical bytes."""
    done = subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace], input=canonical(record),
        capture_output=True, check=True)
    fingerprint = subprocess.run(
        ["ssh-keygen", "-l", "-f", f"{key}.pub"], capture_output=True, check=True, text=True)
    return {"key": fingerprint.stdout.split()[1], "sshsig": done.stdout.decode()}


def leaves(value, path=()):
    """Paths of all texts, numbers, flags and empty collections."""
    if isinstance(value, dict) and value:
        for key, member in value.items():
            yield from leaves(member, path + (key,))
    elif isinstance(value, list) and value:
        for index, member in enumerate(value):
            yield from leaves(member, path + (index,))
    else:
        yield path


def changed(record, path):
    """The record with the value at that path made another of the same kind."""
    record = copy.deepcopy(record)
    holder = record
    for step in path[:-1]:
        holder = holder[step]
    old = holder[path[-1]]
    if isinstance(old, bool):
        new = not old
    elif isinstance(old, int):
        new = old + 1
    elif isinstance(old, str):
        new = another(old)
    elif old is None:
        new = "x"
    else:
        new = ["x"] if isinstance(old, list) else {"x": "x"}
    holder[path[-1]] = new
    return record


def another(text):
    """A text that still has the form of the old one where forms are known."""
    if text.startswith("sha256:") and len(text) == 71:
        return text[:-1] + ("0" if text[-1] != "0" else "1")
    if len(text) == 20 and text.endswith("Z"):
        return text[:-2] + ("1Z" if text[-2] == "0" else "0Z")
    if len(text) == 10 and text[4:5] == "-":
        return text[:-1] + ("1" if text[-1] == "2" else "2")
    return text + "x"
