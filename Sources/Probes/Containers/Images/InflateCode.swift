/// A prefix code of deflate (RFC 1951, section 3.2.2) as one table.
struct InflateCode {
  /// How many bits are looked up; 1 to 15.
  let width: Int
  /// By the next `width` bits: the symbol times 16, plus its length; 0 where no code begins so.
  let table: [UInt16]

  /// A code of these lengths by symbol; nil where no such code can be.
  init?(lengths: some Collection<UInt8>) {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    let longest = counts.lastIndex { $0 > 0 } ?? 0
    var left = 1
    for length in 1..<16 {
      left = left * 2 - counts[length]
      guard left >= 0 else { return nil }
    }
    // As zlib has it: a single code of one bit may stand alone, no other code may be incomplete.
    guard left == 0 || longest <= 1 else { return nil }
    width = max(1, longest)
    var next = [Int](repeating: 0, count: 16)
    for length in 1..<15 { next[length + 1] = (next[length] + counts[length]) * 2 }
    var table = [UInt16](repeating: 0, count: 1 << width)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      var slot = Self.reversed(next[length], length)
      next[length] += 1
      while slot < table.count {
        table[slot] = UInt16(symbol << 4 | length)
        slot += 1 << length
      }
    }
    self.table = table
  }

  private static func reversed(_ code: Int, _ length: Int) -> Int {
    (0..<length).reduce(0) { $0 << 1 | (code >> $1) & 1 }
  }

  /// The fixed code of literals and lengths (section 3.2.6).
  static let fixedLiterals = InflateCode(
    lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  /// The fixed code of distances.
  static let fixedDistances = InflateCode(lengths: [UInt8](repeating: 5, count: 32))
}
