internal import Checklist
internal import Evidence

/// Judges one fact of the launch: whether what depends on it applies.
///
/// Only a person answers it. Yes is the cautious answer and may come from one person. No takes
/// points out of the launch, so that it wants every role and pair of eyes that those points want.
struct ConditionJudgement {
  /// Something that a probe of a dependent point saw.
  struct Sighting {
    var point: String
    var counted: CountedFinding
  }

  let condition: Condition
  /// How it stands: OK for yes, N/A for no; anything else blocks.
  let standing: PointStanding
  private let sightings: [Sighting]

  init(
    _ condition: Condition, _ checklist: Checklist, _ timeline: Timeline, _ scope: JudgementScope
  ) {
    let dependents = checklist.dependents(on: condition.id)
    let sightings = dependents.flatMap { dependent in
      FindingJudgement(dependent.point, timeline, scope).sightings.map {
        Sighting(point: dependent.point.id, counted: $0)
      }
    }
    var lists: [[String]] = []
    for roles in dependents.map(\.control.signers) where !lists.contains(roles) {
      lists.append(roles)
    }
    let answers = (lists.isEmpty ? [[]] : lists).map { roles in
      let control = Control(
        number: Checklist.factsNumber, slug: condition.id, title: condition.question,
        severity: .high, fourEyes: dependents.contains { $0.control.fourEyes }, signers: roles,
        points: [condition.point])
      return ConditionAnswer(condition.point, of: control, sightings, timeline, scope).standing
    }
    var standing = Self.strictest(answers)
    standing.findings = sightings.map(\.counted)
    standing.factsDigest = Self.digest(of: sightings)
    standing.dependents = dependents.map(\.point.id)
    self.condition = condition
    self.sightings = sightings
    self.standing = standing
  }

  /// Whether what depends on it applies; nil where nobody knows yet.
  var holds: Bool? {
    switch standing.state {
    case .ok: true
    case .notApplicable: false
    default: nil
    }
  }

  /// `containers: no, by Mara on 2026-11-21`.
  var words: String {
    let who = standing.decision.map { ", by \($0.by.name) on \($0.at.date)" } ?? ""
    return "\(condition.id): \(holds == false ? "no" : "yes")\(who)"
  }

  /// Whether a probe of that point saw what was said not to exist.
  func isContradicted(by point: String) -> Bool {
    standing.state == .review && sightings.contains { $0.point == point }
  }

  /// What a no has to name to be said in knowledge of what probes saw; nil where they saw nothing.
  static func digest(of sightings: [Sighting]) -> Digest? {
    guard !sightings.isEmpty else { return nil }
    let facts = sightings.map { sighting in
      (
        "\(sighting.point) \(sighting.counted.finding.probe)",
        JSONValue.string(
          "\(sighting.counted.finding.finding.verdict.rawValue) "
            + "\(sighting.counted.finding.factsDigest)")
      )
    }
    return Digest(of: .object(Dictionary(facts, uniquingKeysWith: { first, _ in first })))
  }

  /// The answer by the rules of all roles: one yes is a yes, a no wants all of them.
  private static func strictest(_ standings: [PointStanding]) -> PointStanding {
    if let yes = standings.first(where: { $0.state == .ok }) { return yes }
    let open = standings.filter { !$0.state.isSettled }
    if let gravest = open.max(by: { $0.state.gravity < $1.state.gravity }) { return gravest }
    return standings.min { ($0.expires?.seconds ?? .max) < ($1.expires?.seconds ?? .max) }
      ?? standings[0]
  }
}

/// One fact by the rules of those who may sign one set of the points that depend on it.
private struct ConditionAnswer {
  private let point: Point
  private let scope: JudgementScope
  private let sightings: [ConditionJudgement.Sighting]
  private let decisions: DecisionJudgement
  private let yes: [DecisionJudgement.Live]
  private let no: [DecisionJudgement.Live]

  init(
    _ point: Point, of control: Control, _ sightings: [ConditionJudgement.Sighting],
    _ timeline: Timeline, _ scope: JudgementScope
  ) {
    self.point = point
    self.scope = scope
    self.sightings = sightings
    let decisions = DecisionJudgement(point, of: control, timeline, scope)
    self.decisions = decisions
    yes = (decisions.live + decisions.waiting).filter { $0.said.decision.answer == .met }
    // Whoever says yes, permitted or not, ends every no that was said without knowing of it.
    let doubts = (timeline.said[point.id] ?? []).filter { $0.decision.answer != .notApplicable }
    no = decisions.live.filter { live in
      live.said.decision.answer == .notApplicable
        && doubts.allSatisfy { scope.evidence.isAncestor($0.entry.id, of: live.said.entry.id) }
    }
  }

