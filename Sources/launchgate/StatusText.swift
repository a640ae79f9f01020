internal import Checklist
internal import Gate
internal import Session

/// How the launch stands, as lines.
enum StatusText {
  /// The headline, every control with its points, and what comes next.
  static func of(_ report: GateReport) -> String {
    var lines = [VerdictSummary.headline(report), VerdictSummary.counts(report)]
    lines += VerdictSummary.notices(report)
    for domain in report.checklist.walk {
      lines += ["", domain.title]
      for control in domain.controls {
        lines.append("  \(control.number) \(control.title)  \(report.state(of: control).rawValue)")
        let left = report.standings(of: control).filter { !$0.state.isSettled }
        let waiting = left.filter { !$0.waitsFor.isEmpty }
        if !waiting.isEmpty {
          let facts = Set(waiting.flatMap(\.waitsFor)).sorted().map { Condition.prefix + $0 }
          lines.append(
            "    \(waiting.map(\.point.id).joined(separator: " ")) "
              + "wait for \(facts.joined(separator: " "))")
        }
        for standing in left where standing.waitsFor.isEmpty {
          lines.append("    \(standing.point.id) \(standing.state.rawValue)  \(standing.reason)")
          if standing.point.isFact { lines.append("      \(standing.point.text)") }
          if let wayOut = standing.wayOut { lines.append("      -> \(wayOut)") }
        }
      }
    }
    lines += [""] + report.warningsInShort.map { "warning: \($0)" }
    if let until = report.validUntil { lines.append("valid until \(until.rfc3339)") }
    lines.append(VerdictSummary.seal(report.seal))
    return lines.joined(separator: "\n")
  }
}
