internal import Checklist
internal import Evidence
internal import Gate

extension SessionState {
  /// What is best done now and how much is left, in a few words with the key for it.
  public var whatNext: String? {
    guard let report else { return nil }
    if !drafts.isEmpty, openControls.isEmpty { return "all is decided: S signs \(drafts.count)" }
    let probed = report.points.contains { !$0.findings.isEmpty }
    if !probed, report.checklist.points.contains(where: { !$0.probes.isEmpty }) {
      return "R runs the probes"
    }
    let left = openControls.count
    if left > 0 { return "\(left) \(left == 1 ? "control" : "controls") left: ]" }
    switch (report.verdict, report.seal) {
    case (.go, .sealed): return "nothing is left: commit the evidence"
    case (.go, _): return "nothing is left: v, then S seals"
    default: return "v says what blocks"
    }
  }

  /// That sentence, with what to do next.
  func withNext(_ text: String) -> String {
    whatNext.map { "\(text); \($0)" } ?? text
  }

  /// Points whose findings are too old or soon will be, and have a probe to look again.
  public var oldPoints: [String] {
    guard let report else { return [] }
    return report.points.filter { standing in
      guard !standing.point.probes.isEmpty else { return false }
      if standing.state == .stale { return true }
      if standing.state == .lapsed { return !standing.findings.isEmpty }
      // As the gate warns: what lasts longer is not looked at again for nothing.
      let own = standing.point.how == .automatic ? standing.point.validFor : nil
      let period = own ?? report.checklist.findingsValidFor
      return standing.findings.contains { $0.at + period <= now + .hours(3) }
    }.map(\.point.id)
  }

  /// Runs the probes of what is too old or soon will be.
  mutating func refreshOld() -> [Effect] {
    let points = oldPoints
    guard !points.isEmpty else {
      note("no finding is old, or will be within 3 hours")
      return []
    }
    return startRun(points)
  }

  /// Why a collected decision cannot be signed as it is, or nil.
  ///
  /// A person decides on what stood there: where that has changed, it has to be read again.
  public func trouble(with draft: DecisionDraft) -> String? {
    guard let standing = report?.standing(draft.point) else {
      return "is no longer on the checklist"
    }
    if Digest(of: standing.point.value) != draft.pointDigest {
      return "its text has changed since you decided"
    }
    if let seen = draft.factsDigest, let now = standing.factsDigest, seen != now {
      return "what the probe saw has changed since you decided"
    }
    return nil
  }

  /// The first decision that cannot be signed as it is, and what to do about it.
  var firstTrouble: String? {
    for draft in drafts {
      if trouble(with: draft) != nil {
        return "\(draft.point) cannot be signed: Esc, then s decides anew, D drops it"
      }
    }
    return nil
  }
}
