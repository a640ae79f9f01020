public import Checklist

/// What an auditor can rely on, with what the auditor brings along.
public struct Verification: Sendable {
  /// What the auditor brings along and asks for.
  public struct Demands: Sendable {
    /// Who may sign with which key.
    public var allowedSigners: AllowedSigners?
    /// Keys that nobody may rely on any more.
    public var revokedKeys: RevokedKeys?
    /// Every sign-off, countersign, revoke, carry and seal has to be signed too, and ssh-keygen
    /// has to come to the same result for every signature.
    public var isStrict = false
    /// A record that has to be there, kept outside the file.
    public var expectedHead: RecordID?
    /// Who may have stamped times.
    public var authority: TimestampAuthority?
    /// The folder in which the attachments have to be.
    public var attachments: String?
    /// Today's time: keys are judged by it where no time-stamp token says better.
    public var now: Timestamp

    /// Nothing is demanded unless it is given.
    public init(now: Timestamp) { self.now = now }
  }

  /// One signature and what came of it.
  public struct Judged: Sendable {
    /// The signed record; of a carried one, the record that carries it.
    public var record: RecordID
    /// Fingerprint of the key.
    public var key: String
    /// Such as `ssh-ed25519`.
    public var type: String
    /// The person's address or the automation's id, from the signed bytes.
    public var principal: String
    /// What a hardware key says of its user; nil for keys in files.
    public var presence: SSHPresence?
    /// The time by which the key was judged.
    public var time: Timestamp
    /// Why it is not trusted; nil where it is.
    public var refusal: String?
  }

  /// A time-stamp token and what came of it.
  public struct Stamp: Sendable {
    /// The `timestamp` record.
    public var record: RecordID
    /// The seal that was stamped.
    public var seal: RecordID
    /// When, as the token says.
    public var time: Timestamp
    /// Whether a trusted authority stamped it.
    public var isVerified: Bool
  }

  /// Records that are not trusted, with the reason.
  public internal(set) var untrusted: [(id: RecordID, reason: String)] = []
  /// Signed records whose signer is allowed, with the key and the principal.
  public internal(set) var trusted: [(id: RecordID, key: String, principal: String)] = []
  /// Every signature.
  public internal(set) var signatures: [Judged] = []
  /// Every time-stamp token.
  public internal(set) var stamps: [Stamp] = []
  /// Records that do not lie in the past of the expected head.
  public internal(set) var outside: [RecordID] = []
  /// How many attachments were found with the recorded bytes.
  public internal(set) var attachmentsFound = 0
  /// What is established, in words.
  public internal(set) var established: [String] = []
  /// What is not, in words.
  public internal(set) var notEstablished: [String] = []

  /// Whether everything that was demanded holds.
  public var isTrusted: Bool { untrusted.isEmpty }

  /// Verifies evidence that was read strictly and whose signatures were checked.
  ///
  /// - Throws: damage where the expected head is missing, a time-stamp token is none or stamps
  ///   something else, or ssh-keygen disagrees; a failure where a program that is needed cannot
  ///   run; a `TrustFault` where the attachments cannot be looked for.
  public init(_ evidence: Evidence, _ demands: Demands) throws {
    if let head = demands.expectedHead {
      guard evidence[head] != nil else {
        throw EvidenceDamage(
          "the record \(head) is missing",
          hint: "the file is not the one whose head was kept, or records were taken out")
      }
      let past = evidence.past(of: [head])
      outside = evidence.entries.map(\.id).filter { !past.contains($0) }
    }
    try judgeStamps(evidence, demands)
    var judge = SignatureJudge(demands)
    let times = try SigningTimes(evidence, stamps, &judge)
    for entry in evidence.entries {
      try weigh(entry, as: entry.id, demands, &judge, times)
      guard case .carry(let carry) = entry.record.body else { continue }
      for value in carry.records {
        try weigh(Entry(carried: value), as: entry.id, demands, &judge, times)
      }
    }
    if demands.isStrict && demands.allowedSigners == nil {
      untrusted.append((evidence.heads.first ?? Digest(of: [] as [UInt8]), "no signers were given"))
    }
    if let folder = demands.attachments {
      let check = try AttachmentCheck(evidence, folder: folder)
      attachmentsFound = check.found
      untrusted += check.faults
    }
    describe(evidence, demands)
  }

  private mutating func weigh(
    _ entry: Entry, as id: RecordID, _ demands: Demands, _ judge: inout SignatureJudge,
    _ times: SigningTimes
  ) throws {
    guard !entry.signatures.isEmpty else {
      if demands.isStrict && entry.record.body.wantsSignature {
        untrusted.append((id, "this \(entry.record.body.type) is not signed"))
      }
      return
    }
    let judged = try entry.signatures.map { signature in
      try judge.judge(
        signature, of: entry, as: id,
        at: times.time(of: signature, entry.id, in: id) ?? demands.now)
    }
    signatures += judged
    guard demands.allowedSigners != nil || demands.revokedKeys != nil else { return }
    if let good = judged.first(where: { $0.refusal == nil }) {
      if demands.allowedSigners != nil { trusted.append((id, good.key, good.principal)) }
    } else {
      let reasons = judged.compactMap(\.refusal).joined(separator: "; ")
      untrusted.append((id, "no allowed signer of \(entry.principal) signed this: \(reasons)"))
    }
  }

  private mutating func judgeStamps(_ evidence: Evidence, _ demands: Demands) throws {
    for entry in evidence.entries {
      guard case .timestamp(let body) = entry.record.body, let seal = evidence[body.seal] else {
        continue
      }
      let stamp: StampedTime
      do {
        stamp = try StampedTime(body)
      } catch {
        throw EvidenceDamage("the timestamp \(entry.id.short): \(error.reason)")
      }
      guard stamp.imprint == seal.id else {
        throw EvidenceDamage("the timestamp \(entry.id.short) is not over the seal that it names")
      }
      var isVerified = false
      if let authority = demands.authority {
        let refusal =
          stamp.time > demands.now + Period(seconds: 300)
          ? "it is from \(stamp.time.rfc3339), which is still to come"
          : try authority.refusal(of: stamp, over: seal.bytes)
        if let refusal {
          untrusted.append((entry.id, "the time stamp is not trusted: \(refusal)"))
        }
        isVerified = refusal == nil
      }
      stamps.append(
        Stamp(record: entry.id, seal: seal.id, time: stamp.time, isVerified: isVerified))
    }
  }
}

extension StampedTime {
  /// The token of a record.
  ///
  /// - Throws: where it is no token over a SHA-256 digest.
  public init(_ record: TimestampToken) throws(TrustFault) {
    guard let der = record.der else {
      throw TrustFault("it is not base64", hint: "the record was not written by launchgate")
    }
    try self.init(der: der)
  }
}

extension Entry {
  /// As whom the record has to be signed: the person's address, or the automation's id.
  var principal: String {
    switch record.by.identity {
    case .person(let signer): signer.email
    case .automation(let automation): automation.id
    }
  }
}

extension Record.Body {
  /// Whether a strict auditor wants a signature on it.
  fileprivate var wantsSignature: Bool {
    switch self {
    case .signOff, .countersign, .revoke, .carry, .seal: true
    case .opened, .policy, .candidate, .run, .assign, .reopen, .timestamp: false
    }
  }
}
