internal import Checklist

/// Judges single signatures by the lists that an auditor gives.
struct SignatureJudge {
  private let demands: Verification.Demands
  private var revoked: [SSHPublicKey: Bool] = [:]

  init(_ demands: Verification.Demands) { self.demands = demands }

  /// What comes of a signature whose key is judged by that time.
  ///
  /// - Throws: damage where `ssh-keygen`, asked as well, comes to another result.
  mutating func judge(
    _ signature: Signature, of entry: Entry, as id: RecordID, at time: Timestamp
  ) throws -> Verification.Judged {
    let parsed = try SSHSignature(armoured: signature.sshsig)
    let listing = demands.allowedSigners.map {
      $0.refusal(of: parsed.key, as: entry.principal, at: time)
    }
    if demands.isStrict {
      try crossCheck(signature, of: entry, isAllowed: listing.map { $0 == nil }, at: time)
    }
    var refusal = listing ?? nil
    if demands.allowedSigners?.isShared(parsed.key) ?? false {
      refusal = "\(signature.key) is listed for two people"
    }
    if try isRevoked(parsed.key) { refusal = "\(signature.key) is revoked" }
    return Verification.Judged(
      record: id, key: signature.key, type: parsed.key.type, principal: entry.principal,
      presence: parsed.presence, time: time,
      refusal: refusal)
  }

  private mutating func isRevoked(_ key: SSHPublicKey) throws -> Bool {
    guard let list = demands.revokedKeys else { return false }
    if let known = revoked[key] { return known }
    let answer = try list.contains(key)
    revoked[key] = answer
    return answer
  }

  private func crossCheck(
    _ signature: Signature, of entry: Entry, isAllowed: Bool?, at time: Timestamp
  ) throws {
    if let isAllowed, let signers = demands.allowedSigners {
      let answer = try SSHKeygen.isAllowed(
        signature, over: entry.bytes, principal: entry.principal, signers: signers, at: time)
      guard answer == isAllowed else {
        throw EvidenceDamage(
          "ssh-keygen disagrees on the signer of \(entry.id.short): it \(answer ? "accepts" : "refuses") "
            + "\(signature.key) for \(entry.principal)",
          hint: "one of the two programs is wrong: trust neither until it is known which")
      }
      if answer { return }
    }
    guard try SSHKeygen.isValid(signature, over: entry.bytes) else {
      throw EvidenceDamage(
        "ssh-keygen refuses the signature of \(entry.id.short) by \(signature.key)",
        hint: "one of the two programs is wrong: trust neither until it is known which")
    }
  }
}

/// By which time the key of each signature is judged, where a time-stamp token says so.
///
/// A token proves that the seal's bytes existed. They name the signatures in its past, and hold
/// carried records with theirs, so that all of these existed too.
struct SigningTimes {
  private struct Pair: Hashable {
    var record: RecordID
    var key: String
  }

  private var pairs: [Pair: Timestamp] = [:]
  private var carries: [RecordID: Timestamp] = [:]

  /// - Parameter judge: says whether a stamped seal is trusted at its own time: what an untrusted
  ///   one says of others is worth nothing.
  init(
    _ evidence: Evidence, _ stamps: [Verification.Stamp], _ judge: inout SignatureJudge
  ) throws {
    for stamp in stamps where stamp.isVerified {
      guard let entry = evidence[stamp.seal], case .seal(let seal) = entry.record.body else {
        continue
      }
      for id in evidence.past(of: [stamp.seal]) { Self.note(stamp.time, for: id, in: &carries) }
      var isTrusted = false
      for signature in entry.signatures {
        let judged = try judge.judge(signature, of: entry, as: entry.id, at: stamp.time)
        guard judged.refusal == nil else { continue }
        isTrusted = true
        Self.note(stamp.time, for: Pair(record: entry.id, key: signature.key), in: &pairs)
      }
      guard isTrusted else { continue }
      for cover in seal.covers {
        Self.note(stamp.time, for: Pair(record: cover.record, key: cover.key), in: &pairs)
      }
    }
  }

  /// The time of the earliest token that proves it; nil where none does.
  ///
  /// - Parameter id: the record of the file: for carried records, the one that carries them.
  func time(of signature: Signature, _ record: RecordID, in id: RecordID) -> Timestamp? {
    record == id ? pairs[Pair(record: record, key: signature.key)] : carries[id]
  }

  private static func note<Key>(
    _ time: Timestamp, for key: Key, in times: inout [Key: Timestamp]
  ) {
    times[key] = min(times[key] ?? time, time)
  }
}
