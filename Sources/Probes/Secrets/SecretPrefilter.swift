/// Finds the few places of a text at which a rule may match, in one pass.
///
/// Every second position is looked at: its four bytes, without regard to case, are hashed to 19
/// bits and looked up in a set of 64 KiB that stays in the second-level cache. So each literal is
/// entered with two windows of four bytes, one byte apart, of which one always begins at an even
/// position. Only what is in the set is compared in full.
struct SecretPrefilter: Sendable {
  /// A literal to be compared, and the rule that goes on from there.
  private struct Entry {
    var rule: UInt16
    /// Its place among all literals.
    var literal: UInt32
    var length: UInt16
    /// How far behind the begin of the literal the window begins; may be -1.
    var offset: Int16
    var folded: Bool
  }

  /// Which entries belong to a window.
  private struct Range {
    var start: UInt32
    var end: UInt32
  }

  private static let multiplier: UInt32 = 0x9E37_79B1
  private static let blanks: UInt32 = 0x2020_2020

  private let bits: [UInt32]
  /// Open addressing: a window and where its entries begin; they end where `ends` says.
  private let keys: [UInt32]
  private let ranges: [Range]
  private let mask: UInt32
  private let entries: [Entry]
  private let literals: [UInt8]

  init(_ rules: [SecretRule]) {
    var literals: [UInt8] = []
    var lists: [UInt32: [Entry]] = [:]
    for (number, rule) in rules.enumerated() {
      for anchor in rule.anchors {
        let literal = UInt32(literals.count)
        literals += anchor.literal
        for (window, offset) in anchor.windows {
          lists[window | Self.blanks, default: []].append(
            Entry(
              rule: UInt16(number), literal: literal, length: UInt16(anchor.literal.count),
              offset: Int16(offset), folded: anchor.folded))
        }
      }
    }
    var size = 1
    while size < lists.count * 4 { size *= 2 }
    var bits = [UInt32](repeating: 0, count: 1 << 14)
    var keys = [UInt32](repeating: 0, count: size)
    var ranges = [Range](repeating: Range(start: 0, end: 0), count: size)
    var entries: [Entry] = []
    for (window, list) in lists.sorted(by: { $0.key < $1.key }) {
      let slot = (window &* Self.multiplier) &>> 13
      bits[Int(slot &>> 5)] |= 1 << (slot & 31)
      var place = Int(slot) & (size - 1)
      while keys[place] != 0 { place = (place + 1) & (size - 1) }
      keys[place] = window
      ranges[place] = Range(
        start: UInt32(entries.count), end: UInt32(entries.count + list.count))
      entries += list
    }
    (self.bits, self.keys, self.ranges, mask) = (bits, keys, ranges, UInt32(size - 1))
    (self.entries, self.literals) = (entries, literals)
  }

  /// The tables without their owners, so that the loop counts no references.
  private struct Tables {
    var bits: UnsafePointer<UInt32>
    var keys: UnsafePointer<UInt32>
    var ranges: UnsafePointer<Range>
    var entries: UnsafePointer<Entry>
    var literals: UnsafePointer<UInt8>
    var mask: UInt32
  }

  private func withTables(_ body: (Tables) -> Void) {
    bits.withUnsafeBufferPointer { bits in
      keys.withUnsafeBufferPointer { keys in
        ranges.withUnsafeBufferPointer { ranges in
          entries.withUnsafeBufferPointer { entries in
            literals.withUnsafeBufferPointer { literals in
              guard let bits = bits.baseAddress, let keys = keys.baseAddress,
                let ranges = ranges.baseAddress, let entries = entries.baseAddress,
                let literals = literals.baseAddress
              else { return }
              body(
                Tables(
                  bits: bits, keys: keys, ranges: ranges, entries: entries, literals: literals,
                  mask: mask))
            }
          }
        }
      }
    }
  }

