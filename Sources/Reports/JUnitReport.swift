internal import Checklist
internal import Evidence
internal import Gate

/// JUnit XML: a suite for each control, a case for each point.
///
/// Green is a point that is OK, and nothing else. What does not apply or was accepted as a risk is
/// skipped; a failure is what is known to be wrong; what is unknown, old or waits for a person is
/// an error, because readers take skipped for green.
struct JUnitReport {
  private let report: Report

  init(_ report: Report) { self.report = report }

  /// The whole document.
  var text: String {
    let suites = [launchSuite].compactMap(\.self) + report.controls.map(suite)
    let cases = suites.flatMap(\.cases)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(escaped("launchgate \(report.title)"))" \(counts(cases))>
      \(suites.map(text).joined(separator: "\n"))
      </testsuites>

      """
  }

  private enum Outcome { case green, skipped, failure, error }

  private struct Case {
    var name: String
    var className: String
    var outcome: Outcome
    var kind: String
    var message: String
    var details: String
  }

  private struct Suite {
    var name: String
    var cases: [Case]
  }

  private func suite(_ control: ControlEntry) -> Suite {
    Suite(
      name: "\(control.number) \(control.title)",
      cases: control.points.map { point in
        Case(
          name: "\(point.id) \(point.text)", className: control.slug,
          outcome: outcome(point.state), kind: point.state.rawValue, message: point.reason,
          details: details(point))
      })
  }

  /// What blocks the launch as a whole, of which no point tells.
  private var launchSuite: Suite? {
    let blockers = report.launchBlockers
    if blockers.isEmpty { return nil }
    return Suite(
      name: "launch",
      cases: blockers.enumerated().map { index, blocker in
        Case(
          name: "launch \(index + 1)", className: "launch", outcome: outcome(blocker.state),
          kind: blocker.state.rawValue, message: blocker.reason, details: blocker.wayOut ?? "")
      })
  }

  private func outcome(_ state: State) -> Outcome {
    switch state {
    case .ok: .green
    case .notApplicable, .risk: .skipped
    case .fail: .failure
    case .open, .review, .stale, .lapsed, .unknown: .error
    }
  }

  private func details(_ point: PointEntry) -> String {
    var lines = ["state: \(point.state.rawValue)", point.reason]
    if let wayOut = point.wayOut { lines.append("what to do: \(wayOut)") }
    if let said = point.said {
      lines.append(
        "\(said.answer.rawValue) by \(said.who) (\(said.role)) at \(said.at.rfc3339), "
          + "\(said.signature), record \(said.record)")
      if !said.note.isEmpty { lines.append(said.note) }
    }
    lines += point.seen.map { "\($0.probe): \($0.verdict.rawValue), \($0.message)" }
    return lines.joined(separator: "\n")
  }

  private func text(_ suite: Suite) -> String {
    let properties = suite.name == "launch" || suite.name == firstName ? self.properties : ""
    return """
      <testsuite name="\(escaped(suite.name))" \(counts(suite.cases)) \
      timestamp="\(report.at.rfc3339)">\(properties)
      \(suite.cases.map(text).joined(separator: "\n"))
      </testsuite>
      """
  }

  private var firstName: String? {
    report.controls.first.map { "\($0.number) \($0.title)" }
  }

  private func text(_ test: Case) -> String {
    let opening =
      "<testcase name=\"\(escaped(test.name))\" classname=\"\(escaped(test.className))\" time=\"0\">"
    let message = "message=\"\(escaped(test.message))\""
    let inner =
      switch test.outcome {
      case .green: ""
      case .skipped: "<skipped \(message)/>"
      case .failure:
        "<failure \(message) type=\"\(test.kind)\">\(escaped(test.details))</failure>"
      case .error: "<error \(message) type=\"\(test.kind)\">\(escaped(test.details))</error>"
      }
    let said = [.green, .skipped].contains(test.outcome)
    let output = said ? "<system-out>\(escaped(test.details))</system-out>" : ""
    return "\(opening)\(inner)\(output)</testcase>"
  }

  private func counts(_ cases: [Case]) -> String {
    func count(_ outcome: Outcome) -> Int { cases.filter { $0.outcome == outcome }.count }
    return "tests=\"\(cases.count)\" failures=\"\(count(.failure))\" errors=\"\(count(.error))\" "
      + "skipped=\"\(count(.skipped))\" time=\"0\""
  }

  private var properties: String {
    let pairs: [(String, String)] =
      [
        ("verdict", report.verdict.rawValue), ("scope", report.scopeWords),
        ("release", report.seal.words),
        (
          "states",
          "JUnit has no state for what was never looked at: OPEN, REVIEW, UNKNOWN, STALE and LAPSED "
            + "are errors, N/A and RISK are skipped"
        ),
      ] + report.heads.map { ("head", $0.description) }
      + report.established.map { ("established", $0) }
      + report.notEstablished.map { ("not-established", $0) }
    return "\n<properties>\n"
      + pairs.map { "<property name=\"\($0.0)\" value=\"\(escaped($0.1))\"/>" }
      .joined(separator: "\n") + "\n</properties>"
  }

  private func escaped(_ text: String) -> String { HTMLText.escaped(text) }
}
