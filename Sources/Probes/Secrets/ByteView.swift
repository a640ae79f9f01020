import Glibc

/// Bytes that are looked at in place; reading outside of them gives 0 and is harmless.
struct ByteView {
  let base: UnsafePointer<UInt8>
  let count: Int

  /// The byte there, or 0 beyond either end.
  subscript(position: Int) -> UInt8 {
    position >= 0 && position < count ? base[position] : 0
  }

  /// The text of a range, clipped to what there is.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes(range), as: UTF8.self)
  }

  /// The bytes of a range, clipped to what there is.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    let clipped = range.clamped(to: 0..<count)
    return UnsafeBufferPointer(start: base + clipped.lowerBound, count: clipped.count)
  }

  /// Whether these bytes stand there.
  func has(_ literal: [UInt8], at position: Int) -> Bool {
    guard position >= 0, position + literal.count <= count else { return false }
    return literal.withUnsafeBufferPointer { expected in
      guard let start = expected.baseAddress else { return true }
      return memcmp(base + position, start, expected.count) == 0
    }
  }

  /// Where these bytes stand for the first time.
  func firstIndex(of literal: [UInt8]) -> Int? {
    guard let first = literal.first else { return nil }
    var next = 0
    while next < count, let found = memchr(base + next, Int32(first), count - next) {
      let position = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if has(literal, at: position) { return position }
      next = position + 1
    }
    return nil
  }

  /// Where bytes of a class end that begin at a position, looking at no more than `limit`.
  func end(of set: ByteSet, from position: Int, limit: Int = 4_096) -> Int {
    var end = position
    while end < count, end - position < limit, set.contains(self[end]) { end += 1 }
    return end
  }

  /// Where bytes of a class begin that end before a position, looking at no more than `limit`.
  func start(of set: ByteSet, before position: Int, limit: Int = 4_096) -> Int {
    var start = position
    while start > 0, position - start < limit, set.contains(self[start - 1]) { start -= 1 }
    return start
  }

  /// The line on which a position lies; the first is 1.
  func line(of position: Int) -> Int {
    var line = 1
    var next = 0
    let end = min(position, count)
    while next < end, let found = memchr(base + next, 0x0A, end - next) {
      line += 1
      next = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }
    return line
  }
}
