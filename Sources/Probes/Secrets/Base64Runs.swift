/// Runs of the characters of base 64 in a text.
enum Base64Runs {
  /// Shorter runs are no token and worth no decoding.
  static let shortest = 24

  /// Calls back with every run of at least `shortest` characters, in order.
  ///
  /// A run that long covers a multiple of `shortest`; so only one byte in 24 is looked at, and its
  /// neighbours only where it belongs to the alphabet.
  static func each(in view: ByteView, _ found: (Range<Int>) -> Void) {
    isMember.withUnsafeBufferPointer { buffer in
      guard let isMember = buffer.baseAddress else { return }
      let base = view.base
      let count = view.count
      var covered = 0
      var probe = 0
      while probe < count {
        if isMember[Int(base[probe])] {
          var start = probe
          while start > covered && isMember[Int(base[start &- 1])] { start &-= 1 }
          var end = probe &+ 1
          while end < count && isMember[Int(base[end])] { end &+= 1 }
          if end &- start >= shortest { found(start..<end) }
          covered = end
          probe = end &+ shortest &- 1
          probe = probe &- probe % shortest
        } else {
          probe &+= shortest
        }
      }
    }
  }

  /// The decoded run if it begins like text, else nil.
  static func text(_ run: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let opening = Base64.decode(UnsafeBufferPointer(rebasing: run.prefix(16)))
    guard opening.allSatisfy(isPrintable) else { return nil }
    return Base64.decode(run)
  }

  private static func isPrintable(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static let isMember: [Bool] = (0..<256).map { ByteSet.anyBase64.contains(UInt8($0)) }
}
