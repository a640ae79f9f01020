/// Base 64 in both alphabets, read leniently: what was cut off at the end is ignored.
enum Base64 {
  /// The bytes that the characters stand for.
  static func decode(_ characters: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    var word: UInt32 = 0
    var bits = 0
    for character in characters {
      let value = values[Int(character)]
      guard value < 64 else { continue }
      word = word &<< 6 | UInt32(value)
      bits &+= 6
      if bits >= 8 {
        bits &-= 8
        output.append(UInt8(truncatingIfNeeded: word &>> UInt32(bits)))
      }
    }
  }

  /// The bytes that the characters stand for.
  static func decode(_ characters: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    decode(characters, into: &output)
    return output
  }

  /// The value of a character, or 255 for what is none of the alphabets.
  static func value(of character: UInt8) -> UInt8 { values[Int(character)] }

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, character) in alphabet.utf8.enumerated() { values[Int(character)] = UInt8(value) }
    values[Int(UInt8(ascii: "-"))] = 62
    values[Int(UInt8(ascii: "_"))] = 63
    return values
  }()
}
