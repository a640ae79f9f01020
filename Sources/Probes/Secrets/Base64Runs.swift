/// Runs of the characters of base 64 in a text.
enum Base64Runs {
  /// Shorter runs are no token and worth no decoding.
  static let shortest = 24

  /// Calls back with every run of at least `shortest` characters, in order.
  ///
  /// A run that long covers a multiple of `shortest`, and on one side of it a dozen more: so only
  /// those are looked at, and all neighbours only where they belong to the alphabet.
  static func each(in view: ByteView, _ found: (Range<Int>) -> Void) {
    isMember.withUnsafeBufferPointer { buffer in
      guard let isMember = buffer.baseAddress else { return }
      let base = view.base
      let count = view.count
      var covered = 0
      var probe = next(isMember, base, count, from: 0)
      while probe < count {
        var start = probe
        while start > covered && isMember[Int(base[start &- 1])] == 1 { start &-= 1 }
        var end = probe
        while end < count && isMember[Int(base[end])] == 1 { end &+= 1 }
        if end &- start >= shortest { found(start..<end) }
        covered = end
        // The next multiple behind the end; where nothing is covered, behind the probe.
        probe = max(end &+ shortest &- 1, probe &+ shortest)
        probe = next(isMember, base, count, from: probe &- probe % shortest)
      }
    }
  }

  /// The next multiple of `shortest` that a long run may cover; the size of the text if none is.
  ///
  /// Without branches on single bytes: they are as good as random, and each wrong guess of the
  /// processor costs more than all loads.
  @inline(never)
  private static func next(
    _ isMember: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ count: Int, from start: Int
  ) -> Int {
    var probe = start
    // At the edges a run may end before it has a dozen on either side.
    if probe < 12 {
      if probe < count, isMember[Int(base[probe])] == 1 { return probe }
      probe &+= shortest
    }
    while probe &+ 12 < count {
      let byte = base + probe
      let after =
        isMember[Int(byte[2])] & isMember[Int(byte[4])] & isMember[Int(byte[6])]
        & isMember[Int(byte[8])] & isMember[Int(byte[10])] & isMember[Int(byte[12])]
      let before =
        isMember[Int(byte[-2])] & isMember[Int(byte[-4])] & isMember[Int(byte[-6])]
        & isMember[Int(byte[-8])] & isMember[Int(byte[-10])] & isMember[Int(byte[-12])]
      if isMember[Int(byte[0])] & (after | before) == 1 { return probe }
      probe &+= shortest
    }
    return probe < count && isMember[Int(base[probe])] == 1 ? probe : count
  }

  /// Whether the run, decoded, begins like text of one or two bytes a character.
  static func beginsLikeText(_ run: UnsafeBufferPointer<UInt8>) -> Bool {
    var bytes: (UInt64, UInt64) = (0, 0)
    var word: UInt32 = 0
    var bits = 0
    var count = 0
    for character in run.prefix(16) {
      let value = Base64.value(of: character)
      guard value < 64 else { return false }
      word = word &<< 6 | UInt32(value)
      bits &+= 6
      guard bits >= 8 else { continue }
      bits &-= 8
      let byte = UInt8(truncatingIfNeeded: word &>> UInt32(bits))
      // Alternating with printable characters, zeros are UTF-16.
      if isPrintable(byte) {
        bytes.0 |= 1 &<< UInt64(count)
      } else if byte == 0 {
        bytes.1 |= 1 &<< UInt64(count)
      } else if !(count < 2 && byte >= 0xFE) {
        return false
      }
      count &+= 1
    }
    return bytes.1 == 0
      || bytes.1 & (bytes.1 &>> 1) == 0 && count >= 4
        && (bytes.1 & 0x555 == 0 || bytes.1 & 0xAAA == 0)
  }

  /// Where the next line of wrapped base 64 begins, given where one ends; nil where none does.
  static func continuation(in view: ByteView, after end: Int) -> Int? {
    var next = end
    if view[next] == UInt8(ascii: "\\"), view[next + 1] == UInt8(ascii: "n") {
      next += 2
    } else {
      if view[next] == 0x0D { next += 1 }
      guard view[next] == 0x0A else { return nil }
      next += 1
    }
    return view.end(of: .blanks, from: next, limit: 64)
  }

  private static func isPrintable(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static let isMember: [UInt8] = (0..<256).map {
    ByteSet.anyBase64.contains(UInt8($0)) ? 1 : 0
  }
}
