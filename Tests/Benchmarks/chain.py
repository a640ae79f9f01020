"""Evidence files of any length, made without launchgate: chains of sign-offs under one opening."""
import concurrent.futures, copy, pathlib, subprocess, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tamper"))
import evidence  # noqa: E402


def pattern(work, launchgate):
    """A file with one opening and one sign-off, as launchgate writes them, and a key."""
    subprocess.run(["bash", str(pathlib.Path(evidence.__file__).parent / "launch.sh"), launchgate], cwd=work, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return evidence.read(work / "other.json")


def chain(opening, signoff, count):
    """The opening and so many sign-offs, each the child of the one before."""
    entries = [opening]
    for number in range(count - 1):
        record = copy.deepcopy(signoff["record"])
        record["parents"] = [entries[-1]["id"]]
        record["decisions"][0]["note"] = f"Note {number}."
        entries.append({"id": evidence.identity(record), "record": record, "signatures": []})
    return entries


def signed(entries, key):
    """The same, every record but the opening signed by that key."""
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        signatures = list(pool.map(lambda entry: evidence.signature(entry["record"], key), entries[1:]))
    return [entries[0]] + [{**entry, "signatures": [one]} for entry, one in zip(entries[1:], signatures)]
