/// The name of a git object, by SHA-1 or SHA-256, in a fixed place and without an allocation.
struct ObjectID: Hashable, Comparable, Sendable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64
  /// 20 or 32.
  private let length: UInt8

  /// The name in 40 or 64 hexadecimal digits; nil for anything else.
  init?(hex: UnsafeRawBufferPointer) {
    guard hex.count == 40 || hex.count == 64, let words = Self.words(hex.count / 2, { hex[$0] })
    else { return nil }
    self.init(words, length: hex.count / 2)
  }

  /// The name in 40 or 64 hexadecimal digits; nil for anything else.
  init?(_ hex: String) {
    let id = Array(hex.utf8).withUnsafeBytes { ObjectID(hex: $0) }
    guard let id else { return nil }
    self = id
  }

  /// The name in 20 or 32 bytes; nil for any other number.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 20 || bytes.count == 32 else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (place, byte) in bytes.enumerated() {
      words[place >> 3] = words[place >> 3] << 8 | UInt64(byte)
    }
    words[2] <<= bytes.count == 20 ? 32 : 0
    self.init((words[0], words[1], words[2], words[3]), length: bytes.count)
  }

  private init(_ words: (UInt64, UInt64, UInt64, UInt64), length: Int) {
    (first, second, third, fourth) = words
    self.length = UInt8(length)
  }

  /// In lower case.
  var hex: String {
    var bytes: [UInt8] = []
    appendHex(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds the hexadecimal digits, in lower case.
  func appendHex(to bytes: inout [UInt8]) {
    append(first, 16, to: &bytes)
    append(second, 16, to: &bytes)
    append(third, length == 20 ? 8 : 16, to: &bytes)
    if length == 32 { append(fourth, 16, to: &bytes) }
  }

  private func append(_ word: UInt64, _ digits: Int, to bytes: inout [UInt8]) {
    for place in 0..<digits {
      let value = UInt8(truncatingIfNeeded: word &>> UInt64(60 - place * 4)) & 15
      bytes.append(value &+ (value < 10 ? 0x30 : 0x57))
    }
  }

  static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.first, left.second, left.third, left.fourth, left.length)
      < (right.first, right.second, right.third, right.fourth, right.length)
  }

  private static func words(
    _ count: Int, _ digit: (Int) -> UInt8
  ) -> (UInt64, UInt64, UInt64, UInt64)? {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var word: UInt64 = 0
    for place in 0..<count * 2 {
      let character = digit(place)
      let value: UInt8
      switch character {
      case 0x30...0x39: value = character &- 0x30
      case 0x61...0x66: value = character &- 0x57
      default: return nil
      }
      word = word &<< 4 | UInt64(value)
      switch place {
      case 15: (words.0, word) = (word, 0)
      case 31: (words.1, word) = (word, 0)
      case 39 where count == 20: words.2 = word &<< 32
      case 47: (words.2, word) = (word, 0)
      case 63: words.3 = word
      default: break
      }
    }
    return words
  }
}
