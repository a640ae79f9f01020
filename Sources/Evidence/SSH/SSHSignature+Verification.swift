internal import Crypto
internal import CryptoExtras
internal import Foundation

extension SSHSignature {
  /// Whether the key made this signature over that message.
  func verifies(_ message: [UInt8]) -> Bool {
    let bytes = Data(answeredBytes(message))
    switch (key.material, proof) {
    case (.ed25519(let raw), .ed25519(let signature)):
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
      return key?.isValidSignature(Data(signature), for: bytes) ?? false
    case (.ecdsa(let curve, let point), .ecdsa(let halves)):
      return Self.verifies(halves, curve, point, bytes)
    case (.rsa(let modulus, let exponent), .rsa(let digest, let signature)):
      return Self.verifies(signature, digest, modulus: modulus, exponent: exponent, bytes)
    default: return false
    }
  }

  private static func verifies(
    _ halves: [UInt8], _ curve: SSHPublicKey.Curve, _ point: [UInt8], _ bytes: Data
  ) -> Bool {
    switch curve {
    case .nistp256:
      guard let key = try? P256.Signing.PublicKey(x963Representation: point),
        let signature = try? P256.Signing.ECDSASignature(rawRepresentation: halves)
      else { return false }
      return key.isValidSignature(signature, for: bytes)
    case .nistp384:
      guard let key = try? P384.Signing.PublicKey(x963Representation: point),
        let signature = try? P384.Signing.ECDSASignature(rawRepresentation: halves)
      else { return false }
      return key.isValidSignature(signature, for: bytes)
    case .nistp521:
      guard let key = try? P521.Signing.PublicKey(x963Representation: point),
        let signature = try? P521.Signing.ECDSASignature(rawRepresentation: halves)
      else { return false }
      return key.isValidSignature(signature, for: bytes)
    }
  }

  private static func verifies(
    _ signature: [UInt8], _ digest: RSADigest, modulus: [UInt8], exponent: [UInt8], _ bytes: Data
  ) -> Bool {
    guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else { return false }
    let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
    // RFC 8332 knows no other padding; it is not known to be weak for signatures.
    return switch digest {
    case .sha256:
      key.isValidSignature(signature, for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5)
    case .sha512:
      key.isValidSignature(signature, for: SHA512.hash(data: bytes), padding: .insecurePKCS1v1_5)
    }
  }

  /// What the key signed: hardware answers for its application, flags and counter as well.
  private func answeredBytes(_ message: [UInt8]) -> [UInt8] {
    let signed = signedBytes(message)
    guard let presence, let application = key.application else { return signed }
    return Array(SHA256.hash(data: application)) + [presence.flags] + presence.counter
      + Array(SHA256.hash(data: signed))
  }

  private func signedBytes(_ message: [UInt8]) -> [UInt8] {
    let digest: [UInt8] =
      hashAlgorithm == "sha256"
      ? Array(SHA256.hash(data: message)) : Array(SHA512.hash(data: message))
    return Array("SSHSIG".utf8)
      + wire([Array(namespace.utf8), [], Array(hashAlgorithm.utf8), digest])
  }
}
