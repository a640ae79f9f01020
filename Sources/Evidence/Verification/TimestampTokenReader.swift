public import Checklist
internal import Foundation
internal import SwiftASN1

/// What an RFC 3161 token says; only its verification makes that more than a claim.
public struct StampedTime: Hashable, Sendable {
  /// The token (a CMS ContentInfo) in DER, without the response around it.
  public let token: [UInt8]
  /// The SHA-256 of what was stamped.
  public let imprint: Digest
  /// When, by the clock of the authority, in whole seconds.
  public let time: Timestamp

  /// Reads a response of an authority, or a token alone.
  ///
  /// - Throws: where it is neither, the authority refused, or the digest is not SHA-256.
  public init(der bytes: [UInt8]) throws(TrustFault) {
    guard bytes.count <= 256 << 10, let root = try? DER.parse(bytes),
      let parts = root.children, let first = parts.first
    else { throw Self.fault("it is not DER") }
    if first.identifier == .objectIdentifier {
      token = Array(root.encodedBytes)
      (imprint, time) = try Self.read(root)
      return
    }
    let status = first.children?.first.flatMap { try? Int(derEncoded: $0) }
    guard let status, status == 0 || status == 1, parts.count == 2 else {
      throw Self.fault("the authority did not stamp it")
    }
    token = Array(parts[1].encodedBytes)
    (imprint, time) = try Self.read(parts[1])
  }

  /// The request (TimeStampReq) for the record of that id, in DER.
  ///
  /// It asks for the authority's certificate, and has no nonce: a token over these bytes is the
  /// right one whenever it was made.
  public static func request(for id: RecordID) -> [UInt8] {
    let imprint = digestBytes(of: id)
    let algorithm: [UInt8] = [
      0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    ]
    let message = algorithm + [0x04, 0x20] + imprint
    let body: [UInt8] =
      [0x02, 0x01, 0x01, 0x30, UInt8(message.count)] + message + [0x01, 0x01, 0xff]
    return [0x30, UInt8(body.count)] + body
  }

  /// ContentInfo, SignedData, EncapsulatedContentInfo, TSTInfo (RFC 5652, RFC 3161 2.4.2).
  private static func read(_ token: ASN1Node) throws(TrustFault) -> (Digest, Timestamp) {
    guard let content = token.children, content.count == 2,
      content[0].text == "1.2.840.113549.1.7.2",
      let signed = content[1].children?.first?.children, signed.count >= 3,
      let encapsulated = signed[2].children, encapsulated.count == 2,
      encapsulated[0].text == "1.2.840.113549.1.9.16.1.4",
      let octets = encapsulated[1].children?.first?.bytes,
      let info = try? DER.parse(octets).children, info.count >= 5,
      let stamped = info[2].children, stamped.count == 2, let digest = stamped[1].bytes
    else { throw fault("it is no time-stamp token") }
    guard stamped[0].children?.first?.text == "2.16.840.1.101.3.4.2.1", digest.count == 32 else {
      throw fault("it stamps another digest than SHA-256")
    }
    guard info[4].identifier == .generalizedTime, let text = info[4].bytes,
      let time = time(String(decoding: text, as: UTF8.self)),
      let imprint = Digest("sha256:\(hexadecimal(digest))")
    else { throw fault("its time cannot be read") }
    return (imprint, time)
  }

  /// `20261122023012Z` or `20261122023012.345Z`.
  private static func time(_ text: String) -> Timestamp? {
    guard text.hasSuffix("Z") else { return nil }
    let halves = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    guard let digits = halves.first.map(Array.init), digits.count == 14, halves.count <= 2,
      halves.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    return Timestamp(
      rfc3339: "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):"
        + "\(part(12..<14))Z")
  }

  private static func digestBytes(of id: RecordID) -> [UInt8] {
    let digits = Array(id.description.utf8.dropFirst(7))
    return stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) ?? 0
    }
  }

  private static func fault(_ reason: String) -> TrustFault {
    TrustFault(
      "the time stamp cannot be used: \(reason)",
      hint: "give the answer of an RFC 3161 authority, such as openssl ts -reply writes")
  }
}

extension ASN1Node {
  fileprivate var children: [ASN1Node]? {
    if case .constructed(let nodes) = content { Array(nodes) } else { nil }
  }

  fileprivate var bytes: ArraySlice<UInt8>? {
    if case .primitive(let bytes) = content { bytes } else { nil }
  }

  /// An object identifier with dots.
  fileprivate var text: String? {
    (try? ASN1ObjectIdentifier(derEncoded: self)).map { "\($0)" }
  }
}
