internal import Crypto

/// Goes on with the key exchange as far as the server's RSA host key, to see how long it is.
///
/// The key that the server sends is not verified and no secret is agreed upon: any valid number
/// does for our share, so none is kept.
struct SSHHostKeyDialogue: ServiceDialogue {
  private var transport = SSHTransport()
  private var hasSent = false

  let opening = Array("SSH-2.0-launchgate\r\n".utf8)

  mutating func read(_ part: [UInt8]) -> DialogueStep<Int> {
    transport.append(part)
    if transport.identification == nil {
      switch transport.readIdentification() {
      case .failure(let failure): return .failed(failure)
      case .success, nil: break
      }
    }
    guard transport.identification != nil else { return .wait }
    switch transport.nextPayload() {
    case nil: return .wait
    case .failure(let failure): return .failed(failure)
    case .success(let payload): return hasSent ? size(payload) : exchange(payload)
    }
  }

  private mutating func exchange(_ payload: [UInt8]) -> DialogueStep<Int> {
    guard var lists = SSHAlgorithms(payload) else {
      return .failed(.malformed("no SSH key exchange lists"))
    }
    let known = lists.keyExchanges.lazy.compactMap { name in
      Self.share(for: name).map { (name, $0) }
    }
    guard let (name, share) = known.first else {
      return .failed(.handshake("no key exchange in common"))
    }
    lists.keyExchanges = [name]
    lists.hostKeys = lists.hostKeys.filter {
      ["ssh-rsa", "rsa-sha2-256", "rsa-sha2-512"].contains($0)
    }
    hasSent = true
    let cookie = Self.random(16)
    return .send(
      SSHTransport.packet(lists.payload(cookie: cookie))
        + SSHTransport.packet([30] + SSHTransport.string(share)))
  }

  /// The reply begins with the host key (RFC 4253 section 8, RFC 5656 section 4).
  private func size(_ payload: [UInt8]) -> DialogueStep<Int> {
    guard payload.first == 31 else { return .failed(.malformed("no reply to the key exchange")) }
    var rest = payload.dropFirst()
    guard var key = SSHTransport.takeString(&rest), let type = SSHTransport.takeString(&key),
      Array(type) == Array("ssh-rsa".utf8), SSHTransport.takeString(&key) != nil,
      let modulus = SSHTransport.takeString(&key)
    else { return .failed(.malformed("no RSA host key")) }
    let number = modulus.drop { $0 == 0 }
    return .done(number.count * 8 - (number.first?.leadingZeroBitCount ?? 0))
  }

  /// A public share that the server takes for valid; nil for an exchange that is not known here.
  private static func share(for name: String) -> [UInt8]? {
    switch name {
    case "curve25519-sha256", "curve25519-sha256@libssh.org": random(32)
    case "ecdh-sha2-nistp256": Array(P256.KeyAgreement.PrivateKey().publicKey.x963Representation)
    case "ecdh-sha2-nistp384": Array(P384.KeyAgreement.PrivateKey().publicKey.x963Representation)
    case "ecdh-sha2-nistp521": Array(P521.KeyAgreement.PrivateKey().publicKey.x963Representation)
    // Any number below the prime does; these primes begin with 64 ones.
    case "diffie-hellman-group1-sha1": [0x5A] + random(126)
    case "diffie-hellman-group14-sha1", "diffie-hellman-group14-sha256",
      "diffie-hellman-group15-sha512", "diffie-hellman-group16-sha512",
      "diffie-hellman-group17-sha512", "diffie-hellman-group18-sha512":
      [0x5A] + random(254)
    default: nil
    }
  }

  private static func random(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max) }
  }
}
