internal import Checklist
internal import Crypto
internal import SwiftASN1
internal import X509

/// A certificate as a server presented it (RFC 5280), with what the judgement needs.
///
/// The outer layers are read here and not by `Certificate`, which refuses short RSA keys and
/// unknown curves: these have to be reported, not passed over.
struct PresentedCertificate: Sendable {
  enum Key: Hashable, Sendable {
    case rsa(bits: Int)
    case ellipticCurve(bits: Int)
    /// Ed25519 or Ed448.
    case edwards
    /// DSA and whatever else no browser accepts.
    case other
  }

  var subject: DistinguishedName
  var issuer: DistinguishedName
  var notBefore: Timestamp
  var notAfter: Timestamp
  var key: Key
  /// SHA-256 of the SubjectPublicKeyInfo (RFC 7469 section 2.4), in hexadecimal digits.
  var keyDigest: String
  var signatureAlgorithm: ASN1ObjectIdentifier
  /// The hash of an RSASSA-PSS signature, which its parameters name (RFC 4055); nil for others.
  var signatureHash: ASN1ObjectIdentifier?
  var names: SubjectAlternativeNames

  init(der: [UInt8]) throws {
    let parts = try Self.children(DER.parse(der))
    guard parts.count == 3, let tbs = parts.first else { throw Malformed() }
    var fields = try Self.children(tbs)[...]
    if fields.first?.identifier == Self.explicit(0) { fields = fields.dropFirst() }
    let rest = Array(fields)
    guard rest.count >= 6 else { throw Malformed() }
    issuer = try DistinguishedName(derEncoded: rest[2])
    let validity = try Self.children(rest[3])
    guard validity.count == 2 else { throw Malformed() }
    notBefore = try Self.time(validity[0])
    notAfter = try Self.time(validity[1])
    subject = try DistinguishedName(derEncoded: rest[4])
    key = try Self.key(rest[5])
    keyDigest = SHA256.hash(data: Array(rest[5].encodedBytes)).hexadecimal
    signatureAlgorithm = try Self.algorithm(parts[1])
    signatureHash = try signatureAlgorithm == Self.pss ? Self.hash(ofPSS: parts[1]) : nil
    names = try Self.names(rest.dropFirst(6).first { $0.identifier == Self.explicit(3) })
  }

  struct Malformed: Error {}

  var isSelfIssued: Bool { subject == issuer }

  /// Why this key or signature is too weak, or nil (NIST SP 800-57: at least 112 bits).
  var weakness: String? {
    switch key {
    case .rsa(let bits) where bits < 2_048: return "RSA key of \(bits) bits"
    case .ellipticCurve(let bits) where bits < 256: return "elliptic-curve key of \(bits) bits"
    case .other: return "a key of a kind that browsers refuse"
    default: break
    }
    // A root is trusted as it is; nobody relies on its own signature.
    guard !isSelfIssued else { return nil }
    let hash = signatureHash ?? signatureAlgorithm
    return Self.weakSignatures["\(hash)"].map { "signed with \($0)" }
  }

  /// Whether the certificate names that host (RFC 9525 section 6.3).
  func covers(_ host: String) -> Bool {
    if let address = IPAddress(host) {
      return names.contains {
        if case .ipAddress(let octets) = $0 { Array(octets.bytes) == address.bytes } else { false }
      }
    }
    return names.contains {
      if case .dnsName(let pattern) = $0 { Self.matches(pattern.lowercased(), host) } else { false }
    }
  }

  private static func matches(_ pattern: String, _ host: String) -> Bool {
    guard pattern.hasPrefix("*.") else { return pattern == host }
    guard let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
    return host[dot...] == pattern.dropFirst()
  }

  private static let weakSignatures = [
    "1.2.840.113549.1.1.2": "MD2", "1.2.840.113549.1.1.4": "MD5", "1.2.840.113549.1.1.5": "SHA-1",
    "1.2.840.10045.4.1": "SHA-1", "1.2.840.10040.4.3": "SHA-1", "1.3.14.3.2.29": "SHA-1",
    "1.2.840.113549.2.5": "MD5", "1.3.14.3.2.26": "SHA-1",
  ]
}

extension PresentedCertificate {
  private static func explicit(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }

  private static func children(_ node: ASN1Node) throws -> [ASN1Node] {
    guard case .constructed(let nodes) = node.content else { throw Malformed() }
    return Array(nodes.prefix(64))
  }

  private static func algorithm(_ node: ASN1Node) throws -> ASN1ObjectIdentifier {
    guard let first = try children(node).first else { throw Malformed() }
    return try ASN1ObjectIdentifier(derEncoded: first)
  }

  private static let pss: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 10]

  /// Parameters that name no hash mean SHA-1.
  private static func hash(ofPSS node: ASN1Node) throws -> ASN1ObjectIdentifier {
    let parts = try children(node)
    let named = parts.count > 1 ? try children(parts[1]).first : nil
    guard let named, named.identifier == explicit(0), let inner = try children(named).first else {
      return [1, 3, 14, 3, 2, 26]
    }
    return try algorithm(inner)
  }

  private static func time(_ node: ASN1Node) throws -> Timestamp {
    if node.identifier == .utcTime {
      let time = try UTCTime(derEncoded: node)
      return try timestamp(
        [time.year, time.month, time.day, time.hours, time.minutes, time.seconds])
    }
    let time = try GeneralizedTime(derEncoded: node)
    return try timestamp([time.year, time.month, time.day, time.hours, time.minutes, time.seconds])
  }

  private static func timestamp(_ parts: [Int]) throws -> Timestamp {
    let digits = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }
    let day = digits[0...2].joined(separator: "-")
    let time = digits[3...5].joined(separator: ":")
    guard let timestamp = Timestamp(rfc3339: "\(day)T\(time)Z") else { throw Malformed() }
    return timestamp
  }

  private static func key(_ node: ASN1Node) throws -> Key {
    let parts = try children(node)
    guard parts.count == 2 else { throw Malformed() }
    let bytes = try ASN1BitString(derEncoded: parts[1]).bytes
    switch "\(try algorithm(parts[0]))" {
    case "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10":
      guard let modulus = try children(DER.parse(bytes)).first else { throw Malformed() }
      let number = try ArraySlice<UInt8>(derEncoded: modulus).drop { $0 == 0 }
      return .rsa(bits: number.count * 8 - (number.first?.leadingZeroBitCount ?? 0))
    case "1.2.840.10045.2.1":
      let isCompressed = bytes.first == 2 || bytes.first == 3
      return .ellipticCurve(bits: (bytes.count - 1) / (isCompressed ? 1 : 2) * 8)
    case "1.3.101.112", "1.3.101.113":
      return .edwards
    default:
      return .other
    }
  }

  private static func names(_ extensions: ASN1Node?) throws -> SubjectAlternativeNames {
    guard let extensions, let list = try children(extensions).first else {
      return SubjectAlternativeNames()
    }
    for node in try children(list) {
      let found = try Certificate.Extension(derEncoded: node)
      if found.oid == .X509ExtensionID.subjectAlternativeName {
        return try SubjectAlternativeNames(found)
      }
    }
    return SubjectAlternativeNames()
  }
}

extension SHA256.Digest {
  /// In lower-case hexadecimal digits.
  var hexadecimal: String {
    map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