  /// Calls back with each rule and the place at which its literal begins.
  func candidates(in view: ByteView, _ found: (_ rule: Int, _ start: Int) -> Void) {
    guard view.count >= 3 else { return }
    withTables { tables in
      let base = UnsafeRawPointer(view.base)
      // Bounded: the last load ends at the last byte.
      let last = view.count - 4
      var position = Self.next(tables.bits, base, from: 0, last: last)
      while position <= last - 6 {
        var place = position
        while place < position + 8 {
          let window = Self.window(base, place)
          if Self.bit(tables.bits, window) & 1 == 1 {
            Self.confirm(window, at: place, in: view, tables, found)
          }
          place += 2
        }
        position = Self.next(tables.bits, base, from: position + 8, last: last)
      }
      while position <= last {
        Self.confirm(Self.window(base, position), at: position, in: view, tables, found)
        position += 2
      }
      if position == last + 1 {
        // Three bytes are left over; nothing follows them.
        let rest =
          UInt32(view[position]) | UInt32(view[position + 1]) << 8 | UInt32(view[position + 2])
          << 16
        Self.confirm(rest | Self.blanks, at: position, in: view, tables, found)
      }
    }
  }

  /// The next group of four windows of which one is in the set; beyond `last - 6` if none is.
  ///
  /// A function of its own, so that all it needs stays in registers.
  @inline(never)
  private static func next(
    _ bits: UnsafePointer<UInt32>, _ base: UnsafeRawPointer, from start: Int, last: Int
  ) -> Int {
    var position = start
    while position <= last &- 6 {
      let hits =
        bit(bits, window(base, position)) | bit(bits, window(base, position &+ 2))
        | bit(bits, window(base, position &+ 4)) | bit(bits, window(base, position &+ 6))
      if hits & 1 == 1 { return position }
      position &+= 8
    }
    return position
  }

  @inline(__always)
  private static func window(_ base: UnsafeRawPointer, _ position: Int) -> UInt32 {
    (base + position).loadUnaligned(as: UInt32.self) | blanks
  }

  @inline(__always)
  private static func bit(_ bits: UnsafePointer<UInt32>, _ window: UInt32) -> UInt32 {
    let slot = (window &* multiplier) &>> 13
    return bits[Int(slot &>> 5)] &>> (slot & 31)
  }

  private static func confirm(
    _ window: UInt32, at position: Int, in view: ByteView, _ tables: Tables,
    _ found: (Int, Int) -> Void
  ) {
    var place = ((window &* multiplier) &>> 13) & tables.mask
    while tables.keys[Int(place)] != window {
      if tables.keys[Int(place)] == 0 { return }
      place = (place &+ 1) & tables.mask
    }
    var number = tables.ranges[Int(place)].start
    let end = tables.ranges[Int(place)].end
    while number < end {
      let entry = tables.entries[Int(number)]
      let start = position &- Int(entry.offset)
      if stands(entry, tables.literals, at: start, in: view) { found(Int(entry.rule), start) }
      number &+= 1
    }
  }

  // A folded literal is in lower case.
  private static func stands(
    _ entry: Entry, _ literals: UnsafePointer<UInt8>, at start: Int, in view: ByteView
  ) -> Bool {
    let length = Int(entry.length)
    guard start >= 0, start + length <= view.count else { return false }
    let literal = literals + Int(entry.literal)
    var offset = 0
    while offset < length {
      let byte = literal[offset]
      let other = view.base[start + offset]
      guard
        other == byte || (entry.folded && other >= 0x41 && other <= 0x5A && other | 0x20 == byte)
      else { return false }
      offset &+= 1
    }
    return true
  }
}

extension SecretRule.Anchor {
  /// Two windows of four bytes, one byte apart, and where they begin in the literal; of literals
  /// shorter than five bytes, with all that can stand beside them.
  fileprivate var windows: [(window: UInt32, offset: Int)] {
    switch literal.count {
    case 3:
      before.members.map { (Self.word([$0] + literal), -1) }
        + after.members.map { (Self.word(literal + [$0]), 0) }
    case 4:
      [(Self.word(literal), 0)]
        + after.members.map { (Self.word(literal.dropFirst() + [$0]), 1) }
    default:
      [offset, offset + 5 <= literal.count ? offset + 1 : offset - 1].map {
        (Self.word(literal[$0..<$0 + 4]), $0)
      }
    }
  }

  private static func word(_ bytes: some BidirectionalCollection<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1 | 0x20) }
  }
}

extension ByteSet? {
  /// Without regard to case; all bytes where there is no set.
  fileprivate var members: Set<UInt8> {
    Set((0...255).filter { self?.contains($0) ?? true }.map { $0 | 0x20 })
  }
}
