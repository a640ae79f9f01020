internal import Checklist
public import Evidence

/// What has changed under the sign-offs and findings of points that no longer hold.
///
/// It explains what the gate has judged, and judges nothing itself.
public struct Drift {
  private let evidence: Evidence
  private let report: GateReport

  /// The drift in that evidence, as it was judged by that report.
  public init(_ evidence: Evidence, _ report: GateReport) {
    self.evidence = evidence
    self.report = report
  }

  /// The changes of all points that are not settled, by point.
  public var all: [String: [Change]] {
    var all: [String: [Change]] = [:]
    for standing in report.points where !standing.state.isSettled {
      let changes = changes(of: standing)
      if !changes.isEmpty { all[standing.point.id] = changes }
    }
    return all
  }

  /// The changes under one point, in the order of their subjects.
  public func changes(of standing: PointStanding) -> [Change] {
    var found = underDecision(standing) + underFindings(standing)
    if standing.state != .lapsed && standing.state != .stale {
      // What else stands in the way is told by the reason; facts under a sign-off are not.
      found.removeAll { $0.subject != .facts }
    }
    var seen: Set<Change> = []
    let unique = found.filter { seen.insert($0).inserted }
    return Change.Subject.allCases.flatMap { subject in unique.filter { $0.subject == subject } }
  }

  private func underDecision(_ standing: PointStanding) -> [Change] {
    guard let counted = standing.decision, let entry = evidence[counted.record] else { return [] }
    var changes = text(of: standing.point, since: counted, entry)
    let relies =
      standing.point.boundTo == .target || counted.decision.answer == .riskAccepted
      || standing.findings.contains { $0.finding.finding.verdict == .review }
    if relies, !standing.findings.isEmpty,
      counted.decision.factsDigest != standing.factsDigest
    {
      changes += facts(of: standing, since: counted, entry)
    }
    if standing.point.boundTo == .code { changes += code(since: entry) }
    let start = counted.decision.performedOn?.start ?? counted.at
    if standing.point.how != .automatic, let period = standing.point.validFor,
      start + period <= report.at
    {
      changes.append(
        Change(
          subject: .age, name: "sign-off", old: "done on \(start.date), holds for \(period)",
          new: "over since \((start + period).rfc3339)", then: Change.Occasion(entry)))
    }
    return changes
  }

  private func underFindings(_ standing: PointStanding) -> [Change] {
    let own = standing.point.how == .automatic ? standing.point.validFor : nil
    let period = own ?? report.checklist.findingsValidFor
    return standing.findings.flatMap { counted -> [Change] in
      guard let entry = evidence[counted.record] else { return [] }
      var changes = standing.point.boundTo == .code ? code(since: entry) : []
      if counted.at + period <= report.at {
        changes.append(
          Change(
            subject: .age, name: counted.finding.probe,
            old: "seen \(counted.at.rfc3339), holds for \(period)",
            new: "over since \((counted.at + period).rfc3339)", then: Change.Occasion(entry)))
      }
      return changes
    }
  }
}

extension Drift {
  /// What differs between the point as it was signed and as it counts now.
  private func text(
    of point: Point, since counted: CountedDecision, _ entry: Entry
  ) -> [Change] {
    let digest = counted.decision.pointDigest
    guard digest != Digest(of: point.value) else { return [] }
    let checklists = evidence.entries.compactMap { entry -> (Entry, JSONValue)? in
      entry.record.body.checklist.map { (entry, $0) }
    }
    let texts = checklists.compactMap { entry, value -> (entry: Entry, point: JSONValue)? in
      let known = (try? Checklist.read(recorded: value))?.point(point.id)
      return known.map { (entry, $0.value) }
    }
    let now = texts.last { $0.point == point.value }.map { Change.Occasion($0.entry) }
    let then = Change.Occasion(entry)
    guard let old = texts.first(where: { Digest(of: $0.point) == digest })?.point.object else {
      return [
        Change(
          subject: .text, name: "text", old: "\(digest), a text that is not in this file",
          new: point.text, then: then, now: now)
      ]
    }
    let new = point.value.object ?? [:]
    return Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }.map { name in
      Change(
        subject: .text, name: name, old: old[name].map(Self.words),
        new: new[name].map(Self.words), then: then, now: now)
    }
  }

  /// Facts that differ between what the person saw and what is seen now.
  private func facts(
    of standing: PointStanding, since counted: CountedDecision, _ entry: Entry
  ) -> [Change] {
    let isWhole = standing.point.probes.count == 1
    return standing.findings.flatMap { current -> [Change] in
      let now = evidence[current.record].map(Change.Occasion.init)
      let name = isWhole ? "" : "\(current.finding.probe) "
      let seen = earlier(current.finding, before: entry).filter {
        !isWhole || $0.finding.factsDigest == counted.decision.factsDigest
      }
      guard let old = seen.last else {
        let digest = counted.decision.factsDigest.map { "\($0), facts that are not in this file" }
        return [
          Change(
            subject: .facts, name: "\(name)facts", old: digest,
            new: current.finding.factsDigest.description, then: Change.Occasion(entry), now: now)
        ]
      }
      let (before, after) = (old.finding.finding.facts, current.finding.finding.facts)
      return Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }.map {
        Change(
          subject: .facts, name: name + $0, old: before[$0], new: after[$0],
          then: Change.Occasion(old.entry), now: now)
      }
    }
  }

  /// Findings of the same probe for the same point that the author of a record could have seen.
  private func earlier(
    _ finding: ProbeFinding, before entry: Entry
  ) -> [(entry: Entry, finding: ProbeFinding)] {
    evidence.entries.flatMap { other -> [(entry: Entry, finding: ProbeFinding)] in
      guard case .run(let run) = other.record.body, evidence.isAncestor(other.id, of: entry.id)
      else { return [] }
      return run.findings.filter { $0.point == finding.point && $0.probe == finding.probe }
        .map { (other, $0) }
    }
  }

  /// The commit and the trees that differ between what a record saw and what is to ship.
  private func code(since entry: Entry) -> [Change] {
    let candidates = evidence.entries.compactMap { entry -> (entry: Entry, told: Candidate)? in
      if case .candidate(let told) = entry.record.body { (entry, told) } else { nil }
    }
    let past = candidates.filter { evidence.isAncestor($0.entry.id, of: entry.id) }
    let old = evidence.latest(past, record: \.entry.id).last
    let new = evidence.latest(candidates, record: \.entry.id).last
    guard let new, old?.told.trees != new.told.trees else { return [] }
    let then = old.map { Change.Occasion($0.entry) }
    let now = Change.Occasion(new.entry)
    let trees = old?.told.trees ?? [:]
    let paths = Set(trees.keys).union(new.told.trees.keys).sorted()
    return [
      Change(
        subject: .code, name: "commit", old: old?.told.commit, new: new.told.commit, then: then,
        now: now)
    ]
      + paths.filter { trees[$0] != new.told.trees[$0] }.map { path in
        Change(
          subject: .code, name: "tree of \(path)", old: trees[path], new: new.told.trees[path],
          then: then, now: now)
      }
  }

  /// A member of a point as a person reads it.
  private static func words(_ value: JSONValue) -> String {
    value.string ?? String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
  }
}

extension Record.Body {
  /// The checklist that the record brings, if it brings one.
  fileprivate var checklist: JSONValue? {
    switch self {
    case .opened(let opened): opened.checklist
    case .policy(let change): change.checklist
    default: nil
    }
  }
}
