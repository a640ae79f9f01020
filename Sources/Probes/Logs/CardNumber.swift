/// Numbers of payment cards in a text.
enum CardNumber {
  /// Whether digits are such a number: a known issuer, a length that fits, and the check digit.
  static func isOne(_ digits: [UInt8]) -> Bool {
    guard (13...19).contains(digits.count), Set(digits).count > 1, hasIssuer(digits) else {
      return false
    }
    return luhn(digits)
  }

  /// The check of ISO/IEC 7812: each second digit from the right doubled.
  static func luhn(_ digits: [UInt8]) -> Bool {
    let sum = digits.reversed().enumerated().reduce(0) { sum, pair in
      let digit = Int(pair.element)
      guard pair.offset % 2 == 1 else { return sum + digit }
      return sum + (digit > 4 ? digit * 2 - 9 : digit * 2)
    }
    return sum % 10 == 0
  }

  private static func hasIssuer(_ digits: [UInt8]) -> Bool {
    let first = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
    switch digits.count {
    case 15: return [34, 37].contains(first / 100)
    case 14: return [30, 36, 38, 39].contains(first / 100)
    case 13: return first / 1_000 == 4
    case 16:
      return first / 1_000 == 4 || (51...55).contains(first / 100)
        || (2_221...2_720).contains(first)
        || first == 6_011 || first / 100 == 65 || (3_528...3_589).contains(first)
    case 19: return first / 1_000 == 4 || (6_200...6_299).contains(first)
    default: return false
    }
  }

  /// Whether a line holds one, its digits together or in groups with blanks or hyphens.
  static func isIn(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    while position < line.count {
      guard ByteSet.digits.contains(line[position]) else {
        position += 1
        continue
      }
      var digits: [UInt8] = []
      var end = position
      while end < line.count, digits.count < 20 {
        let byte = line[end]
        if ByteSet.digits.contains(byte) {
          digits.append(byte - 0x30)
        } else if byte != 0x20 && byte != 0x2D
          || !(end + 1 < line.count && ByteSet.digits.contains(line[end + 1]))
        {
          break
        }
        end += 1
      }
      let before = position > 0 ? line[position - 1] : 0x20
      let after = end < line.count ? line[end] : 0x20
      if !isPart(before), !isPart(after), isOne(digits) { return true }
      while position < line.count, ByteSet.digits.contains(line[position]) { position += 1 }
    }
    return false
  }

  // Digits inside of a hash, an identifier or a decimal number are none.
  private static func isPart(_ byte: UInt8) -> Bool {
    ByteSet.word.contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }
}
