/// Finds the few places of a text at which a rule may match, in one pass.
///
/// The last four bytes, without regard to case, are hashed to 17 bits and looked up in a set of
/// 16 KiB that stays in the first-level cache; only what is in the set is compared in full.
struct SecretPrefilter: Sendable {
  /// A literal to be compared, and the rule that goes on from there.
  struct Entry: Sendable {
    var rule: Int
    var literal: [UInt8]
    var offset: Int
    var folded: Bool
  }

  private let bits: [UInt8]
  private let entries: [UInt32: [Entry]]

  init(_ rules: [SecretRule]) {
    var bits = [UInt8](repeating: 0, count: 1 << 14)
    var entries: [UInt32: [Entry]] = [:]
    for (number, rule) in rules.enumerated() {
      for anchor in rule.anchors {
        let word =
          anchor.literal[anchor.offset..<anchor.offset + 4].reversed()
          .reduce(UInt32(0)) { $0 << 8 | UInt32($1) } | 0x2020_2020
        let slot = Int((word &* 0x9E37_79B1) &>> 15)
        bits[slot >> 3] |= 1 << UInt8(slot & 7)
        entries[word, default: []].append(
          Entry(
            rule: number, literal: anchor.literal, offset: anchor.offset, folded: anchor.folded))
      }
    }
    self.bits = bits
    self.entries = entries
  }

  /// Calls back with each rule and the place at which its literal begins.
  ///
  /// The loop uses nothing but pointers and wrapping arithmetic: those are inlined even without
  /// optimisation, so that debug builds stay usable.
  func candidates(in view: ByteView, _ found: (_ rule: Int, _ start: Int) -> Void) {
    bits.withUnsafeBufferPointer { buffer in
      guard let bits = buffer.baseAddress else { return }
      let base = view.base
      let count = view.count
      var word: UInt32 = 0
      var position = 0
      while position < count {
        word = (word &>> 8) | (UInt32(base[position]) &<< 24)
        let folded = word | 0x2020_2020
        let slot = (folded &* 0x9E37_79B1) &>> 15
        if (bits[Int(slot &>> 3)] &>> UInt8(truncatingIfNeeded: slot & 7)) & 1 == 1 {
          confirm(folded, at: position - 3, in: view, found)
        }
        position &+= 1
      }
    }
  }

  private func confirm(
    _ word: UInt32, at position: Int, in view: ByteView, _ found: (Int, Int) -> Void
  ) {
    guard let entries = entries[word] else { return }
    for entry in entries {
      let start = position - entry.offset
      let isThere =
        entry.folded ? has(entry.literal, at: start, in: view) : view.has(entry.literal, at: start)
      if isThere { found(entry.rule, start) }
    }
  }

  // The literal is in lower case.
  private func has(_ literal: [UInt8], at start: Int, in view: ByteView) -> Bool {
    guard start >= 0, start + literal.count <= view.count else { return false }
    for (offset, byte) in literal.enumerated() {
      let other = view.base[start + offset]
      guard other == byte || ((0x41...0x5A).contains(other) && other | 0x20 == byte) else {
        return false
      }
    }
    return true
  }
}
