internal import Checklist
internal import Evidence

/// Until when an accepted risk covers a point, and why it may not.
struct RiskJudgement {
  /// The end of the risk, exclusive.
  let ends: Timestamp
  /// Why it does not cover the point; nil where it does.
  let refusal: String?
  /// The last day on which it covers the point.
  var lastDay: CalendarDate { Self.day(before: ends) }

  /// Judges one acceptance among all acceptances of the same point.
  ///
  /// Caps count from the first acceptance of the same facts in the acceptance's own past: what
  /// could be removed from a file must not shorten or lengthen it.
  init(
    _ live: DecisionJudgement.Live, among all: [Timeline.Said], control: Control,
    facts: Digest?, _ scope: JudgementScope
  ) {
    let said = live.said
    let earlier = all.filter {
      $0.decision.answer == .riskAccepted
        && $0.decision.factsDigest == said.decision.factsDigest
        && scope.evidence.isAncestor($0.entry.id, of: said.entry.id)
    }
    let first = (earlier.map(\.origin.record.at) + [said.origin.record.at]).min()
    let cap = (first ?? said.origin.record.at) + control.severity.riskCap
    let asked = said.decision.until.map {
      CalendarDate(daysSinceEpoch: $0.daysSinceEpoch + 1).start
    }
    ends = min(asked ?? cap, cap)
    refusal = Self.refusal(live, earlier: earlier, facts: facts, ends: ends, scope)
  }

  private static func refusal(
    _ live: DecisionJudgement.Live, earlier: [Timeline.Said], facts: Digest?, ends: Timestamp,
    _ scope: JudgementScope
  ) -> String? {
    let decision = live.said.decision
    guard decision.until != nil else { return "the accepted risk has no end" }
    if decision.factsDigest != facts { return "the risk was accepted for other facts" }
    if let previous = earlier.last?.origin.record.by.person,
      let signer = live.said.origin.record.by.person, scope.admission.isSamePerson(previous, signer)
    {
      return "a risk is renewed by a second person, not by \(signer.name) again"
    }
    return ends <= scope.now ? "the accepted risk ended after \(Self.day(before: ends))" : nil
  }

  private static func day(before end: Timestamp) -> CalendarDate {
    Timestamp(seconds: end.seconds - 1).date
  }
}
