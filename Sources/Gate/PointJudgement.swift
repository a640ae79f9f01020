internal import Checklist
internal import Evidence

/// Judges one point: what the probes saw and what people said, by the rules of the gate.
struct PointJudgement {
  let point: Point
  let control: Control
  let scope: JudgementScope
  let timeline: Timeline
  private(set) var findings: FindingJudgement
  let decisions: DecisionJudgement
  /// What a decision on the text of today has signed.
  private let digest: Digest

  init(_ point: Point, of control: Control, _ timeline: Timeline, _ scope: JudgementScope) {
    self.point = point
    self.control = control
    self.scope = scope
    self.timeline = timeline
    digest = Digest(of: point.value)
    decisions = DecisionJudgement(point, of: control, timeline, scope)
    findings = FindingJudgement(point, timeline, scope)
    findings.accept(Set(acceptances.flatMap { $0.said.decision.accepted.map(\.fact) }))
  }

  /// Sign-offs that accept faults by name; they hold for those whatever else a probe sees.
  private var acceptances: [DecisionJudgement.Live] {
    decisions.live.filter {
      $0.said.decision.answer == .met && !$0.said.decision.accepted.isEmpty
        && !hasChangedText($0.said) && !isStale($0)
    }
  }

  /// How the point stands.
  var standing: PointStanding {
    var standing = judged
    standing.findings = findings.counted
    standing.discounted = decisions.discounted + findings.discounted
    standing.factsDigest = findings.factsDigest
    if standing.decision == nil {
      standing.decision = (decisions.waiting.last ?? decisions.live.last)?.counted
    }
    return standing
  }

  private var judged: PointStanding {
    if let contested = contestedStanding { return contested }
    if point.probes.isEmpty { return manualStanding }
    switch findings.verdict {
    case .fail: return failStanding
    case .unknown: return unknownStanding
    case .notApplicable: return notApplicableStanding
    case .pass: return passedStanding
    case .review: return seenStanding
    }
  }

  /// What a person's "not met" makes of the point, whatever a probe saw.
  ///
  /// Only a later "met", "not applicable" or "observed by hand" clears it; a risk only covers it.
  private var contestedStanding: PointStanding? {
    guard let notMet = decisions.notMet else { return nil }
    let isCleared = decisions.live.contains { $0.said.decision.answer != .riskAccepted }
    if isCleared { return nil }
    if let covered = risk(facts: findings.factsDigest) { return covered }
    var standing = stand(
      .fail, "\(notMet.origin.record.by.name) said that it is not met\(endedRisk)",
      "mend it, then sign it off as met")
    standing.decision = notMet.counted()
    return standing
  }

  private var manualStanding: PointStanding {
    settled(by: [.met, .notApplicable, .observedByHand], orRiskOn: nil)
      ?? open(
        point.isApproval
          ? "two people have to approve of what was loosened" : "nobody has signed it off")
  }

  private var failStanding: PointStanding {
    let seen = findings.decisive?.finding
    return risk(facts: findings.factsDigest)
      ?? stand(
        .fail, (seen?.message ?? "a probe failed") + endedRisk,
        seen?.hint ?? "mend it, then look again: launchgate probe \(point.id)")
  }

  private var unknownStanding: PointStanding {
    if let standing = observedByHand ?? risk(facts: findings.factsDigest) { return standing }
    let seen = findings.decisive?.finding
    return stand(
      .unknown, seen?.message ?? findings.missing.first ?? "not looked at yet",
      seen?.hint ?? "run the probe: launchgate probe \(point.id)")
  }

  private var observedByHand: PointStanding? {
    let byHand = decisions.live.last {
      $0.said.decision.answer == .observedByHand && !isStale($0) && !hasLapsed($0)
    }
    guard let live = byHand else { return nil }
    var standing = stand(.ok, "observed by hand by \(live.said.origin.record.by.name)")
    standing.isObservedByHand = true
    standing.expires = end(of: live)
    standing.decision = live.counted
    return standing
  }

  private var notApplicableStanding: PointStanding {
    if let aged = agedFinding { return aged }
    let seen = findings.decisive?.finding.message ?? "it does not apply here"
    return settled(
      by: [.notApplicable], onFacts: point.boundTo == .target, orRiskOn: findings.factsDigest
    ).map(whileFresh)
      ?? open("\(seen): a person has to say that it does not apply")
  }

