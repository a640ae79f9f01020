/// Whether each signature was made over the bytes that it stands beside.
public enum SignatureCheck {
  /// Checks every signature of the evidence, of carried records too.
  ///
  /// A signature that does not verify is damage, whether or not anybody asked for signers; so is
  /// one of a kind that is not judged here. No other program is run.
  /// - Throws: the first damage.
  public static func check(_ evidence: Evidence) throws { try check(evidence.entries) }

  /// Checks every signature of those entries.
  static func check(_ entries: [Entry]) throws {
    for entry in entries {
      try check(entry)
      if case .carry(let carry) = entry.record.body {
        for value in carry.records { try check(Entry(carried: value)) }
      }
    }
  }

  private static func check(_ entry: Entry) throws(EvidenceDamage) {
    for signature in entry.signatures {
      let parsed = try SSHSignature(armoured: signature.sshsig)
      guard parsed.fingerprint == signature.key else {
        throw EvidenceDamage(
          "a signature of \(entry.id.short) was made by \(parsed.fingerprint), not \(signature.key)"
        )
      }
      guard parsed.verifies(entry.bytes) else {
        throw EvidenceDamage(
          "the signature of \(entry.id.short) by \(signature.key) is not over its bytes")
      }
    }
  }
}
