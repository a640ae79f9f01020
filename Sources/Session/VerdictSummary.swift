public import Checklist
internal import Evidence
public import Gate

/// The verdict in plain text, for the clipboard and for lines of output.
public enum VerdictSummary {
  /// The whole launch: verdict, counts, every blocker with its way out.
  public static func text(_ report: GateReport) -> String {
    var lines = [headline(report), counts(report)]
    for blocker in report.blockers {
      let place = blocker.point.map { "\($0) " } ?? ""
      lines.append("\(blocker.state.rawValue) \(place)\(blocker.reason)")
      if let wayOut = blocker.wayOut { lines.append("  -> \(wayOut)") }
    }
    lines += report.warnings.map { "warning: \($0)" }
    if let until = report.validUntil { lines.append("valid until \(until.rfc3339)") }
    lines.append(seal(report.seal))
    return lines.joined(separator: "\n") + "\n"
  }

  /// One control with its points.
  public static func text(_ control: Control, _ report: GateReport) -> String {
    let points = report.standings(of: control).map {
      "\($0.point.id) \($0.state.rawValue) \($0.point.text): \($0.reason)"
    }
    return (["\(control.number) \(control.title)"] + points).joined(separator: "\n") + "\n"
  }

  /// `NO-GO  acme-shop 4.2.0 -> production`.
  public static func headline(_ report: GateReport) -> String {
    "\(report.verdict.rawValue)  \(report.subject) \(report.release) -> \(report.environment)"
  }

  /// How many points stand how.
  public static func counts(_ report: GateReport) -> String {
    let counts = State.allCases.filter { report.count($0) > 0 }
      .map { "\(report.count($0)) \($0.rawValue)" }
    let byHand = report.points.filter(\.isObservedByHand).count
    let extra = byHand > 0 ? ["of these \(byHand) observed by hand"] : []
    return "\(report.points.count) points: " + (counts + extra).joined(separator: ", ")
  }

  /// Whether the release was signed off, in words.
  public static func seal(_ status: SealStatus) -> String {
    switch status {
    case .unsealed: "not sealed"
    case .sealed(let id, let by, let at): "sealed by \(by) at \(at.rfc3339), \(id)"
    case .reopened(let id, let reason): "sealed by \(id.short), but reopened: \(reason)"
    }
  }
}
