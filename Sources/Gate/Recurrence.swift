public import Checklist
internal import Evidence

/// When a sealed launch has to be looked at again.
public struct DueDate: Hashable, Sendable {
  /// Id of the occasion; `periodic` for a periodic gate itself.
  public var occasion: String
  /// What is due, in the words of the checklist.
  public var text: String
  /// The moment from which it is due.
  public var at: Timestamp
  /// Whether the gate stays shut from then on until the release is sealed again.
  public var isEnforced: Bool

  /// A review of that occasion.
  public init(occasion: String, text: String, at: Timestamp, isEnforced: Bool) {
    self.occasion = occasion
    self.text = text
    self.at = at
    self.isEnforced = isEnforced
  }
}

/// What comes back by itself: due since the last seal, or since the launch was opened where nobody
/// sealed it, so that taking a seal away gains no time.
struct Recurrence {
  /// All that comes back, the next first; empty where nobody sealed a GO.
  let dues: [DueDate]
  /// Enforced reviews that are overdue.
  let blockers: [Blocker]
  /// Reviews that are due soon, or overdue without being enforced.
  let warnings: [String]
  /// When the first enforced review is due.
  let end: Timestamp?

  init(_ evidence: Evidence, _ scope: JudgementScope) {
    let seals = evidence.entries.filter { entry in
      guard case .seal(let seal) = entry.record.body, seal.verdict == GateVerdict.go.rawValue
      else { return false }
      return scope.admission.refusal(of: entry, for: nil) == nil
    }
    let last = seals.max { $0.record.at < $1.record.at }
    guard let start = (last ?? evidence.entries.first)?.record.at else {
      (dues, blockers, warnings, end) = ([], [], [], nil)
      return
    }
    let all = Self.cycles(scope.rules.checklist).map { cycle in
      (due: cycle.due(after: start), every: cycle.every)
    }
    .sorted { $0.due.at < $1.due.at }
    let hasLooked = Self.hasLooked(since: last, evidence, scope.rules.checklist)
    blockers = all.map(\.due).filter { $0.isEnforced && $0.at <= scope.now }.map { due in
      Self.blocker(due, isSealed: last != nil, hasLooked: hasLooked)
    }
    dues = last == nil ? [] : all.map(\.due)
    warnings = all.filter { last != nil || $0.due.isEnforced }.compactMap { cycle in
      Self.warning(cycle.due, every: cycle.every, scope.now)
    }
    end = all.first { $0.due.isEnforced }?.due.at
  }

  private struct Cycle {
    var id: String
    var text: String
    var every: Period
    var isEnforced: Bool

    func due(after start: Timestamp) -> DueDate {
      DueDate(occasion: id, text: text, at: start + every, isEnforced: isEnforced)
    }
  }

  private static func cycles(_ checklist: Checklist) -> [Cycle] {
    let own = checklist.every.map {
      Cycle(
        id: "periodic", text: checklist.title, every: $0,
        isEnforced: checklist.purpose == .periodic)
    }
    return [own].compactMap(\.self)
      + checklist.occasions.compactMap { occasion in
        occasion.every.map {
          Cycle(id: occasion.id, text: occasion.text, every: $0, isEnforced: occasion.isEnforced)
        }
      }
  }

  /// Whether probes have run since the seal, where the checklist has any: a review is a new look.
  private static func hasLooked(
    since seal: Entry?, _ evidence: Evidence, _ checklist: Checklist
  ) -> Bool {
    guard checklist.points.contains(where: { !$0.probes.isEmpty }) else { return true }
    return evidence.entries.contains { entry in
      guard case .run = entry.record.body else { return false }
      return seal.map { !evidence.isAncestor(entry.id, of: $0.id) } ?? true
    }
  }

  private static func blocker(_ due: DueDate, isSealed: Bool, hasLooked: Bool) -> Blocker {
    var blocker = Blocker(
      state: .stale,
      reason: "periodic review due since \(due.at.date): \(due.occasion), \(due.text)"
        + (isSealed ? "" : "; the release was never sealed"),
      wayOut: hasLooked
        ? "seal the release again when all else is settled: launchgate seal"
        : "run all probes, settle what they find, and seal the release again")
    blocker.isLiftedBySeal = hasLooked
    return blocker
  }

  /// A week ahead, or a quarter of a shorter period.
  private static func warning(_ due: DueDate, every: Period, _ now: Timestamp) -> String? {
    let notice = Period(seconds: min(7 * 86_400, every.seconds / 4))
    guard due.at <= now + notice else { return nil }
    if due.at <= now {
      return due.isEnforced ? nil : "\(due.occasion) is due since \(due.at.date): \(due.text)"
    }
    return "\(due.occasion) is due on \(due.at.short) UTC: \(due.text)"
  }
}
