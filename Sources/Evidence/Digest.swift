public import Checklist
internal import Crypto

/// `sha256:` and the lower-case hexadecimal SHA-256 of canonical bytes.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The whole text, 71 characters.
  public let description: String

  /// The digest of those bytes.
  public init(of bytes: some Sequence<UInt8>) {
    description = "sha256:\(hexadecimal(SHA256.hash(data: Array(bytes))))"
  }

  /// The digest of the value's canonical bytes.
  public init(of value: JSONValue) { self.init(of: CanonicalJSON.bytes(value)) }

  /// Reads the written form; nil for anything else.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count == 71, bytes.starts(with: "sha256:".utf8),
      bytes.dropFirst(7).allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    description = text
  }

  /// The first twelve hexadecimal digits, for people.
  public var short: String { String(description.dropFirst(7).prefix(12)) }

  /// As a member of a record.
  public var value: JSONValue { .string(description) }

  /// By text, so that lists of digests have one order.
  public static func < (left: Digest, right: Digest) -> Bool {
    left.description < right.description
  }
}

/// The id of a record: the digest of its canonical bytes, without its signatures.
public typealias RecordID = Digest
