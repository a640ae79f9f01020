public import Checklist

/// A line about several points with what is missing from it.
public struct TickStanding: Equatable, Sendable {
  /// The line.
  public var tick: Excerpt
  /// Ids of the points that are not settled, in the line's order.
  public var missing: [String]
  /// Whether all of its points are settled.
  public var isSettled: Bool { missing.isEmpty }
}

extension GateReport {
  /// The short list at the end of the checklist; a tick holds when all of its points are settled.
  public var ticks: [TickStanding] { standings(of: checklist.ticks) }

  /// What comes first when time is short.
  public var priorities: [TickStanding] { standings(of: checklist.priorities) }

  private func standings(of excerpts: [Excerpt]) -> [TickStanding] {
    // A point that is not there any more is not settled.
    let settled = Set(points.filter(\.state.isSettled).map(\.point.id))
    return excerpts.map { excerpt in
      TickStanding(tick: excerpt, missing: excerpt.points.filter { !settled.contains($0) })
    }
  }
}
