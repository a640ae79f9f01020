import Glibc

/// Cuts what is read into lines of a bounded length.
struct LineReader {
  /// More bytes than these are no line that a person typed.
  static let limit = 65_536

  private var bytes: [UInt8] = []
  private var isTooLong = false

  /// The lines that have ended in these bytes; nil for one that was too long.
  mutating func take(_ new: some Sequence<UInt8>) -> [String?] {
    var lines: [String?] = []
    for byte in new {
      if byte == 0x0A {
        lines.append(finish())
      } else if bytes.count < Self.limit {
        bytes.append(byte)
      } else {
        isTooLong = true
      }
    }
    return lines
  }

  /// What stands behind the last newline, if anything does.
  mutating func end() -> [String?] {
    bytes.isEmpty && !isTooLong ? [] : [finish()]
  }

  private mutating func finish() -> String? {
    defer {
      bytes.removeAll()
      isTooLong = false
    }
    if isTooLong { return nil }
    if bytes.last == 0x0D { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
