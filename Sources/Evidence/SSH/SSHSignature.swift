internal import Foundation

/// An SSHSIG blob (OpenSSH's PROTOCOL.sshsig, version 1) of a kind that is judged here.
struct SSHSignature: Equatable {
  /// What the key answers for.
  enum Proof: Equatable {
    case ed25519([UInt8])
    /// Both halves, each as long as the curve is wide.
    case ecdsa([UInt8])
    case rsa(RSADigest, [UInt8])
  }

  /// Digests of RSA signatures (RFC 8332); SHA-1 is none of them.
  enum RSADigest: String {
    case sha256 = "rsa-sha2-256"
    case sha512 = "rsa-sha2-512"
  }

  /// The key that signed.
  let key: SSHPublicKey
  /// What the signature was made for.
  let namespace: String
  /// `sha256` or `sha512`: how the message was digested.
  let hashAlgorithm: String
  let proof: Proof
  /// What a hardware key says of its user; nil for keys in files.
  let presence: SSHPresence?

  /// Fingerprint of the key.
  var fingerprint: String { key.fingerprint }

  /// Parses armoured text.
  ///
  /// Any wrapping of the base64 is accepted. Text outside the armour, reserved bytes, another
  /// version or namespace, padding bits and longer spellings of numbers are not: each would let
  /// one signature have several spellings.
  init(
    armoured text: String, namespace expected: String = Signature.namespace
  ) throws(EvidenceDamage) {
    guard text.utf8.count <= Limits.signatureBytes else {
      throw EvidenceDamage("a signature is larger than \(Limits.signatureBytes) bytes")
    }
    let blob = try Self.blob(text)
    var reader = WireReader(blob)
    guard reader.take(6)?.elementsEqual("SSHSIG".utf8) ?? false, reader.uint32() == 1,
      let publicKey = reader.string(), let namespace = reader.string(),
      let reserved = reader.string(), let hash = reader.text(),
      let signature = reader.string(), reader.isAtEnd
    else { throw EvidenceDamage("a signature is no SSHSIG of version 1") }
    guard namespace.elementsEqual(expected.utf8) else {
      throw EvidenceDamage("a signature was made for another purpose than \(expected)")
    }
    guard reserved.isEmpty else { throw EvidenceDamage("a signature has reserved bytes") }
    guard hash == "sha512" || hash == "sha256" else {
      throw EvidenceDamage("a signature uses the unknown digest \(hash.prefix(40))")
    }
    self.namespace = expected
    hashAlgorithm = hash
    do {
      key = try SSHPublicKey(wire: Array(publicKey))
    } catch {
      throw EvidenceDamage("a signature cannot be judged: \(error.reason)")
    }
    (proof, presence) = try Self.proof(signature, by: key)
  }

  private static func proof(
    _ signature: ArraySlice<UInt8>, by key: SSHPublicKey
  ) throws(EvidenceDamage) -> (Proof, SSHPresence?) {
    var reader = WireReader(signature)
    guard let type = reader.text(), let bytes = reader.string() else {
      throw EvidenceDamage("a signature is cut")
    }
    let proof = try proof(type, bytes, by: key)
    var presence: SSHPresence?
    if key.isHardware {
      guard let flags = reader.take(1)?.first, let counter = reader.take(4) else {
        throw EvidenceDamage("a signature of a hardware key lacks its flags")
      }
      presence = SSHPresence(flags: flags, counter: Array(counter))
    }
    guard reader.isAtEnd else { throw EvidenceDamage("a signature has bytes after its end") }
    return (proof, presence)
  }

  private static func proof(
    _ type: String, _ bytes: ArraySlice<UInt8>, by key: SSHPublicKey
  ) throws(EvidenceDamage) -> Proof {
    if type.hasPrefix("webauthn-") {
      throw EvidenceDamage("signatures made by a web browser (WebAuthn) are not judged")
    }
    if case .rsa(let modulus, _) = key.material {
      guard let digest = RSADigest(rawValue: type) else {
        throw EvidenceDamage("RSA signatures are judged with SHA-256 and SHA-512 only")
      }
      guard bytes.count == modulus.count else {
        throw EvidenceDamage("an RSA signature is not as long as its key")
      }
      return .rsa(digest, Array(bytes))
    }
    guard type == key.type else {
      throw EvidenceDamage("a signature is of another kind than its key")
    }
    switch key.material {
    case .ecdsa(let curve, _):
      var reader = WireReader(bytes)
      guard let first = reader.positive(), let second = reader.positive(), reader.isAtEnd,
        first.count <= curve.width, second.count <= curve.width
      else { throw EvidenceDamage("the numbers of an ECDSA signature are not canonical") }
      return .ecdsa(padded(first, curve.width) + padded(second, curve.width))
    case .ed25519, .rsa:
      guard bytes.count == 64 else { throw EvidenceDamage("an Ed25519 signature has 64 bytes") }
      return .ed25519(Array(bytes))
    }
  }

  private static func padded(_ number: ArraySlice<UInt8>, _ width: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: width - number.count) + number
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
}

/// What a hardware key says of the person before it (OpenSSH's PROTOCOL.u2f).
public struct SSHPresence: Hashable, Sendable {
  let flags: UInt8
  /// How many signatures the key had made, in four bytes.
  let counter: [UInt8]

  /// Whether somebody touched the key; `ssh-keygen` accepts signatures without.
  public var isTouched: Bool { flags & 0x01 != 0 }
  /// Whether the key asked for a PIN or a finger that it knows.
  public var isVerified: Bool { flags & 0x04 != 0 }

  /// In words, such as `touched, PIN`.
  public var words: String {
    (isTouched ? "touched" : "NOT touched") + (isVerified ? ", user verified by PIN or finger" : "")
  }
}
