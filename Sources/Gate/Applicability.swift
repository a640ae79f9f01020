internal import Checklist
internal import Evidence

/// What the facts of the launch make of the points that depend on them.
struct Applicability {
  private let conditions: [ConditionJudgement]
  private let timeline: Timeline
  private let scope: JudgementScope

  init(_ checklist: Checklist, _ timeline: Timeline, _ scope: JudgementScope) {
    self.timeline = timeline
    self.scope = scope
    conditions = checklist.askedConditions.map {
      ConditionJudgement($0, checklist, timeline, scope)
    }
  }

  /// How the facts stand, in the order of the checklist.
  var standings: [PointStanding] { conditions.map(\.standing) }

  /// How a point stands: by itself where it applies, out of the launch where it does not, waiting
  /// where that is not known.
  ///
  /// A failure is never hidden by an answer, given or missing.
  func standing(of point: Point, in control: Control) -> PointStanding {
    let own = PointJudgement(point, of: control, timeline, scope).standing
    let names = [control.when, point.when].compactMap(\.self)
    let asked = conditions.filter { names.contains($0.condition.id) }
    if asked.isEmpty || own.state == .fail { return own }
    if let absent = asked.first(where: { $0.holds == false }) {
      return outside(own, point, because: absent)
    }
    let open = asked.filter { $0.holds == nil }
    return open.isEmpty ? own : waiting(own, for: open)
  }

  private func outside(
    _ own: PointStanding, _ point: Point, because fact: ConditionJudgement
  ) -> PointStanding {
    let findings = FindingJudgement(point, timeline, scope)
    var standing = own
    standing.wayOut = nil
    standing.isObservedByHand = false
    if !own.state.isSettled, let blind = findings.lackOfSight {
      standing.state = blind.state
      standing.reason = "\(fact.words); but \(blind.reason)"
      standing.wayOut = "run the probe, which may see what is said not to exist: r"
      return standing
    }
    standing.state = .notApplicable
    standing.reason = fact.words
    standing.expires =
      [fact.standing.expires, own.state.isSettled ? own.expires : findings.absenceExpires]
      .compactMap(\.self).min()
    return standing
  }

  private func waiting(
    _ own: PointStanding, for open: [ConditionJudgement]
  ) -> PointStanding {
    var standing = own
    standing.expires = nil
    standing.isObservedByHand = false
    standing.waitsFor = open.map(\.condition.id)
    standing.stateIfAsked = own.state
    standing.wayOut =
      "answer the fact first: \(open.map(\.standing.point.id).joined(separator: " "))"
    if open.contains(where: { $0.isContradicted(by: own.point.id) }) {
      standing.state = .review
      standing.reason = "a probe saw here what was said not to exist"
    } else {
      standing.state = .open
      standing.reason =
        "waits for a fact of the launch: \(open.map(\.condition.id).joined(separator: " and "))"
    }
    return standing
  }
}
