public import Checklist
internal import Crypto

/// `sha256:` and the lower-case hexadecimal SHA-256 of canonical bytes.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The 32 bytes, the first of them highest: without a text on the heap it is copied, hashed and
  /// compared in no time, as often as a long launch asks for it.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// The digest of those bytes.
  public init(of bytes: some Sequence<UInt8>) {
    let hash =
      bytes.withContiguousStorageIfAvailable { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
      ?? SHA256.hash(data: Array(bytes))
    self.init(hash)
  }

  /// What SHA-256 made of some bytes.
  init(_ hash: SHA256.Digest) {
    words = hash.withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  /// The digest of the value's canonical bytes.
  public init(of value: JSONValue) { self.init(of: CanonicalJSON.bytes(value)) }

  /// Reads the written form; nil for anything else.
  public init?(_ text: String) {
    var text = text
    guard let words = text.withUTF8({ Self.words(in: $0) }) else { return nil }
    self.init(words: words)
  }

  /// The whole text, 71 characters.
  public var description: String {
    String(unsafeUninitializedCapacity: Self.length) { text in
      for (index, byte) in "sha256:".utf8.enumerated() { text[index] = byte }
      Self.write(words.0, to: text, at: 7)
      Self.write(words.1, to: text, at: 23)
      Self.write(words.2, to: text, at: 39)
      Self.write(words.3, to: text, at: 55)
      return Self.length
    }
  }

  /// The first twelve hexadecimal digits, for people.
  public var short: String { String(description.dropFirst(7).prefix(12)) }

  /// As a member of a record.
  public var value: JSONValue { .string(description) }

  /// As the texts are ordered, so that lists of digests have one order.
  public static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }

  /// Whether all bytes are the same.
  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  /// Of all bytes.
  public func hash(into hasher: inout Hasher) {
    // Not of a part: whoever writes a file chooses what it refers to, and could let beginnings collide.
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }

  private static let length = 71

  private static func write(
    _ word: UInt64, to text: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    for index in 0..<16 {
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * index)) & 15
      text[start + index] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
  }

  private static func words(
    in text: UnsafeBufferPointer<UInt8>
  ) -> (UInt64, UInt64, UInt64, UInt64)? {
    guard text.count == length, text.starts(with: "sha256:".utf8),
      let first = word(text, 7), let second = word(text, 23), let third = word(text, 39),
      let fourth = word(text, 55)
    else { return nil }
    return (first, second, third, fourth)
  }

  /// Sixteen digits from there on; nil where one of them is none in lower case.
  private static func word(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt64? {
    var word: UInt64 = 0
    for byte in text[start..<start + 16] {
      switch byte {
      case 0x30...0x39: word = word << 4 | UInt64(byte - 0x30)
      case 0x61...0x66: word = word << 4 | UInt64(byte - 0x57)
      default: return nil
      }
    }
    return word
  }
}

/// The id of a record: the digest of its canonical bytes, without its signatures.
public typealias RecordID = Digest
