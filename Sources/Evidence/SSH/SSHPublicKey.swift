internal import Crypto
internal import Foundation

/// A public key of a kind that is judged here: Ed25519, ECDSA on the NIST curves, RSA from 2048
/// bits, and the two kinds of hardware keys (OpenSSH's PROTOCOL.u2f).
public struct SSHPublicKey: Hashable, Sendable {
  /// Curves of ECDSA keys (RFC 5656).
  enum Curve: String, Sendable, CaseIterable {
    case nistp256, nistp384, nistp521

    /// Bytes of one coordinate, and of each half of a signature.
    var width: Int {
      switch self {
      case .nistp256: 32
      case .nistp384: 48
      case .nistp521: 66
      }
    }
  }

  /// The numbers of the key.
  enum Material: Hashable, Sendable {
    case ed25519([UInt8])
    case ecdsa(Curve, point: [UInt8])
    case rsa(modulus: [UInt8], exponent: [UInt8])
  }

  /// Such as `ssh-ed25519`.
  public let type: String
  /// The key in wire form.
  let wire: [UInt8]
  let material: Material
  /// What a hardware key was made for; nil for keys in files.
  let application: [UInt8]?

  /// Whether the key lives in hardware that can ask for a touch.
  public var isHardware: Bool { application != nil }

  /// Fingerprint as `ssh-keygen -l` prints it.
  public var fingerprint: String { Self.fingerprint(ofWire: wire) }

  /// Fingerprint of a key in wire form, of whatever kind.
  static func fingerprint(ofWire wire: [UInt8]) -> String {
    let digest = Data(SHA256.hash(data: wire)).base64EncodedString()
    return "SHA256:\(digest.prefix { $0 != "=" })"
  }

  /// The key in OpenSSH's one-line form, without a comment.
  public var line: String { "\(type) \(Data(wire).base64EncodedString())" }

  /// Reads a one-line public key (`ssh-ed25519 AAAA… comment`).
  ///
  /// - Throws: why it is none that is judged here.
  public init(line: String) throws(SSHKeyFault) {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard words.count >= 2 else { throw SSHKeyFault("it is no public key") }
    guard let data = Data(base64Encoded: String(words[1])),
      data.base64EncodedString() == words[1]
    else { throw SSHKeyFault("its base64 is damaged") }
    try self.init(wire: Array(data))
    guard type == words[0] else {
      throw SSHKeyFault("it says \(words[0]), but it is \(type)")
    }
  }

  init(wire: [UInt8]) throws(SSHKeyFault) {
    var reader = WireReader(wire)
    guard wire.count <= 8_192, let type = reader.text() else {
      throw SSHKeyFault("it is no public key")
    }
    self.type = type
    self.wire = wire
    let isHardware = type.hasPrefix("sk-")
    switch type {
    case "ssh-ed25519", "sk-ssh-ed25519@openssh.com":
      guard let bytes = reader.string(), bytes.count == 32 else { throw Self.damaged(type) }
      material = .ed25519(Array(bytes))
    case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
      "sk-ecdsa-sha2-nistp256@openssh.com":
      guard let name = reader.text(), let curve = Curve(rawValue: name), type.contains(name),
        let point = reader.string(), point.count == 1 + 2 * curve.width, point.first == 4
      else { throw Self.damaged(type) }
      material = .ecdsa(curve, point: Array(point))
    case "ssh-rsa":
      guard let exponent = reader.positive(), let modulus = reader.positive() else {
        throw Self.damaged(type)
      }
      material = try Self.rsa(modulus: modulus, exponent: exponent)
    default: throw SSHKeyFault(Self.refusal(of: type))
    }
    var application: [UInt8]?
    if isHardware {
      guard let bytes = reader.string() else { throw Self.damaged(type) }
      application = Array(bytes)
    }
    self.application = application
    guard reader.isAtEnd else { throw Self.damaged(type) }
  }

  private static func rsa(
    modulus: ArraySlice<UInt8>, exponent: ArraySlice<UInt8>
  ) throws(SSHKeyFault) -> Material {
    let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    guard bits >= 2_048 else { throw SSHKeyFault("RSA keys of \(bits) bits are too short") }
    guard bits <= 16_384, exponent.count <= 4, exponent.last.map({ $0 % 2 == 1 }) ?? false else {
      throw damaged("ssh-rsa")
    }
    return .rsa(modulus: Array(modulus), exponent: Array(exponent))
  }

  private static func damaged(_ type: String) -> SSHKeyFault {
    SSHKeyFault("its \(type) key is damaged")
  }

  private static func refusal(of type: String) -> String {
    if type.contains("-cert-v0") {
      return "certificates are not judged: list and use the plain key (\(type.prefix(60)))"
    }
    return type == "ssh-dss"
      ? "DSA keys are too weak" : "keys of the type \(type.prefix(60)) are not judged"
  }

  /// Fingerprint of a one-line public key, or nil where it is none that is judged here.
  public static func fingerprint(ofLine line: String) -> String? {
    (try? SSHPublicKey(line: line))?.fingerprint
  }

  /// Two keys are one where their wire forms are.
  public static func == (left: SSHPublicKey, right: SSHPublicKey) -> Bool {
    left.wire == right.wire
  }

  /// By the wire form.
  public func hash(into hasher: inout Hasher) { hasher.combine(wire) }
}

/// Why bytes are no public key that is judged here.
public struct SSHKeyFault: Error, Equatable, Sendable {
  /// In lower case and without a full stop.
  public var reason: String

  init(_ reason: String) { self.reason = reason }
}
