internal import Checklist
internal import Evidence
internal import Gate

/// A log in SARIF 2.1.0: a rule and a result for each point.
///
/// The kinds are those of section 3.27.9: what waits for a person is `review`, what could not be
/// looked at or no longer holds is `open`. An accepted risk stays a `fail`, with a suppression.
/// GitHub reads neither kinds nor suppressions: for it only what is not settled is written, and
/// accepted risks as notes.
struct SARIFReport {
  private let report: Report
  private let forGitHub: Bool

  init(_ report: Report, forGitHub: Bool = false) {
    self.report = report
    self.forGitHub = forGitHub
  }

  /// The log as canonical JSON (RFC 8785) with a line end.
  var bytes: [UInt8] {
    CanonicalJSON.bytes(
      .object([
        "$schema": .string(
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        ), "version": .string("2.1.0"), "runs": .array([run]),
      ])) + [0x0a]
  }

  private var run: JSONValue {
    .object([
      "tool": .object([
        "driver": .object([
          "name": .string("launchgate"), "fullName": .string(report.source.tool),
          "rules": .array(rules),
        ])
      ]),
      "automationDetails": .object([
        "id": .string("launchgate/\(report.launch.short)/"),
        "description": text(report.title),
      ]),
      "invocations": .array([
        .object([
          "executionSuccessful": .bool(true), "endTimeUtc": .string(report.at.rfc3339),
        ])
      ]),
      "columnKind": .string("unicodeCodePoints"),
      "results": .array(results),
      "properties": .object(
        [
          "verdict": .string(report.verdict.rawValue), "judgedAt": .string(report.at.rfc3339),
          "scope": .string(report.scopeWords), "release": .string(report.seal.words),
          "heads": .array(report.heads.map(\.value)), "launch": report.launch.value,
          "established": .strings(report.established),
          "notEstablished": .strings(report.notEstablished),
          "remarks": .strings(report.limits + [scope]),
        ].adding("commit", report.candidate.map { .string($0.commit) })),
    ])
  }

  private var scope: String {
    forGitHub
      ? "Only what is not settled is listed, each at the evidence file; accepted risks are notes."
      : "Suppressions are risks that a person accepted for a time; the results stay failures."
  }

  /// `launch` for what concerns no single point, then one rule for each point.
  private var rules: [JSONValue] {
    [launchRule] + report.controls.flatMap { control in control.points.map { rule($0, control) } }
  }

  private var launchRule: JSONValue {
    .object([
      "id": .string("launch"),
      "shortDescription": text("The launch as a whole"),
      "defaultConfiguration": .object(["level": .string("error")]),
    ])
  }

  private func rule(_ point: PointEntry, _ control: ControlEntry) -> JSONValue {
    .object([
      "id": .string(point.id),
      "shortDescription": text(point.text),
      "fullDescription": text(control.why.isEmpty ? point.text : control.why),
      "defaultConfiguration": .object(["level": .string(control.severity.level)]),
      "properties": .object([
        "control": .string(control.number), "title": .string(control.title),
        "severity": .string(control.severity.rawValue),
        "security-severity": .string(control.severity.score),
        "tags": .strings(["security"] + control.references),
      ]),
    ])
  }

  private var results: [JSONValue] {
    var results = report.launchBlockers.map(result)
    var index = 1
    for control in report.controls {
      for point in control.points {
        if isListed(point) { results.append(result(point, control, rule: index)) }
        index += 1
      }
    }
    return results
  }

  private func isListed(_ point: PointEntry) -> Bool {
    !forGitHub || !point.state.isSettled || point.state == .risk
  }

  private func result(_ blocker: BlockerEntry) -> JSONValue {
    .object(
      [
        "ruleId": .string("launch"), "ruleIndex": .integer(0),
        "message": text(blocker.reason + (blocker.wayOut.map { ". What to do: \($0)" } ?? "")),
        "locations": locations("launch", "launch"),
        "partialFingerprints": fingerprint("launch \(blocker.reason)"),
        "properties": .object(["state": .string(blocker.state.rawValue)]),
      ].merging(verdict(blocker.state, failure: "error")) { first, _ in first })
  }

