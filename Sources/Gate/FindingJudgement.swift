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
  /// The last occasion that was reported since one of them was seen.
  private(set) var reopened: Reopenings.Report?
  /// Findings that saw the thing of which the point speaks, whether they pass or fail.
  private(set) var sightings: [CountedFinding] = []
  /// When the first of those that saw nothing stops to be fresh.
  private(set) var absenceExpires: Timestamp?

  init(_ point: Point, _ timeline: Timeline, _ scope: JudgementScope) {
    isWhole = point.probes.count == 1
    now = scope.now
    for probe in point.probes {
      let seen = (timeline.seen[point.id] ?? []).filter { $0.finding.probe == probe.id }
      let refusals = seen.map { refusal(of: $0, probe, scope) }
      discounted += refusals.compactMap(\.self)
      let latest = scope.evidence.latest(zip(seen, refusals).filter { $0.1 == nil }.map(\.0)) {
        $0.entry.id
      }
      // A run that does not count takes no place of one that does, but what it says against the
      // point stands: only good news needs a name.
      let against = zip(seen, refusals).filter { $0.1 != nil && $0.0.verdict != .pass }.map(\.0)
        .filter { bad in
          !latest.contains { scope.evidence.isAncestor(bad.entry.id, of: $0.entry.id) }
        }
      let heard = latest + against.filter { $0.verdict != .notApplicable }
      sightings += heard.filter(\.sawSomething).map(\.counted)
      guard let gravest = heard.max(by: { $0.verdict.gravity < $1.verdict.gravity }) else {
        missing.append(seen.isEmpty ? "\(probe.id) has not run" : "no run of \(probe.id) counts")
        continue
      }
      count(gravest, point, scope)
      if against.contains(where: { $0.verdict == .notApplicable }) {
        missing.append("the last run of \(probe.id) does not count")
      }
    }
    conclude()
  }

  /// Takes faults as accepted, by the names of their facts: what is left of a fail counts then.
  mutating func accept(_ facts: Set<String>) {
    accepted = facts
    conclude()
  }

  /// Whether accepted faults changed what a finding says.
  var hasAcceptedFaults: Bool {
    counted.contains { $0.finding.finding.verdict != effective($0) }
  }

  private mutating func conclude() {
    verdict =
      missing.isEmpty
      ? counted.map(effective).max { $0.gravity < $1.gravity } ?? .notApplicable
      : failing ? .fail : .unknown
  }

  private func effective(_ counted: CountedFinding) -> Finding.Verdict {
    let finding = counted.finding.finding
    guard finding.verdict == .fail, let faults = finding.faults,
      faults.facts.allSatisfy(accepted.contains)
    else { return finding.verdict }
    return faults.rest
  }

  /// The finding that decides, for messages.
  var decisive: ProbeFinding? {
    counted.first { effective($0) == verdict }?.finding
  }

  /// What a decision relies on: the facts of the only probe, or of all that looked, by probe.
  var factsDigest: Digest? {
    guard let first = counted.first?.finding else { return nil }
    if isWhole { return first.factsDigest }
    let digests = counted.map { ($0.finding.probe, $0.finding.factsDigest.value) }
    return Digest(of: .object(Dictionary(digests, uniquingKeysWith: { first, _ in first })))
  }

  /// What keeps the findings from saying that there is nothing to see; nil where nothing does.
  ///
  /// A probe that looked and could not see says neither.
  var lackOfSight: (state: State, reason: String)? {
    if let first = missing.first { return (.unknown, first) }
    guard let end = absenceExpires else { return nil }
    if let reopened { return (.stale, reopened.words) }
    if isLapsed { return (.lapsed, "the code has changed since a probe looked") }
    return end <= now
      ? (.stale, "the finding is older than it may be, since \(end.short) UTC") : nil
  }

  private let now: Timestamp
  private var accepted: Set<String> = []
  private var isWhole = true

  private var failing: Bool { counted.contains { effective($0) == .fail } }

  /// Why a run does not count; nil where it does.
  private func refusal(
    of seen: Timeline.Seen, _ probe: ProbeReference, _ scope: JudgementScope
  ) -> String? {
    if let name = probe.firstOther(in: seen.finding.parameters) {
      return "a run of \(probe.id) looked with another \(name) than the checklist gives"
    }
    if let early = scope.admission.tooEarly(seen.entry) { return early }
    guard scope.rules.policy.signaturesRequired, !scope.isVouched(seen.entry) else { return nil }
    return "a run of \(seen.entry.record.at.short) UTC is not covered by a signature"
  }

  private mutating func count(_ seen: Timeline.Seen, _ point: Point, _ scope: JudgementScope) {
    counted.append(seen.counted)
    let end = seen.entry.record.at + scope.findingPeriod(of: point)
    expires = min(expires ?? end, end)
    if seen.verdict == .notApplicable { absenceExpires = min(absenceExpires ?? end, end) }
    reopened =
      scope.reopenings.reports(on: point.id).last {
        !scope.evidence.isAncestor($0.entry.id, of: seen.entry.id)
      } ?? reopened
    if point.boundTo == .code && scope.hasMoved(since: seen.entry.id) { isLapsed = true }
  }
}

extension ProbeReference {
  /// The first parameter that a run used otherwise than the checklist says; nil where all agree.
  ///
  /// Placeholders are filled in by whoever runs the probe, so that they cannot be compared.
  fileprivate func firstOther(in used: [String: JSONValue]) -> String? {
    parameters.filter { name, value in
      used[name] != value && !hasPlaceholder(value)
    }.keys.min()
  }

  private func hasPlaceholder(_ value: JSONValue) -> Bool {
    value.string?.contains("${") ?? value.array?.contains(where: hasPlaceholder) ?? false
  }
}

extension Timeline.Seen {
  fileprivate var verdict: Finding.Verdict { finding.finding.verdict }

  fileprivate var counted: CountedFinding {
    CountedFinding(record: entry.id, at: entry.record.at, finding: finding)
  }

  fileprivate var sawSomething: Bool {
    switch verdict {
    case .pass, .fail, .review: true
    case .unknown, .notApplicable: false
    }
  }
}
