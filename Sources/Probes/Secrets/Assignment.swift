/// `name = "value"` in the many ways in which files write it.
struct Assignment {
  private let view: ByteView
  private let nameRange: Range<Int>
  /// The value without its quotes.
  let value: Range<Int>

  /// The whole name, in lower case.
  var name: String { view.text(nameRange).lowercased() }

  private static let nameSet = ByteSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
  private static let bare = ByteSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=_.~!@#%^&*-:")
  private static let lineStart = ByteSet(" \t-")
  private static let export = Array("export".utf8)

  /// The assignment to a name of which one part stands there; nil where none is assigned to.
  init?(_ view: ByteView, nameAt position: Int) {
    let end = view.end(of: Self.nameSet, from: position, limit: 64)
    var next = end
    while next - end < 3, view[next] == 0x22 || view[next] == 0x27 || view[next] == 0x5D {
      next += 1
    }
    next = view.end(of: .blanks, from: next, limit: 16)
    guard let separator = Self.separator(view, next) else { return nil }
    next = view.end(of: .blanks, from: separator, limit: 16)
    let begin = view.start(of: Self.nameSet, before: position, limit: 48)
    let quote = view[next]
    if quote == 0x22 || quote == 0x27 || quote == 0x60 {
      let stop = Self.end(view, of: quote, from: next + 1)
      guard view[stop] == quote else { return nil }
      value = next + 1..<stop
    } else {
      // Unquoted only where a line holds nothing else, as in `.env`, INI and YAML files.
      let stop = view.end(of: Self.bare, from: next, limit: 300)
      let after = view.end(of: .blanks, from: stop, limit: 16)
      guard view[after] == 0x0A || view[after] == 0x0D || after >= view.count,
        Self.startsLine(view, begin)
      else { return nil }
      value = next..<stop
    }
    self.view = view
    nameRange = begin..<end
  }

  /// Where `=`, `:`, `=>` or `:=` ends that begins there.
  private static func separator(_ view: ByteView, _ position: Int) -> Int? {
    let (equals, colon, greater) = (UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ">"))
    let (first, second) = (view[position], view[position + 1])
    guard first == equals || first == colon else { return nil }
    guard second == equals || second == colon || second == greater else { return position + 1 }
    let isPair = first == equals ? second == greater : second == equals
    return isPair ? position + 2 : nil
  }

  private static func end(_ view: ByteView, of quote: UInt8, from start: Int) -> Int {
    var end = start
    while end < view.count, end - start < 300, view[end] != quote, view[end] != 0x0A { end += 1 }
    return end
  }

  private static func startsLine(_ view: ByteView, _ position: Int) -> Bool {
    var before = view.start(of: lineStart, before: position, limit: 64)
    if view.has(export, at: before - 6) { before -= 6 }
    return before == 0 || view[before - 1] == 0x0A || view[before - 1] == 0x22
  }
}
