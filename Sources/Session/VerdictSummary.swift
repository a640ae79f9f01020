public import Checklist
internal import Evidence
public import Gate

/// The verdict in plain text, for the clipboard and for lines of output.
public enum VerdictSummary {
  /// The whole launch: verdict, counts, every blocker with its way out.
  public static func text(_ report: GateReport) -> String {
    var lines = [headline(report), counts(report)]
    for group in groups(report.blockers) {
      let places = group.compactMap(\.point).map { "\($0) " }.joined()
      lines.append("\(group[0].state.rawValue) \(places)\(group[0].reason)")
      if let wayOut = group[0].wayOut { lines.append("  -> \(wayOut)") }
    }
    lines += report.warningsInShort.map { "warning: \($0)" }
    lines += notices(report)
    if let until = report.validUntil { lines.append("valid until \(until.short) UTC") }
    lines.append(seal(report.seal))
    return lines.joined(separator: "\n") + "\n"
  }

  /// Blockers of one state with one reason and one way out, together: points that nobody can look
  /// at for want of a URL are one thing to do.
  private static func groups(_ blockers: [Blocker]) -> [[Blocker]] {
    var groups: [[Blocker]] = []
    for blocker in blockers {
      let index = groups.firstIndex { group in
        group[0].point != nil && blocker.point != nil && group[0].state == blocker.state
          && group[0].reason == blocker.reason && group[0].wayOut == blocker.wayOut
      }
      if let index { groups[index].append(blocker) } else { groups.append([blocker]) }
    }
    return groups
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
    let waiting = report.points.count { !$0.waitsFor.isEmpty }
    let waits = waiting > 0 ? ["of these \(waiting) waiting for a fact"] : []
    return "\(report.points.count.counted("point")): "
      + (counts + extra + waits).joined(separator: ", ")
  }

  /// What else is settled, loosened or due, a line each; empty where there is nothing of it.
  public static func notices(_ report: GateReport) -> [String] {
    var lines: [String] = []
    if !report.facts.isEmpty {
      let open = report.facts.count { !$0.state.isSettled }
      lines.append("\(report.facts.count.counted("fact")) of the launch: \(open) open")
    }
    if let approval = report.approval {
      lines.append("LOOSENED, \(approval.state.rawValue): \(approval.point.text)")
    }
    if !report.ticks.isEmpty {
      let held = report.ticks.count(where: \.isSettled)
      lines.append("\(held) of \(report.ticks.count.counted("tick holds", "ticks hold"))")
    }
    lines += report.dues.map { due in
      "next due \(due.at.rfc3339): \(due.occasion)\(due.isEnforced ? "" : ", not enforced")"
    }
    return lines
  }

  /// Whether the release was signed off, in words.
  public static func seal(_ status: SealStatus) -> String {
    switch status {
    case .unsealed: "not sealed"
    case .sealed(let id, let by, let at): "sealed by \(by) at \(at.short) UTC, \(id)"
    case .reopened(let id, let reason): "sealed by \(id.short), but reopened: \(reason)"
    }
  }
}
