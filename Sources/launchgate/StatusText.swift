internal import Checklist
internal import Gate
internal import Session

/// How the launch stands, as lines.
enum StatusText {
  /// The headline, every control with its points, and what comes next.
  static func of(_ report: GateReport) -> String {
    var lines = [VerdictSummary.headline(report), VerdictSummary.counts(report)]
    for domain in report.checklist.domains {
      lines += ["", domain.title]
      for control in domain.controls {
        lines.append("  \(control.number) \(control.title)  \(report.state(of: control).rawValue)")
        for standing in report.standings(of: control) where !standing.state.isSettled {
          lines.append("    \(standing.point.id) \(standing.state.rawValue)  \(standing.reason)")
          if let wayOut = standing.wayOut { lines.append("      -> \(wayOut)") }
        }
      }
    }
    lines += [""] + report.warnings.map { "warning: \($0)" }
    if let until = report.validUntil { lines.append("valid until \(until.rfc3339)") }
    if let due = report.nextDue { lines.append("next due \(due.rfc3339)") }
    lines.append(VerdictSummary.seal(report.seal))
    return lines.joined(separator: "\n")
  }
}