  private func result(_ point: PointEntry, _ control: ControlEntry, rule: Int) -> JSONValue {
    var members: [String: JSONValue] = [
      "ruleId": .string(point.id), "ruleIndex": .integer(rule),
      "message": text(message(point)),
      "locations": locations(point.id, "\(control.slug)/\(point.id)"),
      "partialFingerprints": fingerprint(point.id),
      "properties": properties(point),
    ]
    members.merge(verdict(point.state, failure: control.severity.level)) { first, _ in first }
    if !forGitHub { members["suppressions"] = .array(suppressions(point)) }
    return .object(members)
  }

  private func message(_ point: PointEntry) -> String {
    "\(point.text) \(point.state.rawValue): \(point.reason)"
      + (point.wayOut.map { ". What to do: \($0)" } ?? "")
  }

  /// Kind and level; only failures have a level (section 3.27.10).
  private func verdict(_ state: State, failure level: String) -> [String: JSONValue] {
    if forGitHub {
      let level = state == .fail ? level : state == .risk ? "note" : "warning"
      return ["kind": .string("fail"), "level": .string(level)]
    }
    let kind =
      switch state {
      case .ok: "pass"
      case .notApplicable: "notApplicable"
      case .risk, .fail: "fail"
      case .open, .review: "review"
      case .stale, .lapsed, .unknown: "open"
      }
    return ["kind": .string(kind), "level": .string(kind == "fail" ? level : "none")]
  }

  private func suppressions(_ point: PointEntry) -> [JSONValue] {
    guard point.state == .risk, let said = point.said else { return [] }
    return [
      .object([
        "kind": .string("external"), "status": .string("accepted"),
        "guid": .string(NameUUID.of("suppression \(said.record) \(point.id)")),
        "justification": .string(
          "\(said.note) (\(said.who), \(said.role), until "
            + "\(point.expires?.rfc3339 ?? "an unknown day"); \(said.signature))"),
      ])
    ]
  }

  private func properties(_ point: PointEntry) -> JSONValue {
    .object(
      ["state": .string(point.state.rawValue), "observedByHand": .bool(point.isObservedByHand)]
        .adding("expires", point.expires.map { .string($0.rfc3339) })
        .adding(
          "decision",
          point.said.map { said in
            .object([
              "answer": .string(said.answer.rawValue), "by": .string(said.who),
              "role": .string(said.role), "at": .string(said.at.rfc3339),
              "note": .string(said.note), "record": said.record.value,
              "keys": .strings(said.keys), "signature": .string(said.signature),
            ])
          }))
  }

  private func locations(_ name: String, _ path: String) -> JSONValue {
    var place: [String: JSONValue] = [
      "artifactLocation": .object(["uri": .string(ReportURI.relative(report.source.file))])
    ]
    // Lines of an evidence file have no order that means anything; GitHub wants one all the same.
    if forGitHub { place["region"] = .object(["startLine": .integer(1)]) }
    return .array([
      .object([
        "physicalLocation": .object(place),
        "logicalLocations": .array([
          .object(["name": .string(name), "fullyQualifiedName": .string(path)])
        ]),
      ])
    ])
  }

  private func fingerprint(_ name: String) -> JSONValue {
    .object(["launchgatePoint/v1": .string(Digest(of: name.utf8).short)])
  }

  /// A message in plain text, in which links and placeholders are not meant (sections 3.11.5, 6).
  private func text(_ words: String) -> JSONValue {
    var output = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "[", "]", "\\": output += "\\\(scalar)"
      case "{", "}": output += "\(scalar)\(scalar)"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return .object(["text": .string(output)])
  }
}

extension Severity {
  /// The level of a failure.
  fileprivate var level: String { self == .medium ? "warning" : "error" }

  /// What GitHub sorts by, on the scale of CVSS.
  fileprivate var score: String {
    switch self {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    }
  }
}