  /// A pass adds to what people said before, so that nothing stands worse with it than without.
  private var passedStanding: PointStanding {
    let standing = seenStanding
    if standing.state.isSettled { return standing }
    return observedByHand ?? risk(facts: nil, whateverFacts: true) ?? standing
  }

  private var seenStanding: PointStanding {
    if let aged = agedFinding { return aged }
    let seen = findings.decisive?.finding
    if point.how == .automatic && findings.verdict == .pass {
      var standing = stand(.ok, (seen?.message ?? "seen to pass") + acceptedBy, nil)
      standing.expires = findings.expires
      if findings.hasAcceptedFaults {
        standing.expires = ([standing.expires] + acceptances.map(end)).compactMap(\.self).min()
        standing.decision = acceptances.last?.counted
      }
      return standing
    }
    let relies = findings.verdict == .review || point.boundTo == .target
    let standing = settled(
      by: [.met, .notApplicable], onFacts: relies, orRiskOn: findings.factsDigest)
    if let standing { return whileFresh(standing) }
    if findings.verdict == .review {
      return stand(
        .review, (seen?.message ?? "suspects were found") + acceptedBy,
        seen?.hint.map { "\($0); or judge it: launchgate sign \(point.id)" } ?? signOff)
    }
    return open("a probe saw it pass; a person has to judge the rest")
  }

  /// STALE or LAPSED where a finding is too old or was seen on another candidate.
  private var agedFinding: PointStanding? {
    if let reopened = findings.reopened {
      return stand(.stale, reopened.words, "run it again: launchgate probe \(point.id)")
    }
    if findings.isLapsed {
      return stand(
        .lapsed, "the code has changed since a probe looked",
        "run it again: launchgate probe \(point.id)"
      )
    }
    if let expires = findings.expires, expires <= scope.now {
      return stand(
        .stale, "the finding is older than it may be, since \(expires.short) UTC",
        "run it again: launchgate probe \(point.id)")
    }
    return nil
  }
}

extension PointJudgement {
  /// The standing, which ends with the finding on which it rests too.
  private func whileFresh(_ standing: PointStanding) -> PointStanding {
    guard standing.state.isSettled else { return standing }
    var limited = standing
    limited.expires = [standing.expires, findings.expires].compactMap(\.self).min()
    return limited
  }

  /// What people said: a sign-off that settles the point, else a risk that covers it, else what
  /// the sign-off lacks; nil where nobody said anything.
  private func settled(
    by answers: [Decision.Answer], onFacts: Bool = false, orRiskOn facts: Digest?
  ) -> PointStanding? {
    let standing = settled(by: answers, onFacts: onFacts)
    if standing?.state.isSettled ?? false { return standing }
    return risk(facts: facts) ?? standing
  }

  /// The state that a live decision with one of these answers gives, or nil where there is none.
  private func settled(
    by answers: [Decision.Answer], onFacts: Bool
  ) -> PointStanding? {
    // The last that is good is the one: there may be thousands before it.
    let isMeant = { (live: DecisionJudgement.Live) in answers.contains(live.said.decision.answer) }
    let good = decisions.live.last {
      isMeant($0) && !hasLapsed($0, onFacts: onFacts) && !isStale($0)
    }
    if let live = good {
      let decision = live.said.decision
      let isOutside = decision.answer == .notApplicable
      var standing = stand(
        isOutside ? .notApplicable : .ok,
        "\(isOutside ? "does not apply, says" : "signed off by") \(live.said.origin.record.by.name)"
          + (isOutside ? "" : holder))
      standing.expires = end(of: live)
      standing.decision = live.counted
      return standing
    }
    if let live = decisions.live.last(where: { isMeant($0) && hasLapsed($0, onFacts: onFacts) }) {
      return aged(live, .lapsed, lapse(of: live))
    }
    if let live = decisions.live.last(where: isMeant) {
      return aged(
        live, .stale, "the sign-off ended on \(end(of: live)?.date.description ?? "")")
    }
    guard let half = decisions.waiting.last(where: { answers.contains($0.said.decision.answer) })
    else { return nil }
    var standing = stand(
      .open, "one of two people has signed: \(half.said.origin.record.by.name)",
      "a second person countersigns: launchgate countersign \(half.said.entry.id.short)")
    standing.decision = half.counted
    return standing
  }

