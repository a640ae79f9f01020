public import Checklist
internal import Evidence
internal import Gate

extension SessionState {
  /// Controls with something left to do, in the order in which it should be done; what is drafted
  /// is left out.
  ///
  /// Facts and approvals come first, then the gravest, and among the equally grave what the
  /// checklist puts first.
  public var openControls: [Control] {
    guard let report else { return [] }
    let priorities = report.checklist.priorities.flatMap(\.points)
    let open = report.controls.enumerated().compactMap { index, control -> OpenControl? in
      let left = report.standings(of: control).filter(isLeft)
      guard let gravity = left.map({ ($0.stateIfAsked ?? $0.state).gravity }).max() else {
        return nil
      }
      let ids = Set(left.map(\.point.id))
      let isPreliminary = report.checklist.control(control.number) == nil
      return OpenControl(
        control: control,
        rank: [
          isPreliminary ? 0 : 1, -gravity,
          priorities.firstIndex { ids.contains($0) } ?? priorities.count, index,
        ])
    }
    return open.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.control)
  }

  /// Whether a person has something to do about it now.
  ///
  /// What waits for a fact is asked with the fact, unless that was answered with yes meanwhile.
  private func isLeft(_ standing: PointStanding) -> Bool {
    guard !(standing.stateIfAsked ?? standing.state).isSettled, draft(standing.point.id) == nil
    else { return false }
    return isAsked(standing)
  }

  /// Whether the facts on which it depends are known or drafted with yes.
  func isAsked(_ standing: PointStanding) -> Bool {
    standing.waitsFor.allSatisfy { draft(Condition.prefix + $0)?.answer == .met }
  }
}

private struct OpenControl {
  var control: Control
  /// Smaller comes first, place by place.
  var rank: [Int]
}