  var standing: PointStanding {
    var standing = judged
    standing.discounted = decisions.discounted
    return standing
  }

  private var judged: PointStanding {
    let fresh = no.filter(holds)
    if let live = fresh.last(where: knows) {
      return settled(.notApplicable, "no", live)
    }
    if let live = yes.last(where: holds) { return settled(.ok, "yes", live) }
    if let live = fresh.last { return contradicted(live) }
    let waiting = decisions.waiting.last { $0.said.decision.answer == .notApplicable }
    if let waiting {
      var standing = stand(
        .open, "one of two people has said no: \(waiting.said.origin.record.by.name)",
        "a second person countersigns: launchgate countersign \(waiting.said.entry.id.short)")
      standing.decision = waiting.counted
      return standing
    }
    if let live = (yes + no).last { return aged(live) }
    return open
  }

  /// Whether an answer is to the question as it reads now, and not too old.
  private func holds(_ live: DecisionJudgement.Live) -> Bool {
    live.said.decision.pointDigest == Digest(of: point.value)
      && end(of: live).map { scope.now < $0 } ?? true
  }

  /// Whether a no was said in knowledge of all that probes saw; a failure no knowledge covers.
  private func knows(_ live: DecisionJudgement.Live) -> Bool {
    guard !sightings.contains(where: { $0.counted.finding.finding.verdict == .fail }) else {
      return false
    }
    guard let digest = ConditionJudgement.digest(of: sightings) else { return true }
    return live.said.decision.factsDigest == digest
  }

  private func end(of live: DecisionJudgement.Live) -> Timestamp? {
    [scope.end(of: live.said, on: point), live.othersEnd].compactMap(\.self).min()
  }

  private func settled(
    _ state: State, _ word: String, _ live: DecisionJudgement.Live
  ) -> PointStanding {
    var standing = stand(state, "\(word), says \(live.said.origin.record.by.name)")
    standing.expires = end(of: live)
    standing.decision = live.counted
    return standing
  }

  private func contradicted(_ live: DecisionJudgement.Live) -> PointStanding {
    let gravest = sightings.max {
      $0.counted.finding.finding.verdict.gravity < $1.counted.finding.finding.verdict.gravity
    }
    let seen = gravest.map { sighting in
      "\(sighting.counted.finding.probe) saw for \(sighting.point) what "
        + "\(live.said.origin.record.by.name) said not to exist: "
        + sighting.counted.finding.finding.message
    }
    let isFailing = gravest?.counted.finding.finding.verdict == .fail
    var standing = stand(
      .review, seen ?? "a probe saw what was said not to exist",
      isFailing
        ? "answer it with yes, or take away what the probe saw and run it again"
        : "answer it again, in knowledge of what the probe saw")
    standing.decision = live.counted
    return standing
  }

  private func aged(_ live: DecisionJudgement.Live) -> PointStanding {
    let hasChanged = live.said.decision.pointDigest != Digest(of: point.value)
    var standing = stand(
      hasChanged ? .lapsed : .stale,
      hasChanged
        ? "the question has changed since it was answered"
        : "the answer ended on \(end(of: live)?.date.description ?? "")", wayOut)
    standing.decision = live.counted
    return standing
  }

  private var open: PointStanding {
    if let reopened = decisions.reopened { return stand(.open, reopened.words, wayOut) }
    if let taken = decisions.takenBack {
      return stand(
        .open, "\(taken.entry.record.by.name) took the answer back: \(taken.reason)", wayOut)
    }
    let because = decisions.discounted.last.map { "; an answer does not count: \($0)" } ?? ""
    return stand(.open, "nobody has answered it" + because, wayOut)
  }

  private var wayOut: String {
    "answer yes (met) or no (not-applicable): launchgate sign \(point.id)"
  }

  private func stand(_ state: State, _ reason: String, _ wayOut: String? = nil) -> PointStanding {
    PointStanding(point: point, state: state, reason: reason, wayOut: wayOut)
  }
}
