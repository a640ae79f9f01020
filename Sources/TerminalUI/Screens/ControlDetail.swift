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

  /// All of it, one under the other.
  func lines(_ glyphs: Glyphs) -> [Line] { standing(glyphs) + background(glyphs) }

  /// What is so now, and what is left to do.
  func standing(_ glyphs: Glyphs) -> [Line] {
    var lines = [summary(glyphs), ""]
    // What is wrong comes first, and needs no scrolling.
    let standings = report.standings(of: control).enumerated().sorted {
      ($1.element.state.gravity, $0.offset) < ($0.element.state.gravity, $1.offset)
    }
    for standing in standings { lines += point(standing.element, glyphs) }
    return lines
  }

  /// Why it matters, how to mend it and how to look by hand, and what was recorded.
  func background(_ glyphs: Glyphs) -> [Line] {
    var lines: [Line] = []
    lines += section("WHY IT MATTERS", control.why) + section("HOW TO FIX", control.fix)
    lines += GuidanceLines.of(control)
    lines += section("LOOK WITHOUT THIS TOOL", control.look)
    if !control.references.isEmpty {
      lines += section("REFERENCES", control.references.joined(separator: ", "))
    }
    return lines + history()
  }

  private func summary(_ glyphs: Glyphs) -> Line {
    var notes = [control.severity.rawValue]
    if let mode = control.mode { notes.append(mode.words) }
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
      case .manual: standing.point.isFact ? "yes or no" : "a person"
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
      lines.append(Line("  \(glyphs.arrow) \(KeyPhrase.onScreen(wayOut))", hanging: 4))
    }
    if let question = standing.point.question {
      lines.append(Line("  asks: \(question)", .key, hanging: 8))
    }
    if let duty = standing.point.duty {
      lines.append(Line("  duty: \(duty), \(report.duties[duty] ?? "nobody")", hanging: 8))
    }
    lines += ChangeLines.of(state.snapshot?.changes[standing.point.id] ?? [], glyphs)
    if let draft = state.draft(standing.point.id) {
      lines.append(Line("  drafted: \(draft.answer.rawValue), not signed yet", .info, hanging: 2))
    }
    for counted in standing.findings { lines += finding(counted, glyphs) }
    if let decision = standing.decision {
      lines.append(signed(decision, isFact: standing.point.isFact))
    }
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
      let parts = finding.coverageInWords.joined(separator: ", ")
      lines.append(Line("    looked at \(parts)", .dim, hanging: 4))
    }
    if let command = finding.reproduce {
      lines.append(Line("    see for yourself: \(command)", .dim, hanging: 4))
    }
    return lines
  }

  private func signed(_ counted: CountedDecision, isFact: Bool) -> Line {
    let decision = counted.decision
    let answer =
      isFact ? (decision.answer == .met ? "yes" : "no") : decision.answer.rawValue
    let day = decision.performedOn.map { ", done on \($0)" } ?? ""
    let eyes =
      counted.countersigners.isEmpty
      ? "" : ", with \(counted.countersigners.joined(separator: " and "))"
    let carried = counted.isCarried ? ", from an earlier launch" : ""
    let role = counted.by.person.map { " (\($0.role))" } ?? ""
    return Line(
      "  \(answer) by \(counted.by.name)\(role)\(eyes), \(counted.at.short) UTC"
        + "\(day)\(carried)\(decision.note.isEmpty ? "" : ": \(decision.note)")", .plain,
      hanging: 4)
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
        "HISTORY  \(entries.count.counted("record")), last: \(last.type) \(last.outcome) "
          + "by \(last.who)", .dim)
    ]
  }
}

extension Control.Mode {
  /// How the source wants it done, in words.
  fileprivate var words: String {
    switch self {
    case .automated: "automated"
    case .semiAutomated: "semi-automated"
    case .manualGate: "manual gate"
    }
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
