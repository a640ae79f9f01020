internal import Crypto

/// A ClientHello of our own (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2).
///
/// TLS libraries of today cannot offer SSL 3.0, TLS 1.0 or suites like RC4, so a server is asked
/// for them with hand-made bytes. The handshake is never completed.
struct ClientHello: Sendable {
  /// The one version that is offered.
  var version: ProtocolVersion
  var suites: [UInt16]
  /// Name for SNI; nil for hosts that are addresses.
  var serverName: String?
  var random: [UInt8]
  var sessionID: [UInt8]
  /// Whether named finite-field groups are offered (RFC 7919); without them a server uses its own.
  var offersFiniteFieldGroups = true

  init(_ version: ProtocolVersion, suites: [UInt16]? = nil, serverName: String?) {
    self.version = version
    self.suites = suites ?? (version == .tls13 ? CipherSuites.tls13 : CipherSuites.broad)
    self.serverName = serverName
    random = Self.randomBytes(32)
    // TLS 1.3 in middlebox compatibility mode (RFC 8446 appendix D.4).
    sessionID = version == .tls13 ? Self.randomBytes(32) : []
  }

  /// The record that is sent.
  var record: [UInt8] {
    // Old servers drop records that claim more than TLS 1.0.
    let recordVersion = min(version, .tls10).rawValue
    return [0x16] + recordVersion.wire + Self.prefixed(handshake, bytes: 2)
  }

  private var handshake: [UInt8] {
    let legacyVersion = min(version, .tls12).rawValue
    // 0x00FF says that renegotiation is understood (RFC 5746), without an extension.
    let offered = suites + (version == .tls13 ? [] : [0x00FF])
    var body = legacyVersion.wire + random + Self.prefixed(sessionID, bytes: 1)
    body += Self.prefixed(offered.flatMap(\.wire), bytes: 2)
    body += [1, 0]
    if version != .ssl3 { body += Self.prefixed(extensions, bytes: 2) }
    return [1] + Self.prefixed(body, bytes: 3)
  }

  private var extensions: [UInt8] {
    var all: [UInt8] = []
    if let serverName {
      let entry = [0] + Self.prefixed(Array(serverName.utf8), bytes: 2)
      all += Self.extended(0, Self.prefixed(entry, bytes: 2))
    }
    all += Self.extended(10, Self.prefixed(groups.flatMap(\.wire), bytes: 2))
    all += Self.extended(11, [1, 0])
    if version >= .tls12 {
      all += Self.extended(13, Self.prefixed(Self.signatures.flatMap(\.wire), bytes: 2))
    }
    all += Self.extended(23, [])
    if version == .tls13 { all += extensions13 }
    return all
  }

  // Only this version, one key share; servers that want another group ask for it (HelloRetryRequest).
  private var extensions13: [UInt8] {
    let key = Array(Curve25519.KeyAgreement.PrivateKey().publicKey.rawRepresentation)
    let share = UInt16(0x001D).wire + Self.prefixed(key, bytes: 2)
    return Self.extended(43, [2] + ProtocolVersion.tls13.rawValue.wire)
      + Self.extended(45, [1, 1])
      + Self.extended(51, Self.prefixed(share, bytes: 2))
  }

  // x25519, P-256, P-384, P-521, x448, X25519MLKEM768; then ffdhe2048, ffdhe3072.
  private var groups: [UInt16] {
    [0x001D, 0x0017, 0x0018, 0x0019, 0x001E, 0x11EC]
      + (offersFiniteFieldGroups ? [0x0100, 0x0101] : [])
  }

  // From ECDSA and RSA-PSS with SHA-2 down to SHA-1, MD5 and DSA, which old servers still need.
  private static let signatures: [UInt16] = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B,
    0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0402, 0x0202, 0x0101,
  ]

  private static func extended(_ type: UInt16, _ data: [UInt8]) -> [UInt8] {
    type.wire + prefixed(data, bytes: 2)
  }

  private static func prefixed(_ data: [UInt8], bytes: Int) -> [UInt8] {
    (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: data.count >> ($0 * 8)) } + data
  }

  private static func randomBytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max) }
  }
}

extension UInt16 {
  /// The two bytes in network order.
  var wire: [UInt8] { [UInt8(self >> 8), UInt8(truncatingIfNeeded: self)] }
}
