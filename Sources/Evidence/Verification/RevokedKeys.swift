internal import Foundation

/// Keys that nobody may rely on any more, whenever they signed: revocation knows no time.
///
/// Either a text with one public key or fingerprint (`SHA256:…`) a line, `#` for comments; or a
/// key revocation list in OpenSSH's binary form, which `ssh-keygen` reads.
public struct RevokedKeys: Sendable {
  private var fingerprints: Set<String> = []
  private var binary: [UInt8]?

  /// Reads the list at that path.
  ///
  /// - Throws: where it cannot be read, is larger than 16 MiB, or a line is neither: a list that
  ///   cannot be read must not let anybody in.
  public init(path: String) throws(TrustFault) {
    guard let bytes = BoundedFile.bytes(path, limit: 16 << 20) else {
      throw TrustFault(
        "the revoked keys \(path) cannot be read",
        hint: "check the path; nothing is trusted without the list that was asked for")
    }
    if bytes.starts(with: "SSHKRL\n\0".utf8) {
      binary = bytes
      return
    }
    for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      .enumerated()
    {
      let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard let fingerprint = Self.fingerprint(text) else {
        throw TrustFault(
          "line \(index + 1) of the revoked keys is neither a public key nor SHA256:…",
          hint: "mend the line, or give a list that ssh-keygen -k wrote")
      }
      fingerprints.insert(fingerprint)
    }
  }

  private static func fingerprint(_ text: String) -> String? {
    if text.hasPrefix("SHA256:") {
      let word = String(text.prefix { $0 != " " && $0 != "\t" })
      return Data(base64Encoded: String(word.dropFirst(7)) + "=")?.count == 32 ? word : nil
    }
    // Keys of kinds that are not judged may be revoked all the same.
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard words.count >= 2, let wire = Data(base64Encoded: String(words[1])) else { return nil }
    var reader = WireReader(Array(wire))
    return reader.text().map { $0 == words[0] } ?? false
      ? SSHPublicKey.fingerprint(ofWire: Array(wire)) : nil
  }

  /// Whether the key is on the list.
  func contains(_ key: SSHPublicKey) throws(SSHKeygen.Failure) -> Bool {
    if let binary { return try SSHKeygen.isRevoked(key, list: binary) }
    return fingerprints.contains(key.fingerprint)
  }
}
