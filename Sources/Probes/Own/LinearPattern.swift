/// A regular expression that takes time in proportion to the text, whatever the text is.
///
/// There is no going back: all ways to match are followed at once (Thompson 1968), so that bytes
/// from outside cannot make a pattern run without end. Known are literals, `.`, `[a-z]`, `\d \w \s
/// \D \W \S \b \t \n \r`, `( )`, `|`, `* + ? {2,5}`, `^` and `$` at the ends of each line, and
/// `(?i)` at the beginning. There are no references backwards and no looking around.
struct LinearPattern: Sendable {
  /// Why a text is no pattern.
  struct Fault: Error, Equatable {
    var reason: String
  }

  /// More steps than this are refused: `{1000}` within `{1000}`.
  static let sizeLimit = 2_000

  enum Step: Sendable {
    case one(CharacterSet)
    case split(Int, Int)
    case jump(Int)
    case lineStart
    case lineEnd
    case wordEdge
    case end
  }

  /// Scalars that may stand at one place.
  struct CharacterSet: Sendable, Equatable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    func contains(_ scalar: UInt32, isFolded: Bool) -> Bool {
      let isThere = ranges.contains { $0.contains(scalar) }
      guard isFolded, (0x61...0x7A).contains(scalar | 0x20) else { return isThere != isNegated }
      return (isThere || ranges.contains { $0.contains(scalar ^ 0x20) }) != isNegated
    }
  }

  /// Whether upper and lower case of ASCII are the same.
  let isFolded: Bool
  private let steps: [Step]

  init(_ text: String) throws(Fault) {
    isFolded = text.hasPrefix("(?i)")
    var reader = LinearPatternReader(isFolded ? String(text.dropFirst(4)) : text)
    var steps: [Step] = []
    try reader.pattern().append(to: &steps)
    steps.append(.end)
    self.steps = steps
  }

  /// The line, from 1, on which the first match ends.
  ///
  /// - Returns: nil where the time was over before that was known.
  func firstLine(in text: String, deadline: ContinuousClock.Instant) -> Answer? {
    var run = Run(steps: steps, isFolded: isFolded)
    var previous: UInt32?
    var line = 1
    var position = 0
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while true {
      if position & 4_095 == 0, deadline <= .now || Task.isCancelled { return nil }
      let scalar = next?.value
      if run.enter(0, previous, scalar) { return .line(line) }
      guard let scalar else { return Answer.none }
      next = scalars.next()
      if run.take(scalar, next?.value) { return .line(line) }
      if scalar == 0x0A { line += 1 }
      previous = scalar
      position += 1
    }
  }

  /// Whether, and on which line, a pattern matches.
  enum Answer: Equatable, Sendable {
    case line(Int)
    case none
  }

  fileprivate static func isWord(_ scalar: UInt32?) -> Bool {
    scalar.map { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }
      ?? false
  }
}

/// All ways to match that are open at one place of the text.
private struct Run {
  let steps: [LinearPattern.Step]
  let isFolded: Bool
  private var open: [Int] = []
  private var marks: [Int]
  private var mark = 1

  init(steps: [LinearPattern.Step], isFolded: Bool) {
    self.steps = steps
    self.isFolded = isFolded
    marks = Array(repeating: 0, count: steps.count)
  }

  /// Opens a way, between two scalars; true where it is at its end.
  mutating func enter(_ start: Int, _ before: UInt32?, _ after: UInt32?) -> Bool {
    var waiting = [start]
    while let index = waiting.popLast() {
      guard marks[index] != mark else { continue }
      marks[index] = mark
      switch steps[index] {
      case .end: return true
      case .one: open.append(index)
      case .jump(let target): waiting.append(target)
      case .split(let first, let second): waiting += [second, first]
      case .lineStart: if before == nil || before == 0x0A { waiting.append(index + 1) }
      case .lineEnd:
        if after == nil || after == 0x0A || after == 0x0D { waiting.append(index + 1) }
      case .wordEdge:
        if LinearPattern.isWord(before) != LinearPattern.isWord(after) {
          waiting.append(index + 1)
        }
      }
    }
    return false
  }

  /// Goes on by one scalar, before another one; true where a way has come to its end.
  mutating func take(_ scalar: UInt32, _ after: UInt32?) -> Bool {
    let ways = open
    open.removeAll(keepingCapacity: true)
    mark += 1
    for index in ways {
      guard case .one(let set) = steps[index], set.contains(scalar, isFolded: isFolded) else {
        continue
      }
      if enter(index + 1, scalar, after) { return true }
    }
    return false
  }
}
