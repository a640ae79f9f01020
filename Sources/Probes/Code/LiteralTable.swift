/// Finds many short literals in one pass, by their first two bytes.
struct LiteralTable: Sendable {
  private var groups: [[(literal: [UInt8], number: Int)]] = [[]]
  private var table = [UInt16](repeating: 0, count: 65_536)

  /// Literals of at least two bytes, each with the number that is called back.
  init(_ literals: [(literal: [UInt8], number: Int)]) {
    for (literal, number) in literals where literal.count >= 2 {
      let index = Int(literal[0]) << 8 | Int(literal[1])
      if table[index] == 0 {
        table[index] = UInt16(groups.count)
        groups.append([])
      }
      groups[Int(table[index])].append((literal, number))
    }
  }

  /// Calls back with the number of every literal and the place where it begins.
  func each(in bytes: UnsafeBufferPointer<UInt8>, _ found: (Int, Int) -> Void) {
    guard let base = bytes.baseAddress, bytes.count >= 2 else { return }
    let view = ByteView(base: base, count: bytes.count)
    table.withUnsafeBufferPointer { table in
      var index = Int(base[0])
      for position in 0..<(bytes.count &- 1) {
        index = (index &<< 8 | Int(base[position &+ 1])) & 0xFFFF
        let group = table[index]
        guard group != 0 else { continue }
        for entry in groups[Int(group)] where view.has(entry.literal, at: position) {
          found(entry.number, position)
        }
      }
    }
  }
}
