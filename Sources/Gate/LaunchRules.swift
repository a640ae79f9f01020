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
    let openings = evidence.entries.compactMap { entry -> (id: RecordID, opened: Opened)? in
      if case .opened(let opened) = entry.record.body { (entry.id, opened) } else { nil }
    }
    guard let first = openings.first?.opened else {
      throw GateFault("the launch has not been opened")
    }
    opened = first
    var admissions: [Admission] = []
    for opening in openings {
      admissions.append(Admission(policy: try Self.policy(opening.opened.policy), now: now))
    }
    let changes = PolicyChanges(evidence, admissions, openings: openings.map(\.id))
    var blockers: [Blocker] = []
    let checklistValue = changes.latest(\.checklist)
    let policyValue = changes.latest(\.policy)
    if openings.contains(where: { $0.opened.recorded != first.recorded }),
      !checklistValue.settlesAll
    {
      blockers.append(Self.disagreement("the checklist"))
    }
    if openings.contains(where: { $0.opened.policy != first.policy }), !policyValue.settlesAll {
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
          wayOut: "on the commit that is to ship: launchgate probe"))
    }
    candidate = candidates.count == 1 ? candidates.first : nil
    do {
      if let changed = checklistValue.value {
        checklist = try Checklist.read(recorded: changed)
      } else {
        checklist = try first.recorded.read()
      }
    } catch {
      throw GateFault(error.faults.first?.description ?? "the recorded checklist cannot be read")
    }
    policy = try Self.policy(policyValue.value ?? first.policy)
    self.blockers = blockers
    warnings = changes.pending
  }

  private static func policy(_ value: JSONValue) throws(GateFault) -> Policy {
    do {
      return try Policy.read(recorded: value)
    } catch {
      throw GateFault(error.faults.first?.description ?? "the recorded policy cannot be read")
    }
  }

  private static func disagreement(_ what: String) -> Blocker {
    Blocker(
      state: .open, reason: "the launch was opened more than once, and \(what) differs",
      wayOut: "two people settle it: launchgate adopt, then launchgate countersign")
  }

  /// The causally latest candidates, each once.
  static func candidates(_ evidence: Evidence) -> Set<Candidate> {
    Set(evidence.latest(allCandidates(evidence), record: \.id).map(\.candidate))
  }

  /// All candidates that were ever recorded, in the evidence's own order.
  static func allCandidates(_ evidence: Evidence) -> [(id: RecordID, candidate: Candidate)] {
    evidence.entries.compactMap { entry in
      if case .candidate(let candidate) = entry.record.body { (entry.id, candidate) } else { nil }
    }
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

  private let openings: [RecordID]

  /// Changes are judged by the policy of every opening: nobody lets oneself in by a change, or by
  /// opening the launch once more.
  init(_ evidence: Evidence, _ admissions: [Admission], openings: [RecordID]) {
    self.evidence = evidence
    self.openings = openings
    var countersigns: [RecordID: [Entry]] = [:]
    var revokes: [RecordID: [Entry]] = [:]
    for entry in evidence.entries {
      switch entry.record.body {
      case .countersign(let body): countersigns[body.record, default: []].append(entry)
      case .revoke(let body): revokes[body.record, default: []].append(entry)
      default: break
      }
    }
    func isAgreed(_ entry: Entry) -> Bool {
      (countersigns[entry.id] ?? []).contains { other in
        admissions.allSatisfy { $0.isAgreement(of: entry, and: other) }
      }
    }
    for entry in evidence.entries {
      guard case .policy(let change) = entry.record.body else { continue }
      let takenBack = revokes[entry.id] ?? []
      if isAgreed(entry) {
        // What two people made stricter, one alone does not loosen again.
        if !takenBack.contains(where: isAgreed) { agreed.append((entry.id, change)) }
      } else if takenBack.isEmpty {
        pending.append(
          "a change of policy by \(entry.record.by.name) waits for a second person: \(entry.id.short)"
        )
      }
    }
  }

  /// What the changes of one part come to.
  struct Outcome {
    var value: JSONValue?
    var isDisputed: Bool
    /// Whether the change knew of every opening, so that it settles what differs in them.
    var settlesAll: Bool
  }

  func latest(_ part: KeyPath<PolicyChange, JSONValue?>) -> Outcome {
    let changes = agreed.filter { $0.change[keyPath: part] != nil }
    let heads = evidence.latest(changes, record: \.id)
    let values = Set(heads.compactMap { $0.change[keyPath: part] })
    return Outcome(
      value: heads.last?.change[keyPath: part], isDisputed: values.count > 1,
      settlesAll: heads.contains { head in
        openings.allSatisfy { evidence.isAncestor($0, of: head.id) }
      })
  }
}

extension Admission {
  /// Whether two records of two people, who both may act, agree.
  fileprivate func isAgreement(of entry: Entry, and other: Entry) -> Bool {
    guard let first = entry.record.by.person, let second = other.record.by.person else {
      return false
    }
    return !isSamePerson(first, second) && !hasOnlyKeys(of: entry, other)
      && refusal(of: entry, for: nil) == nil
      && refusal(of: other, for: nil) == nil
  }
}

extension Author.Signer {
  /// Whether two signers are one person, by address or stable id.
  func isSamePerson(as other: Author.Signer) -> Bool {
    if !email.isEmpty && email.lowercased() == other.email.lowercased() { return true }
    return id.lowercased() == other.id.lowercased()
  }
}
