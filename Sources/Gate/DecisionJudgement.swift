internal import Checklist
internal import Evidence

/// Which decisions on one point count, by whom, and since when they are contradicted.
///
/// A positive decision counts only if every negative one lies in its past. Taking a positive
/// decision away can then never improve what is left.
struct DecisionJudgement {
  /// A positive decision that counts, with all who stand behind it.
  struct Live {
    var said: Timeline.Said
    var others: [Author.Signer]
  }

  /// Positive decisions that count and have all the eyes that they need.
  private(set) var live: [Live] = []
  /// Positive decisions that would count with a second person.
  private(set) var waiting: [Live] = []
  /// The last "not met" that nobody lifted, whether or not something positive followed.
  private(set) var notMet: Timeline.Said?
  /// The last taking back of a sign-off, for the explanation.
  private(set) var takenBack: Timeline.TakenBack?
  /// Why other decisions do not count.
  private(set) var discounted: [String] = []

  init(
    _ point: Point, of control: Control, _ timeline: Timeline, _ evidence: Evidence,
    _ admission: Admission
  ) {
    let takenBack = timeline.takenBack[point.id] ?? []
    let all = timeline.said[point.id] ?? []
    var positives: [Timeline.Said] = []
    var negatives: [Timeline.Said] = []
    for said in all {
      let isRevoked = takenBack.contains { $0.target == said.entry.id }
      if said.decision.answer == .notMet {
        // Taking back a "not met" helps the launch, so that it wants the same right as a "met".
        let isLifted = takenBack.contains {
          $0.target == said.entry.id && admission.refusal(of: $0.entry, for: control) == nil
        }
        if !isLifted { negatives.append(said) }
      } else if let refusal = Self.refusal(of: said, point, control, admission) {
        discounted.append(refusal)
      } else if !isRevoked {
        positives.append(said)
      }
    }
    sort(
      positives, control, admission,
      against: negatives.map(\.entry.id) + takenBack.map(\.entry.id), evidence)
    notMet = negatives.last
    self.takenBack = takenBack.last
  }

  private mutating func sort(
    _ positives: [Timeline.Said], _ control: Control, _ admission: Admission,
    against negatives: [RecordID], _ evidence: Evidence
  ) {
    for said in positives {
      let isContradicted = negatives.contains {
        $0 != said.entry.id && !evidence.isAncestor($0, of: said.entry.id)
      }
      guard !isContradicted, let signer = said.origin.record.by.person else { continue }
      var others = said.countersigns
        .filter { admission.refusal(of: $0, for: control) == nil }
        .compactMap(\.record.by.person).filter { !$0.isSamePerson(as: signer) }
      others += positives.filter { $0.agrees(with: said) }
        .compactMap(\.origin.record.by.person).filter { !$0.isSamePerson(as: signer) }
      let judged = Live(said: said, others: others)
      if control.fourEyes && others.isEmpty { waiting.append(judged) } else { live.append(judged) }
    }
  }

  private static func refusal(
    of said: Timeline.Said, _ point: Point, _ control: Control, _ admission: Admission
  ) -> String? {
    if said.isCarried {
      guard point.boundTo == .time else { return "only time-bound points can be carried over" }
      if let refusal = admission.refusal(of: said.entry, for: control) { return refusal }
    }
    if let refusal = admission.refusal(of: said.origin, for: control) { return refusal }
    if let day = said.decision.performedOn,
      day > CalendarDate(daysSinceEpoch: said.origin.record.at.date.daysSinceEpoch + 1)
    {
      return "it is said to have been performed on \(day), after it was recorded"
    }
    return nil
  }
}

extension Timeline.Said {
  /// Whether an independent decision says the same of the same thing.
  fileprivate func agrees(with other: Timeline.Said) -> Bool {
    decision.answer == other.decision.answer && decision.pointDigest == other.decision.pointDigest
      && decision.factsDigest == other.decision.factsDigest
  }
}
