internal import Checklist
internal import Evidence

extension JudgementScope {
  /// How long a look at the world counts.
  ///
  /// How long a decision holds is another thing: only automatic points have no decision, so that
  /// their `valid-for` is that of the finding.
  func findingPeriod(of point: Point) -> Period {
    (point.how == .automatic ? point.validFor : nil) ?? rules.checklist.findingsValidFor
  }

  /// When a decision stops to be fresh, or nil where only what it is bound to ends it.
  func end(of said: Timeline.Said, on point: Point) -> Timestamp? {
    // Observed by hand counts from the day on which it was done, like any other sign-off.
    let start = said.decision.performedOn?.start ?? said.origin.record.at
    if said.decision.answer == .observedByHand && !point.probes.isEmpty {
      return start + findingPeriod(of: point)
    }
    guard point.how != .automatic else { return nil }
    return point.validFor.map { start + $0 }
  }

  /// Whether the code to which a decision is bound is not the code that is to ship.
  func hasMoved(under said: Timeline.Said, on point: Point) -> Bool {
    guard point.boundTo == .code else { return false }
    return rules.candidate == nil || hasMoved(since: said.entry.id)
  }
}