  /// Who has the duty of the point, to be read after who signed.
  private var holder: String {
    guard let duty = point.duty, let name = scope.duties.holders[duty] else { return "" }
    return "; \(duty) is held by \(name)"
  }

  private func aged(
    _ live: DecisionJudgement.Live, _ state: State, _ reason: String
  ) -> PointStanding {
    var standing = stand(state, reason, "look again and sign it off again")
    standing.decision = live.counted
    return standing
  }

  private func risk(facts: Digest?, whateverFacts: Bool = false) -> PointStanding? {
    for live in decisions.live.reversed() where live.said.decision.answer == .riskAccepted {
      let judgement = RiskJudgement(
        live, among: timeline.said[point.id] ?? [], control: control,
        facts: whateverFacts ? live.said.decision.factsDigest : facts, scope)
      guard judgement.refusal == nil, !hasChangedText(live.said) else { continue }
      var standing = stand(
        .risk,
        "risk accepted by \(live.said.origin.record.by.name) until \(judgement.lastDay)")
      standing.expires = judgement.ends
      standing.decision = live.counted
      return standing
    }
    return nil
  }

  /// Who accepted the faults of a finding, to be read after it.
  private var acceptedBy: String {
    guard findings.hasAcceptedFaults else { return "" }
    let names = Set(acceptances.map(\.said.origin.record.by.name)).sorted()
    let isRotated = acceptances.allSatisfy { $0.said.decision.accepted.allSatisfy(\.isRotated) }
    return "; accepted by \(names.joined(separator: ", "))"
      + (isRotated ? " as replaced" : ", not all as replaced")
  }

  /// Why accepted risks do not cover a failure, to be read after it.
  private var endedRisk: String {
    let risks = decisions.live.filter { $0.said.decision.answer == .riskAccepted }
    let reason = risks.last.flatMap { live in
      RiskJudgement(
        live, among: timeline.said[point.id] ?? [], control: control,
        facts: findings.factsDigest, scope
      ).refusal
    }
    return reason.map { "; \($0)" } ?? ""
  }

  private func hasLapsed(_ live: DecisionJudgement.Live, onFacts: Bool = false) -> Bool {
    if hasChangedText(live.said) { return true }
    if onFacts && live.said.decision.factsDigest != findings.factsDigest { return true }
    return scope.hasMoved(under: live.said, on: point)
  }

  private func lapse(of live: DecisionJudgement.Live) -> String {
    if hasChangedText(live.said) { return "the point's text has changed since it was signed off" }
    if point.boundTo == .code {
      return scope.rules.candidate == nil
        ? "the commit that is to ship is not recorded"
        : "the code has changed since it was signed off"
    }
    return "what the probe sees has changed since it was signed off"
  }

  private func hasChangedText(_ said: Timeline.Said) -> Bool {
    said.decision.pointDigest != digest
  }

  private func isStale(_ live: DecisionJudgement.Live) -> Bool {
    end(of: live).map { $0 <= scope.now } ?? false
  }

  private func end(of live: DecisionJudgement.Live) -> Timestamp? {
    [scope.end(of: live.said, on: point), live.othersEnd].compactMap(\.self).min()
  }

  private var signOff: String {
    if let duty = point.duty, scope.duties.holders[duty] == nil {
      return "give the duty to a person: launchgate assign '\(duty)' --to PERSON; then sign it off"
    }
    if let question = point.question { return "answer it in the note: \(question)" }
    return "sign it off: launchgate sign \(point.id)"
  }

  private func open(_ reason: String) -> PointStanding {
    if let reopened = decisions.reopened { return stand(.open, reopened.words, signOff) }
    if let taken = decisions.takenBack {
      return stand(
        .open, "\(taken.entry.record.by.name) took the sign-off back: \(taken.reason)", signOff)
    }
    let because = decisions.discounted.last.map { "; a sign-off does not count: \($0)" } ?? ""
    return stand(.open, reason + because, signOff)
  }

  private func stand(_ state: State, _ reason: String, _ wayOut: String? = nil) -> PointStanding {
    PointStanding(point: point, state: state, reason: reason, wayOut: wayOut)
  }
}
