public import Checklist
public import Evidence
internal import Gate

/// What an auditor brought along, and what came of it.
public struct AuditGrounds: Sendable {
  /// What is established, in words.
  public var established: [String] = []
  /// What is not, in words.
  public var notEstablished: [String] = []
  /// Whether allowed signers were given.
  public var hasSigners = false
  /// Principals by record and key, where the allowed signers list the key.
  public var trusted: [RecordID: [String: String]] = [:]
  /// Records that lack what was demanded, with the reason.
  public var untrusted: [RecordID: String] = [:]
  /// Records that do not lie in the past of the expected head.
  public var outside: Set<RecordID> = []
  /// Damage that only shows against what was brought along, such as a missing head.
  public var faults: [EvidenceDamage] = []
  /// Whether a person touched the hardware key, by record and key.
  public var touched: [RecordID: [String: Bool]] = [:]

  /// Nothing was brought along.
  public init() {}
}

extension AuditSnapshot {
  /// What an auditor sees of that file at that moment.
  public init(
    path: String, digest: Digest, _ salvaged: SalvagedEvidence, _ grounds: AuditGrounds,
    at now: Timestamp, judging evidence: Evidence? = nil
  ) {
    self.path = path
    self.digest = digest
    let judged = evidence ?? salvaged.evidence
    do throws(GateFault) {
      let report = try Gate.evaluate(judged, at: now)
      self.report = report
      changes = Drift(judged, report).all
    } catch {
      report = nil
      judgement = error.reason
      changes = [:]
    }
    faults = grounds.faults + salvaged.faults
    established = grounds.established
    notEstablished = grounds.notEstablished
    heads = salvaged.evidence.heads
    records = AuditRecord.all(salvaged, grounds, report, at: now)
    keys = AuditKey.all(records, report?.policy ?? Policy())
    integrity =
      !faults.isEmpty ? .damaged : grounds.untrusted.isEmpty ? .intact : .untrusted
    isVerified = integrity == .intact && grounds.hasSigners && !grounds.trusted.isEmpty
    concerns = []
    concerns = AuditConcern.all(self)
  }
}

extension AuditRecord {
  /// All lines, newest first; lines that are no record keep their place beside their neighbours.
  fileprivate static func all(
    _ salvaged: SalvagedEvidence, _ grounds: AuditGrounds, _ report: GateReport?, at now: Timestamp
  ) -> [AuditRecord] {
    let seal: RecordID? =
      switch report?.seal {
      case .sealed(let id, _, _), .reopened(let id, _): id
      case .unsealed, nil: nil
      }
    let past = seal.map { salvaged.evidence.past(of: [$0]) }
    let required = report?.policy.signaturesRequired ?? false
    return salvaged.lines.reversed().map { line in
      var record = AuditRecord(
        line: line.number, entry: line.entry, told: line.entry.map(HistoryEntry.init),
        claim: line.claim, excerpt: line.excerpt, faults: line.faults, signatures: [], marks: [],
        lacksSignature: false)
      guard let entry = line.entry else { return record }
      record.signatures = entry.signatures.map { signature in
        AuditSignature(
          key: signature.key, state: grounds.state(of: signature.key, on: entry.id, line),
          touched: grounds.touched[entry.id]?[signature.key])
      }
      let isDemanded = required && entry.record.body.wantsPerson
      record.lacksSignature =
        entry.signatures.isEmpty && (isDemanded || grounds.untrusted[entry.id] != nil)
      if let past, !past.contains(entry.id) {
        record.marks.append("late: it is not in the past of the seal")
      }
      if grounds.outside.contains(entry.id) {
        record.marks.append("outside: it is not in the past of the expected head")
      }
      record.marks += clock(entry, salvaged.evidence, at: now).map { "clock: \($0)" }
      return record
    }
  }

  private static func clock(_ entry: Entry, _ evidence: Evidence, at now: Timestamp) -> [String] {
    var flags: [String] = []
    if entry.record.at > now + Period(seconds: 300) {
      flags.append("it says \(entry.record.at.rfc3339), which is ahead")
    }
    let latest = entry.record.parents.compactMap { evidence[$0]?.record.at }.max()
    if let latest, latest > entry.record.at {
      flags.append(
        "it says \(entry.record.at.rfc3339), but follows a record of \(latest.rfc3339)")
    }
    return flags
  }
}

extension AuditGrounds {
  fileprivate func state(
    of key: String, on record: RecordID, _ line: SalvagedEvidence.Line
  ) -> AuditSignature.State {
    if let reason = line.badSignatures[key] { return .bad(reason) }
    if let principal = trusted[record]?[key] { return .good(principal) }
    return hasSigners ? .untrusted : .valid
  }
}

extension Record.Body {
  /// Whether a person's word stands in it, so that a policy can want a signature.
  fileprivate var wantsPerson: Bool {
    switch self {
    case .signOff, .countersign, .revoke, .carry, .seal: true
    case .opened, .policy, .candidate, .run, .assign, .reopen, .timestamp: false
    }
  }
}

extension AuditKey {
  /// All keys of those records, in the order of their fingerprints.
  fileprivate static func all(_ records: [AuditRecord], _ policy: Policy) -> [AuditKey] {
    var owners: [String: [String]] = [:]
    for person in policy.people {
      for key in person.keys {
        if let print = SSHPublicKey.fingerprint(ofLine: key) {
          owners[print, default: []].append(person.name)
        }
      }
    }
    for pipeline in policy.automation {
      if let print = SSHPublicKey.fingerprint(ofLine: pipeline.key) {
        owners[print, default: []].append("pipeline \(pipeline.id)")
      }
    }
    var keys: [String: AuditKey] = [:]
    for record in records {
      for signature in record.signatures {
        var key =
          keys[signature.key]
          ?? AuditKey(
            fingerprint: signature.key, people: owners[signature.key] ?? [], principals: [],
            names: [], lines: [], state: signature.state)
        if case .good(let principal) = signature.state, !key.principals.contains(principal) {
          key.principals.append(principal)
        }
        if let who = record.told?.who, !key.names.contains(who) { key.names.append(who) }
        key.lines.append(record.line)
        if signature.state.gravity > key.state.gravity { key.state = signature.state }
        keys[signature.key] = key
      }
    }
    return keys.values.sorted { $0.fingerprint < $1.fingerprint }
  }
}

extension AuditSignature.State {
  fileprivate var gravity: Int {
    switch self {
    case .good: 0
    case .valid: 1
    case .untrusted: 2
    case .bad: 3
    }
  }
}
