public import Checklist
public import Evidence

/// The gate: a pure function of the records and the time.
public enum Gate {
  /// Judges the launch that the evidence tells of.
  ///
  /// The checklist and the policy are those that the evidence carries, not those of the reader.
  /// - Throws: where nothing was opened, or the recorded rules cannot be read.
  public static func evaluate(
    _ evidence: Evidence, at now: Timestamp, expecting expectations: Expectations = Expectations()
  ) throws(GateFault) -> GateReport {
    let evidence = evidence.inOneOrder
    let rules = try LaunchRules(evidence, at: now)
    let scope = JudgementScope(evidence, rules, at: now)
    let timeline = Timeline(evidence)
    let applicability = Applicability(rules.checklist, timeline, scope)
    let points = rules.checklist.controls.flatMap { control in
      control.points.map { applicability.standing(of: $0, in: control) }
    }
    let approval = rules.checklist.approval.flatMap { control in
      control.points.first.map { PointJudgement($0, of: control, timeline, scope).standing }
    }
    let preliminaries = applicability.standings + [approval].compactMap(\.self)
    let recurrence = Recurrence(evidence, scope)
    let blockers =
      (mismatches(rules, expectations) + rules.blockers + scope.candidateBlockers
      + (preliminaries + points).compactMap(\.blocker) + recurrence.blockers)
      .enumerated().sorted {
        ($1.element.state.gravity, $0.offset) < ($0.element.state.gravity, $1.offset)
      }
      .map(\.element)
    let verdict = blockers.map(\.state.verdict).max { $0.gravity < $1.gravity } ?? .go
    return GateReport(
      verdict: verdict, at: now, subject: rules.opened.subject, release: rules.opened.release,
      environment: rules.opened.environment, checklist: rules.checklist,
      outline: Outline(rules.checklist, facts: applicability.standings, points: points),
      policy: rules.policy,
      candidate: rules.candidate, facts: applicability.standings, approval: approval,
      points: points, blockers: blockers,
      warnings: rules.warnings + recurrence.warnings
        + warnings(evidence, preliminaries + points, now),
      validUntil: verdict == .go
        ? ((preliminaries + points).map(\.expires) + [recurrence.end]).compactMap(\.self).min()
        : nil,
      seal: sealStatus(evidence, scope), duties: scope.duties.holders, dues: recurrence.dues)
  }

  private static func mismatches(_ rules: LaunchRules, _ expected: Expectations) -> [Blocker] {
    let opened = rules.opened
    let checklist = expected.checklist.map { text in
      text == rules.checklist.id ? text : Digest(of: rules.checklist.value).description
    }
    let pairs: [(what: String, expected: String?, found: String?)] = [
      ("subject", expected.subject, opened.subject),
      ("release", expected.release, opened.release),
      ("environment", expected.environment, opened.environment),
      ("commit", expected.commit, rules.candidate?.commit),
      ("artifact", expected.artifact, rules.candidate?.artifact),
      ("checklist", expected.checklist, checklist),
    ]
    return pairs.compactMap { pair in
      guard let wanted = pair.expected, wanted != pair.found else { return nil }
      return Blocker(
        state: .fail,
        reason: "the \(pair.what) is \(pair.found ?? "not recorded"), but \(wanted) is expected",
        wayOut: "give the evidence of the launch that is deployed")
    }
  }

  private static func warnings(
    _ evidence: Evidence, _ points: [PointStanding], _ now: Timestamp
  ) -> [String] {
    var warnings: [String] = []
    for entry in evidence.entries {
      let parents = entry.record.parents.compactMap { evidence[$0]?.record.at }
      if let latest = parents.max(), latest > entry.record.at {
        warnings.append(
          "the \(entry.record.body.type) \(entry.id.short) claims an earlier time than what it follows"
        )
      }
    }
    return warnings + points.filter { $0.endsSoon(at: now) }.compactMap(\.endingWarning)
  }

  private static func sealStatus(_ evidence: Evidence, _ scope: JudgementScope) -> SealStatus {
    let seals = evidence.entries.filter { entry in
      guard case .seal = entry.record.body else { return false }
      return scope.admission.refusal(of: entry, for: nil) == nil
    }
    guard let last = evidence.latest(seals, record: \.id).last else { return .unsealed }
    let late = evidence.entries.filter {
      $0.id != last.id && !evidence.isAncestor($0.id, of: last.id)
    }
    if let negative = late.compactMap({ $0.negative(for: last.id) }).first {
      return .reopened(last.id, reason: negative)
    }
    return .sealed(last.id, by: last.record.by.name, at: last.record.at)
  }
}

extension Evidence {
  /// The same records in an order that does not depend on the lines of the file.
  public var inOneOrder: Evidence {
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { older, younger in
      (older.record.at, older.id) < (younger.record.at, younger.id)
    }
    // Parents stand before children already, as is usual where one clock wrote them all.
    if isSorted { return self }
    let sorted = entries.sorted { ($0.record.at, $0.id) < ($1.record.at, $1.id) }
    // The records were one evidence before, and stay so in any order.
    return (try? Evidence(sorted)) ?? self
  }
}

extension PointStanding {
  fileprivate var blocker: Blocker? {
    // What waits for a fact is named with it, once.
    guard !state.isSettled, waitsFor.isEmpty else { return nil }
    let waiting = dependents.isEmpty ? "" : "; waiting for it: \(dependents.joined(separator: " "))"
    return Blocker(point: point.id, state: state, reason: reason + waiting, wayOut: wayOut)
  }
}

extension GateVerdict {
  fileprivate var gravity: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Entry {
  /// Why this record, written after a seal, takes its ground away; nil where it does not.
  fileprivate func negative(for seal: RecordID) -> String? {
    let who = record.by.name
    switch record.body {
    case .reopen(let reopen) where reopen.record == seal: return "\(who): \(reopen.reason)"
    case .revoke(let revoke): return "\(who) took a record back: \(revoke.reason)"
    case .signOff(let signOff):
      let points = signOff.decisions.filter { $0.answer == .notMet }.map(\.point)
      return points.isEmpty
        ? nil : "\(who) said that \(points.joined(separator: ", ")) is not met"
    case .run(let run):
      let failed = run.findings.first { $0.finding.verdict == .fail }
      return failed.map { "\($0.probe) failed for \($0.point)" }
    default: return nil
    }
  }
}
