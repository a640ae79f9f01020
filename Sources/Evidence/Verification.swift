internal import Checklist

/// What an auditor can rely on, with a list of allowed signers and a head that was kept elsewhere.
public struct Verification: Sendable {
  /// What the auditor brings along.
  public struct Demands: Sendable {
    /// Path of an allowed-signers file (ssh-keygen(1), ALLOWED SIGNERS).
    public var allowedSigners: String?
    /// Every sign-off, countersign, revoke, carry and seal has to be signed too.
    public var isStrict: Bool
    /// A record that has to be there, kept outside the file.
    public var expectedHead: RecordID?

    /// Nothing is demanded unless it is given.
    public init(
      allowedSigners: String? = nil, isStrict: Bool = false, expectedHead: RecordID? = nil
    ) {
      self.allowedSigners = allowedSigners
      self.isStrict = isStrict
      self.expectedHead = expectedHead
    }
  }

  /// Records that are not trusted, with the reason.
  public private(set) var untrusted: [(id: RecordID, reason: String)] = []
  /// Signed records whose signer is allowed, with the key and the principal.
  public private(set) var trusted: [(id: RecordID, key: String, principal: String)] = []
  /// Records that do not lie in the past of the expected head.
  public private(set) var outside: [RecordID] = []
  /// What is established, in words.
  public private(set) var established: [String] = []
  /// What is not, in words.
  public private(set) var notEstablished: [String] = []

  /// Whether everything that was demanded holds.
  public var isTrusted: Bool { untrusted.isEmpty }

  /// Verifies evidence that was read strictly and whose signatures were checked.
  ///
  /// - Throws: damage where the expected head is missing; a failure where `ssh-keygen` cannot run.
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
    for entry in evidence.entries {
      try judge(entry, demands)
      guard case .carry(let carry) = entry.record.body else { continue }
      for value in carry.records { try judge(Entry(carried: value), demands) }
    }
    if demands.isStrict && demands.allowedSigners == nil {
      untrusted.append((evidence.heads.first ?? Digest(of: [] as [UInt8]), "no signers were given"))
    }
    describe(evidence, demands)
  }

  private mutating func judge(_ entry: Entry, _ demands: Demands) throws {
    guard !entry.signatures.isEmpty else {
      if demands.isStrict && entry.record.body.wantsSignature {
        untrusted.append((entry.id, "this \(entry.record.body.type) is not signed"))
      }
      return
    }
    guard let file = demands.allowedSigners else { return }
    let principal =
      switch entry.record.by.identity {
      case .person(let signer): signer.email
      case .automation(let automation): automation.id
      }
    for signature in entry.signatures
    where try SSHKeygen.isAllowed(
      signature, over: entry.bytes, principal: principal, allowedSigners: file)
    {
      trusted.append((entry.id, signature.key, principal))
      return
    }
    untrusted.append((entry.id, "no allowed signer of \(principal) signed this"))
  }

  private mutating func describe(_ evidence: Evidence, _ demands: Demands) {
    let signed = evidence.entries.filter { !$0.signatures.isEmpty }.count
    established.append(
      "\(evidence.entries.count) records are consistent: ids, parents, references, canonical bytes")
    established.append(
      "\(signed) records are signed, each signature over the bytes it stands beside")
    if demands.allowedSigners != nil {
      established.append("\(trusted.count) records are signed by an allowed signer")
    } else {
      notEstablished.append("who signed: no allowed signers were given (--allowed-signers)")
    }
    if signed < evidence.entries.count {
      notEstablished.append(
        "\(evidence.entries.count - signed) records are not signed: names in them are as typed")
    }
    notEstablished.append("when: times are those of the writers' clocks")
    if demands.expectedHead == nil {
      notEstablished.append(
        "completeness: records at the end may have been left out (--expect-head)")
    } else {
      established.append(
        "nothing in the past of the expected head is missing; \(outside.count) records lie outside")
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
