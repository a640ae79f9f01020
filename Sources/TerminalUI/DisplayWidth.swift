/// How many cells a piece of text takes.
///
/// Our own tables: the C library's answer depends on its locale, so that a layout would differ from
/// machine to machine.
public enum DisplayWidth {
  /// The width of a scalar: 0, 1 or 2.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    if contains(value, zeroRanges) { return 0 }
    return contains(value, wideRanges) ? 2 : 1
  }

  /// The width of a character as the sanitizer will show it.
  public static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F { return 1 }
    return of(String(character))
  }

  /// The width of a text as the sanitizer will show it.
  public static func of(_ text: String) -> Int {
    Sanitizer.glyphs(text).reduce(0) { $0 + $1.width }
  }

  private static func contains(_ value: UInt32, _ ranges: [ClosedRange<UInt32>]) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
