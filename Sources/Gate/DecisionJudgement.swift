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
    /// Where only sign-offs of their own make up the second pair of eyes: when the last ends.
    var othersEnd: Timestamp?
  }

  /// Positive decisions that count and have all the eyes that they need.
  private(set) var live: [Live] = []
  /// Positive decisions that would count with a second person.
  private(set) var waiting: [Live] = []
  /// The last "not met" that nobody lifted, whether or not something positive followed.
  private(set) var notMet: Timeline.Said?
  /// The last taking back of a sign-off, for the explanation.
  private(set) var takenBack: Timeline.TakenBack?
  /// The last occasion that ended earlier decisions, for the explanation.
  private(set) var reopened: Reopenings.Report?
  /// Why other decisions do not count.
  private(set) var discounted: [String] = []

  init(
    _ point: Point, of control: Control, _ timeline: Timeline, _ scope: JudgementScope
  ) {
    let admission = scope.admission
    let takenBack = timeline.takenBack[point.id] ?? []
    let all = timeline.said[point.id] ?? []
    var positives: [Timeline.Said] = []
    var negatives: [Timeline.Said] = []
    let revoked = Set(takenBack.map(\.target))
    // Taking back a "not met" helps the launch, so that it wants the same right as a "met".
    let lifted = Set(
      takenBack.filter { admission.refusal(of: $0.entry, for: control) == nil }.map(\.target))
    for said in all {
      if said.decision.answer == .notMet {
        if !lifted.contains(said.entry.id) { negatives.append(said) }
      } else if let refusal = Self.refusal(of: said, point, control, scope) {
        discounted.append(refusal)
      } else if !revoked.contains(said.entry.id) {
        positives.append(said)
      }
    }
    let reopenings = scope.reopenings.reports(on: point.id)
    // Who knew of the latest of them knew of all.
    let contradictions = scope.evidence.latest(
      negatives.map(\.entry.id) + takenBack.map(\.entry.id) + reopenings.map(\.entry.id)
    ) {
      $0
    }
    positives.removeAll { said in
      contradictions.contains {
        $0 != said.entry.id && !scope.evidence.isAncestor($0, of: said.entry.id)
      }
    }
    let agreements = Agreements(positives, on: point, scope)
    for said in positives {
      guard let judged = Self.live(said, agreements, control, scope) else { continue }
      if control.fourEyes && judged.others.isEmpty {
        waiting.append(judged)
      } else {
        live.append(judged)
      }
    }
    notMet = negatives.last
    self.takenBack = takenBack.last
    reopened = reopenings.last
  }

  /// The decision with all other people who stand behind it.
  private static func live(
    _ said: Timeline.Said, _ agreements: Agreements, _ control: Control, _ scope: JudgementScope
  ) -> Live? {
    guard let signer = said.origin.record.by.person else { return nil }
    func isOther(_ entry: Entry) -> Bool {
      guard let other = entry.record.by.person else { return false }
      return !scope.admission.isSamePerson(other, signer)
        && !scope.admission.hasOnlyKeys(of: said.origin, entry)
    }
    let countersigners = said.countersigns.filter {
      isOther($0) && scope.admission.refusal(of: $0, for: control) == nil
    }
    let partners = agreements.others(than: signer, of: said, scope.admission)
    let ends = partners.map(\.end)
    let isEndless = !control.fourEyes || !countersigners.isEmpty || ends.contains(nil)
    return Live(
      said: said,
      others: countersigners.compactMap(\.record.by.person) + partners.map(\.signer),
      othersEnd: isEndless ? nil : ends.compactMap(\.self).max())
  }

  private static func refusal(
    of said: Timeline.Said, _ point: Point, _ control: Control, _ scope: JudgementScope
  ) -> String? {
    let admission = scope.admission
    if said.isCarried {
      guard said.origin.record.launch != said.entry.record.launch else {
        return "it is carried over from this very launch"
      }
      guard point.boundTo == .time else { return "only time-bound points can be carried over" }
      if let refusal = admission.refusal(of: said.entry, for: control) { return refusal }
    }
    if let refusal = admission.refusal(of: said.origin, for: control) { return refusal }
    if let refusal = refusal(of: said.decision, point, scope) { return refusal }
    if let day = said.decision.performedOn,
      day > CalendarDate(daysSinceEpoch: said.origin.record.at.date.daysSinceEpoch + 1)
    {
      return "it is said to have been performed on \(day), after it was recorded"
    }
    return nil
  }
}

extension DecisionJudgement {
  /// Why a decision says too little, or what means nothing here; nil where it does not.
  private static func refusal(
    of decision: Decision, _ point: Point, _ scope: JudgementScope
  ) -> String? {
    guard point.permits(decision.answer) else {
      return "\(decision.answer.rawValue) is no answer here, only \(point.permitted)"
    }
    if decision.answer == .observedByHand && !decision.showsWhatWasSeen {
      return "an observation by hand says how it was made and has its output attached"
    }
    guard decision.answer == .met || decision.answer == .observedByHand else { return nil }
    if let question = point.question, !decision.hasNote {
      return "it does not answer the question: \(question)"
    }
    if let duty = point.duty, scope.duties.holders[duty] == nil {
      return "nobody holds the duty \(duty)"
    }
    return nil
  }
}

extension DecisionJudgement.Live {
  /// The decision as the report tells of it.
  var counted: CountedDecision { said.counted(countersigners: others.map(\.name)) }
}

extension Timeline.Said {
  /// The decision as the report tells of it, with the names of those who agreed.
  func counted(countersigners: [String] = []) -> CountedDecision {
    CountedDecision(
      record: entry.id, at: origin.record.at, by: origin.record.by, decision: decision,
      countersigners: countersigners, isCarried: isCarried)
  }
}

extension Decision {
  fileprivate var showsWhatWasSeen: Bool { !attachments.isEmpty && hasNote }

  fileprivate var hasNote: Bool { note.contains { !$0.isWhitespace } }
}
