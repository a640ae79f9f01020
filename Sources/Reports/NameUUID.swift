internal import Crypto

/// A UUID that follows from a name (RFC 9562, version 5), so that a report made twice is the same.
enum NameUUID {
  /// RFC 9562's namespace for URLs, in which launchgate's names stand.
  private static let namespace: [UInt8] = [
    0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
  ]

  /// The UUID of `urn:launchgate:` and the name, in lower case.
  static func of(_ name: String) -> String {
    // Version 5 prescribes SHA-1; nothing relies on its strength here.
    let hash = Insecure.SHA1.hash(data: namespace + Array("urn:launchgate:\(name)".utf8))
    var bytes = Array(hash.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0\(text)" : text
    }
    let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16]
    return groups.map { digits[$0].joined() }.joined(separator: "-")
  }
}
