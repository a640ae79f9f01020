internal import Checklist
internal import Evidence

/// What the probes of one point say together, and how fresh that is.
struct FindingJudgement {
  /// The counting finding of each probe, in the checklist's order.
  private(set) var counted: [CountedFinding] = []
  /// Probes without a finding that counts, with the reason.
  private(set) var missing: [String] = []
  /// The gravest verdict; unknown where a probe has no finding.
  private(set) var verdict: Finding.Verdict = .notApplicable
  /// Runs that do not count, with the reason.
  private(set) var discounted: [String] = []
  /// When the first of them stops to be fresh.
  private(set) var expires: Timestamp?
  /// Whether one of them was seen on another candidate than the current one.
  private(set) var isLapsed = false

  init(_ point: Point, _ timeline: Timeline, _ scope: JudgementScope) {
    for probe in point.probes {
      let seen = (timeline.seen[point.id] ?? []).filter { $0.finding.probe == probe.id }
      let admitted = seen.filter { admit($0, scope) }
      let latest = scope.evidence.latest(admitted) { $0.entry.id }
      if let gravest = latest.max(by: { $0.gravity < $1.gravity }) {
        count(gravest, point, scope)
      } else {
        missing.append(seen.isEmpty ? "\(probe.id) has not run" : "no run of \(probe.id) counts")
      }
    }
    verdict =
      missing.isEmpty
      ? counted.map(\.finding.finding.verdict).max { $0.gravity < $1.gravity } ?? .notApplicable
      : failing ? .fail : .unknown
  }

  /// The finding that decides, for messages.
  var decisive: ProbeFinding? {
    counted.map(\.finding).first { $0.finding.verdict == verdict }
  }

  /// What a decision relies on: the facts of one probe, or of all by probe.
  var factsDigest: Digest? {
    guard missing.isEmpty, let first = counted.first?.finding else { return nil }
    if counted.count == 1 { return first.factsDigest }
    let digests = counted.map { ($0.finding.probe, $0.finding.factsDigest.value) }
    return Digest(of: .object(Dictionary(digests, uniquingKeysWith: { first, _ in first })))
  }

  private var failing: Bool { counted.contains { $0.finding.finding.verdict == .fail } }

  private mutating func admit(_ seen: Timeline.Seen, _ scope: JudgementScope) -> Bool {
    if let early = scope.admission.tooEarly(seen.entry) {
      discounted.append(early)
      return false
    }
    // A failure counts whoever saw it: only good news needs a name.
    guard scope.rules.policy.signaturesRequired, seen.finding.finding.verdict != .fail else {
      return true
    }
    if scope.isVouched(seen.entry) { return true }
    discounted.append("a run of \(seen.entry.record.at.rfc3339) is not covered by a signature")
    return false
  }

  private mutating func count(_ seen: Timeline.Seen, _ point: Point, _ scope: JudgementScope) {
    counted.append(
      CountedFinding(record: seen.entry.id, at: seen.entry.record.at, finding: seen.finding))
    // How long a decision holds is another thing than how long a look at the world does.
    let period = point.how == .automatic ? point.validFor : nil
    let end = seen.entry.record.at + (period ?? scope.rules.checklist.findingsValidFor)
    expires = min(expires ?? end, end)
    if point.boundTo == .code && scope.hasMoved(since: seen.entry.id) { isLapsed = true }
  }
}

extension Timeline.Seen {
  fileprivate var gravity: Int { finding.finding.verdict.gravity }
}
