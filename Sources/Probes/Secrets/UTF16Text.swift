/// Text of two bytes a character, reduced to what rules look for.
enum UTF16Text {
  /// The text in one byte a character, if the bytes are UTF-16 with or without a mark.
  ///
  /// All that rules look for is ASCII; everything else becomes a question mark.
  static func text(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard bytes.count >= 4, let order = order(of: bytes) else { return nil }
    return stride(from: order.start, to: bytes.count - 1, by: 2).map { position in
      let low = bytes[order.isLittle ? position : position + 1]
      let high = bytes[order.isLittle ? position + 1 : position]
      return high == 0 && low < 128 ? low : UInt8(ascii: "?")
    }
  }

  private static func order(
    of bytes: UnsafeRawBufferPointer
  ) -> (isLittle: Bool, start: Int)? {
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return (true, 2)
    case (0xFE, 0xFF): return (false, 2)
    case (0, 0): return nil
    case (_, 0), (0, _): break
    default: return nil
    }
    // Without a mark: in Latin text nearly every other byte is zero, and the ones between are not.
    let pairs = min(bytes.count / 2, 256)
    let even = (0..<pairs).count { bytes[$0 * 2] == 0 }
    let odd = (0..<pairs).count { bytes[$0 * 2 + 1] == 0 }
    let (zeros, others) = (max(even, odd), min(even, odd))
    guard zeros * 10 >= pairs * 7, others * 20 <= pairs else { return nil }
    return (odd > even, 0)
  }
}
