"""The table of verdicts, and which differences are explained."""
import csv, os

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.tsv")) as file:
    EXPLAINED = list(csv.DictReader(file, delimiter="\t"))


class Table:
    """Counts what is wrong: a pass of ours on a fault of theirs, and every difference that is not explained."""

    def __init__(self):
        self.wrong = self.rows = 0
        print("| server | claim | ours | judge | theirs | |\n|---|---|---|---|---|---|")

    @staticmethod
    def reasons(case, claim, judge, word):
        return [row["why ours differs"] for row in EXPLAINED
                if row["case"] in (case, "*") and row["claim"] == claim and row["judge"] == judge and row["word of the judge"] in word]

    def row(self, case, claim, finding, judge, faults):
        if faults is None:
            self.wrong += os.environ.get("CI") == "true"
            return print(f"| {case} | {claim} | {finding['verdict']} | {judge} | not installed | |")
        note, verdict = "", finding["verdict"]
        self.rows += 1
        if faults and verdict == "pass":
            note, self.wrong = "**a pass on a fault**", self.wrong + 1
        elif not faults and verdict in ("fail", "unknown"):
            reasons = self.reasons(case, claim, judge, "nothing")
            note = "; ".join(reasons) or "**a fault that they do not see**"
            self.wrong += not reasons
        elif faults and verdict != "fail":
            by_fault = [self.reasons(case, claim, judge, fault) for fault in faults]
            note = "; ".join(sorted({reason for reasons in by_fault for reason in reasons})) if all(by_fault) else "**not explained**"
            self.wrong += not all(by_fault)
        print(f"| {case} | {claim} | {verdict} | {judge} | {', '.join(faults)[:120] or 'nothing'} | {note} |", flush=True)
