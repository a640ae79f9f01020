internal import Crypto
internal import Foundation

/// The parts of an SSHSIG blob (OpenSSH's PROTOCOL.sshsig, version 1).
struct SSHSignature: Equatable {
  /// Wire form of the public key.
  var publicKey: [UInt8]
  /// What kind of key it is, such as `ssh-ed25519`.
  var keyType: String
  /// `sha256` or `sha512`.
  var hashAlgorithm: String
  /// Signature format and bytes, in wire form.
  var signature: [UInt8]

  /// Fingerprint as `ssh-keygen -l` prints it.
  var fingerprint: String { SSHPublicKey.fingerprint(of: publicKey) }

  /// Parses armoured text.
  ///
  /// Any wrapping of the base64 is accepted; text outside the armour, reserved bytes, another
  /// version or namespace and padding bits are not, because each would let one signature have
  /// several spellings.
  init(armoured text: String) throws(EvidenceDamage) {
    guard text.utf8.count <= Limits.signatureBytes else {
      throw EvidenceDamage("a signature is larger than \(Limits.signatureBytes) bytes")
    }
    let blob = try Self.blob(text)
    var reader = WireReader(blob[...])
    guard reader.take(6)?.elementsEqual("SSHSIG".utf8) ?? false, reader.uint32() == 1,
      let publicKey = reader.string(), let namespace = reader.string(),
      let reserved = reader.string(), let hash = reader.string(),
      let signature = reader.string(), reader.isAtEnd
    else { throw EvidenceDamage("a signature is no SSHSIG of version 1") }
    guard namespace.elementsEqual(Signature.namespace.utf8) else {
      throw EvidenceDamage("a signature was made for another purpose than launchgate")
    }
    guard reserved.isEmpty else { throw EvidenceDamage("a signature has reserved bytes") }
    var keyReader = WireReader(publicKey)
    guard let type = keyReader.string() else {
      throw EvidenceDamage("a signature names no key type")
    }
    self.publicKey = Array(publicKey)
    keyType = String(decoding: type, as: UTF8.self)
    hashAlgorithm = String(decoding: hash, as: UTF8.self)
    self.signature = Array(signature)
    guard hashAlgorithm == "sha512" || hashAlgorithm == "sha256" else {
      throw EvidenceDamage("a signature uses the unknown digest \(hashAlgorithm)")
    }
  }

  private static func blob(_ text: String) throws(EvidenceDamage) -> [UInt8] {
    var lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    guard lines.count >= 3, lines.removeFirst().elementsEqual("-----BEGIN SSH SIGNATURE-----".utf8),
      lines.removeLast().elementsEqual("-----END SSH SIGNATURE-----".utf8)
    else { throw EvidenceDamage("a signature has no SSH armour, or text around it") }
    let base64 = String(decoding: lines.joined(), as: UTF8.self)
    guard let data = Data(base64Encoded: base64), data.base64EncodedString() == base64 else {
      throw EvidenceDamage("a signature is not base64")
    }
    return Array(data)
  }

  /// Whether this is an Ed25519 signature over that message; nil for other kinds of keys.
  func verifiesEd25519(_ message: [UInt8]) -> Bool? {
    guard keyType == "ssh-ed25519" else { return nil }
    var keyReader = WireReader(publicKey[...])
    var signatureReader = WireReader(signature[...])
    guard keyReader.string() != nil, let raw = keyReader.string(), keyReader.isAtEnd,
      signatureReader.string()?.elementsEqual("ssh-ed25519".utf8) ?? false,
      let bytes = signatureReader.string(), signatureReader.isAtEnd,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Array(raw))
    else { return false }
    return key.isValidSignature(Data(bytes), for: Data(signedBytes(message)))
  }

  private func signedBytes(_ message: [UInt8]) -> [UInt8] {
    let digest: [UInt8] =
      hashAlgorithm == "sha256"
      ? Array(SHA256.hash(data: message)) : Array(SHA512.hash(data: message))
    var bytes = Array("SSHSIG".utf8)
    for part in [Array(Signature.namespace.utf8), [], Array(hashAlgorithm.utf8), digest] {
      bytes += withUnsafeBytes(of: UInt32(part.count).bigEndian, Array.init)
      bytes += part
    }
    return bytes
  }
}

/// A public key in OpenSSH's forms.
public enum SSHPublicKey {
  /// Fingerprint of a one-line public key (`ssh-ed25519 AAAA… comment`), or nil if it is none.
  public static func fingerprint(ofLine line: String) -> String? {
    let words = line.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count >= 2, let data = Data(base64Encoded: String(words[1])) else { return nil }
    var reader = WireReader(Array(data)[...])
    guard reader.string()?.elementsEqual(words[0].utf8) ?? false else { return nil }
    return fingerprint(of: Array(data))
  }

  static func fingerprint(of wire: [UInt8]) -> String {
    let digest = Data(SHA256.hash(data: wire)).base64EncodedString()
    return "SHA256:\(digest.prefix { $0 != "=" })"
  }
}

/// Reads the SSH wire format (RFC 4251 section 5).
struct WireReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func uint32() -> Int? { take(4)?.reduce(0) { $0 << 8 | Int($1) } }

  mutating func string() -> ArraySlice<UInt8>? { uint32().flatMap { take($0) } }
}
