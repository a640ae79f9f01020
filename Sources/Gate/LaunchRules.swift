internal import Checklist
internal import Evidence

/// The checklist, policy and candidate by which a launch is judged, and where records disagree.
struct LaunchRules {
  let opened: Opened
  let checklist: Checklist
  let policy: Policy
  let candidate: Candidate?
  let blockers: [Blocker]
  let warnings: [String]

  /// The rules that the records of that moment give.
  ///
  /// - Throws: where nothing was opened, or a recorded checklist or policy cannot be read.
  init(_ evidence: Evidence, at now: Timestamp) throws(GateFault) {
    let openings = evidence.entries.compactMap { entry -> (Entry, Opened)? in
      if case .opened(let opened) = entry.record.body { (entry, opened) } else { nil }
    }
    guard let first = openings.first?.1 else { throw GateFault("the launch has not been opened") }
    opened = first
    let openedPolicy = (try? Policy.read(recorded: first.policy)) ?? Policy()
    let changes = PolicyChanges(evidence, Admission(policy: openedPolicy, now: now))
    var blockers: [Blocker] = []
    let checklistValue = changes.latest(\.checklist)
    let policyValue = changes.latest(\.policy)
    if Set(openings.map(\.1.checklist)).count > 1, checklistValue.value == nil {
      blockers.append(Self.disagreement("the checklist"))
    }
    if Set(openings.map(\.1.policy)).count > 1, policyValue.value == nil {
      blockers.append(Self.disagreement("the policy"))
    }
    for (what, isDisputed) in [
      ("checklist", checklistValue.isDisputed), ("policy", policyValue.isDisputed),
    ] where isDisputed {
      blockers.append(Self.disagreement("the changed \(what)"))
    }
    let candidates = Self.candidates(evidence)
    if candidates.count > 1 {
      blockers.append(
        Blocker(
          state: .unknown,
          reason: "two candidates were recorded side by side: "
            + candidates.map { String($0.commit.prefix(12)) }.sorted().joined(separator: " and "),
          wayOut: "run launchgate probe on the commit that is to ship"))
    }
    candidate = candidates.count == 1 ? candidates.first : nil
    do {
      checklist = try Checklist.read(recorded: checklistValue.value ?? first.checklist)
      policy = try Policy.read(recorded: policyValue.value ?? first.policy)
    } catch {
      throw GateFault(error.faults.first?.description ?? "the recorded rules cannot be read")
    }
    self.blockers = blockers
    warnings = changes.pending
  }

  private static func disagreement(_ what: String) -> Blocker {
    Blocker(
      state: .open, reason: "the launch was opened more than once, and \(what) differs",
      wayOut: "two people have to settle it by a policy record: launchgate sign --settle")
  }

  /// The causally latest candidates, each once.
  static func candidates(_ evidence: Evidence, seenBy record: RecordID? = nil) -> Set<Candidate> {
    let all = evidence.entries.compactMap { entry -> (id: RecordID, candidate: Candidate)? in
      guard case .candidate(let candidate) = entry.record.body,
        record.map({ evidence.isAncestor(entry.id, of: $0) }) ?? true
      else { return nil }
      return (entry.id, candidate)
    }
    return Set(evidence.latest(all, record: \.id).map(\.candidate))
  }
}

/// Why a launch cannot be judged at all.
public struct GateFault: Error, Equatable, Sendable {
  /// In lower case and without a full stop.
  public var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Changes of the policy or checklist that two people agreed to.
private struct PolicyChanges {
  private var agreed: [(id: RecordID, change: PolicyChange)] = []
  private(set) var pending: [String] = []
  private let evidence: Evidence

  /// Changes are judged by the policy of the opening: nobody lets oneself in by a change.
  init(_ evidence: Evidence, _ admission: Admission) {
    self.evidence = evidence
    let references = evidence.entries
    for entry in references {
      guard case .policy(let change) = entry.record.body else { continue }
      let isRevoked = references.contains { other in
        if case .revoke(let revoke) = other.record.body { revoke.record == entry.id } else { false }
      }
      let isAgreed = references.contains { other in
        guard case .countersign(let agreement) = other.record.body,
          let first = entry.record.by.person, let second = other.record.by.person
        else { return false }
        return agreement.record == entry.id && !first.isSamePerson(as: second)
          && admission.refusal(of: entry, for: nil) == nil
          && admission.refusal(of: other, for: nil) == nil
      }
      if isRevoked { continue }
      if isAgreed {
        agreed.append((entry.id, change))
      } else {
        pending.append(
          "a change of policy by \(entry.record.by.name) waits for a second person: \(entry.id.short)"
        )
      }
    }
  }

  func latest(_ part: KeyPath<PolicyChange, JSONValue?>) -> (value: JSONValue?, isDisputed: Bool) {
    let changes = agreed.filter { $0.change[keyPath: part] != nil }
    let heads = evidence.latest(changes, record: \.id)
    let values = Set(heads.compactMap { $0.change[keyPath: part] })
    return (heads.last?.change[keyPath: part], values.count > 1)
  }
}

extension Author.Signer {
  /// Whether two signers are one person, by address or stable id.
  func isSamePerson(as other: Author.Signer) -> Bool {
    if !email.isEmpty && email.lowercased() == other.email.lowercased() { return true }
    return id.lowercased() == other.id.lowercased()
  }
}
