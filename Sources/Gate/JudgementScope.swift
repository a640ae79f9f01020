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
