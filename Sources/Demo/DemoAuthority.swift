internal import Checklist
internal import Crypto
internal import Foundation
internal import NIOSSL
internal import SwiftASN1
internal import X509

/// A certificate authority that lives as long as the process; its key is never written.
struct DemoAuthority: Sendable {
  /// A certificate with its key, ready for a server.
  struct Identity: Sendable {
    var certificate: NIOSSLCertificate
    var key: NIOSSLPrivateKey
  }

  /// The root as PEM, to be trusted by whoever looks at the demo.
  let pem: String
  private let name: DistinguishedName
  private let key: Certificate.PrivateKey

  init(name text: String, now: Timestamp) throws {
    name = try DistinguishedName { CommonName(text) }
    key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let root = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: key.publicKey,
      notValidBefore: Self.date(now, plusDays: -1), notValidAfter: Self.date(now, plusDays: 365),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
      },
      issuerPrivateKey: key)
    pem = try root.serializeAsPEM().pemString
  }

  /// A server certificate for these names, valid for a span of days counted from now.
  func issue(
    for names: [String], addresses: [[UInt8]] = [], from start: Int = -1, to end: Int,
    now: Timestamp
  ) throws -> Identity {
    let leafKey = P256.Signing.PrivateKey()
    let alternatives =
      names.map { GeneralName.dnsName($0) }
      + addresses.map { GeneralName.ipAddress(ASN1OctetString(contentBytes: $0[...])) }
    let leaf = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(leafKey.publicKey),
      notValidBefore: Self.date(now, plusDays: start), notValidAfter: Self.date(now, plusDays: end),
      issuer: name, subject: DistinguishedName { CommonName(names.first ?? "demo") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        KeyUsage(digitalSignature: true)
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(alternatives)
      },
      issuerPrivateKey: key)
    var serializer = DER.Serializer()
    try serializer.serialize(leaf)
    return Identity(
      certificate: try NIOSSLCertificate(bytes: serializer.serializedBytes, format: .der),
      key: try NIOSSLPrivateKey(bytes: Array(leafKey.derRepresentation), format: .der))
  }

  private static func date(_ now: Timestamp, plusDays days: Int) -> Date {
    Date(timeIntervalSince1970: Double(now.seconds + days * 86_400))
  }
}
