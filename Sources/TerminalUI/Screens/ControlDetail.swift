internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Everything about one control, in the order of the questions: what happened, why it matters,
/// how to fix it, what is left for a person, history.
struct ControlDetail {
  let control: Control
  let report: GateReport
  let state: SessionState

  init(_ control: Control, _ report: GateReport, _ state: SessionState) {
    self.control = control
    self.report = report
    self.state = state
  }

  func lines(_ glyphs: Glyphs) -> [Line] {
    var lines = [summary(glyphs), ""]
    // What is wrong comes first, and needs no scrolling.
    let standings = report.standings(of: control).enumerated().sorted {
      ($1.element.state.gravity, $0.offset) < ($0.element.state.gravity, $1.offset)
    }
    for standing in standings { lines += point(standing.element, glyphs) }
    lines += section("WHY IT MATTERS", control.why) + section("HOW TO FIX", control.fix)
    lines += section("LOOK WITHOUT THIS TOOL", control.look)
    if !control.references.isEmpty {
      lines += section("REFERENCES", control.references.joined(separator: ", "))
    }
    return lines + history()
  }

  private func summary(_ glyphs: Glyphs) -> Line {
    var notes = [control.severity.rawValue]
    if control.fourEyes { notes.append("four eyes") }
    if let duty = control.duty { notes.append("\(duty): \(report.duties[duty] ?? "nobody")") }
    return Line(
      [report.state(of: control).sign(glyphs), Span(" " + notes.joined(separator: ", "))],
      hanging: 10)
  }

  private func point(_ standing: PointStanding, _ glyphs: Glyphs) -> [Line] {
    let kind =
      switch standing.point.how {
      case .automatic: "automatic"
      case .assisted: "probe, then a person"
      case .manual: "a person"
      }
    var lines: [Line] = [
      Line(
        [
          Span("\(standing.point.id) ", .key), standing.state.sign(glyphs),
          Span(" (\(kind))", .dim),
        ]),
      Line("  \(standing.point.text)", hanging: 2),
      Line([Span("  \(standing.reason)", standing.state.style)], hanging: 2),
    ]
    if let wayOut = standing.wayOut {
      lines.append(Line("  \(glyphs.arrow) \(wayOut)", hanging: 4))
    }
    if let draft = state.draft(standing.point.id) {
      lines.append(Line("  drafted: \(draft.answer.rawValue), not signed yet", .info, hanging: 2))
    }
    for counted in standing.findings { lines += finding(counted, glyphs) }
    if let decision = standing.decision { lines.append(signed(decision)) }
    lines += standing.discounted.suffix(2).map { Line("  does not count: \($0)", .dim, hanging: 2) }
    if let expires = standing.expires, standing.state.isSettled {
      lines.append(Line("  holds until \(expires.short) UTC", .dim))
    }
    return lines + [""]
  }

  private func finding(_ counted: CountedFinding, _ glyphs: Glyphs) -> [Line] {
    let finding = counted.finding.finding
    var lines = [
      Line(
        [
          Span("  "), finding.verdict.sign(glyphs),
          Span(
            " \(counted.finding.probe)  \(counted.at.short) UTC, \(finding.vantage.words)", .dim),
        ], hanging: 4)
    ]
    let shown =
      finding.details.filter { $0.verdict != .pass }
      + finding.details.filter {
        $0.verdict == .pass
      }
    lines += shown.prefix(8).map {
      Line([Span("    "), $0.verdict.sign(glyphs), Span(" \($0.text)")], hanging: 6)
    }
    if shown.count > 8 { lines.append(Line("    and \(shown.count - 8) more", .dim)) }
    if !finding.coverage.isEmpty {
      let parts = finding.coverage.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      lines.append(Line("    looked at \(parts.joined(separator: ", "))", .dim, hanging: 4))
    }
    if let command = finding.reproduce {
      lines.append(Line("    see for yourself: \(command)", .dim, hanging: 4))
    }
    return lines
  }

  private func signed(_ counted: CountedDecision) -> Line {
    let decision = counted.decision
    let day = decision.performedOn.map { ", done on \($0)" } ?? ""
    let eyes =
      counted.countersigners.isEmpty
      ? "" : ", with \(counted.countersigners.joined(separator: " and "))"
    let carried = counted.isCarried ? ", from an earlier launch" : ""
    let role = counted.by.person.map { " (\($0.role))" } ?? ""
    return Line(
      "  \(decision.answer.rawValue) by \(counted.by.name)\(role)\(eyes), \(counted.at.short) UTC"
        + "\(day)\(carried): \(decision.note)", .plain, hanging: 4)
  }

  private func section(_ title: String, _ text: String) -> [Line] {
    if text.isEmpty { return [] }
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    return [Line(title, .heading)] + paragraphs.map { Line("  \($0)", hanging: 2) } + [""]
  }

  private func history() -> [Line] {
    let points = Set(control.points.map(\.id))
    let entries = (state.snapshot?.history ?? []).filter { entry in
      entry.points.contains { points.contains($0) }
    }
    guard let last = entries.first else { return [] }
    return [
      Line(
        "HISTORY  \(entries.count) records, last: \(last.type) \(last.outcome) by \(last.who)", .dim
      )
    ]
  }
}

extension Vantage {
  /// From where it was seen, in words.
  fileprivate var words: String {
    switch network {
    case .local: "on \(host)"
    case .loopback: "from \(host) itself"
    case .privateNetwork: "from \(host), private network"
    case .internet: "from \(host), over the internet"
    }
  }
}
