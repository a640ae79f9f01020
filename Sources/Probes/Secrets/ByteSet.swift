/// A set of ASCII characters.
struct ByteSet: Sendable {
  private let low: UInt64
  private let high: UInt64

  init(_ members: String) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for byte in members.utf8 where byte < 128 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
    self.low = low
    self.high = high
  }

  func contains(_ byte: UInt8) -> Bool {
    guard byte < 128 else { return false }
    return ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 == 1
  }

  private static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let smalls = "abcdefghijklmnopqrstuvwxyz"
  private static let tens = "0123456789"

  static let digits = ByteSet(tens)
  static let hex = ByteSet(tens + "abcdefABCDEF")
  static let lowerHex = ByteSet(tens + "abcdef")
  static let base32 = ByteSet(capitals + "234567")
  static let capitalsAndDigits = ByteSet(capitals + tens)
  static let letters = ByteSet(capitals + smalls)
  static let smallsAndDigits = ByteSet(smalls + tens)
  static let alphanumeric = ByteSet(capitals + smalls + tens)
  static let word = ByteSet(capitals + smalls + tens + "_")
  static let base64 = ByteSet(capitals + smalls + tens + "+/")
  static let base64URL = ByteSet(capitals + smalls + tens + "-_")
  static let anyBase64 = ByteSet(capitals + smalls + tens + "+/-_")
  static let blanks = ByteSet(" \t")
  static let dotted = ByteSet(capitals + smalls + tens + "-_.")
}
