internal import Checklist
internal import Evidence

/// What every judgement of one launch has in common.
struct JudgementScope {
  let evidence: Evidence
  let rules: LaunchRules
  let admission: Admission
  let duties: Duties
  let reopenings: Reopenings
  let now: Timestamp
  private let vouched: Set<RecordID>
  private let candidates: [(id: RecordID, candidate: Candidate)]

  init(_ evidence: Evidence, _ rules: LaunchRules, at now: Timestamp) {
    self.evidence = evidence
    self.rules = rules
    self.now = now
    candidates = LaunchRules.allCandidates(evidence)
    let admission = Admission(policy: rules.policy, now: now)
    self.admission = admission
    duties = Duties(evidence, admission)
    reopenings = Reopenings(evidence, rules.checklist)
    guard rules.policy.signaturesRequired else {
      vouched = []
      return
    }
    // Runs count when a signed sign-off or seal has them in its past.
    let signers = evidence.entries.filter { entry in
      switch entry.record.body {
      case .signOff, .seal: admission.isSignedByPerson(entry)
      default: false
      }
    }
    vouched = evidence.past(of: signers.map(\.id))
  }

  /// Whether a signature stands behind that run, its own or that of a later sign-off.
  func isVouched(_ entry: Entry) -> Bool {
    vouched.contains(entry.id) || admission.isSignedByAutomation(entry)
  }

  /// Whether the trees that were seen by that record differ from those that are to ship.
  func hasMoved(since record: RecordID) -> Bool {
    guard let current = rules.candidate else { return false }
    let seen = Set(
      evidence.latest(candidates.filter { evidence.isAncestor($0.id, of: record) }, record: \.id)
        .map(\.candidate))
    return seen.count != 1 || seen.first?.trees != current.trees
  }
}

extension JudgementScope {
  /// Where signatures are required: candidates that nobody signed, and that no signed sign-off or
  /// seal follows.
  ///
  /// They are judged as any other, so that they can take away, but they let nothing pass: else
  /// whoever can write the file could choose what the sign-offs are of.
  var candidateBlockers: [Blocker] {
    guard rules.policy.signaturesRequired else { return [] }
    let all = evidence.entries.compactMap { entry -> (entry: Entry, candidate: Candidate)? in
      if case .candidate(let candidate) = entry.record.body { (entry, candidate) } else { nil }
    }
    let covered = evidence.latest(
      all.filter { isVouched($0.entry) || admission.isSignedByPerson($0.entry) }
    ) { $0.entry.id }
    return evidence.latest(all) { $0.entry.id }.filter { latest in
      !covered.contains { $0.entry.id == latest.entry.id }
        && (covered.isEmpty || covered.contains { $0.candidate != latest.candidate })
    }.map { latest in
      Blocker(
        state: .unknown,
        reason: "the candidate \(latest.candidate.commit.prefix(12)) is not covered by a signature",
        wayOut: "sign off what is to ship, or run launchgate probe --key with an automation key")
    }
  }
}
