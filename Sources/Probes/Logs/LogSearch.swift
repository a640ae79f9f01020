import Checklist

/// Something in a log that does not belong there; what it says never leads back to it.
struct LogSighting: Hashable, Sendable {
  var verdict: Finding.Verdict
  var title: String
  /// Within the sample, from 1.
  var line: Int
}

/// Looks through the lines of a sample.
struct LogSearch: Sendable {
  /// Lines behind it are cut; nothing that is looked for is longer.
  static let lineLimit = 8_192

  private let rules: [LogRule]
  private let scanner = SecretScanner()

  init(_ rules: [LogRule]) { self.rules = rules }

  /// What was found in a sample, and how many lines it has.
  func look(_ bytes: [UInt8], deadline: ContinuousClock.Instant) -> (
    found: [LogSighting], lines: Int
  )? {
    var found: [LogSighting] = []
    if rules.contains(.secrets) {
      found += bytes.withUnsafeBytes(scanner.scan).map {
        LogSighting(
          verdict: $0.certainty == .certain ? .fail : .review, title: $0.title, line: $0.line)
      }
    }
    if deadline <= .now { return nil }
    let candidates = candidates(bytes)
    var number = 1
    var counted = 0
    for line in candidates {
      // Several regular expressions for each of them.
      if deadline <= .now || Task.isCancelled { return nil }
      number += bytes[counted..<line.lowerBound].count { $0 == 0x0A }
      counted = line.lowerBound
      let part = bytes[line].prefix(Self.lineLimit)
      let text = String(decoding: part, as: UTF8.self)[...]
      part.withUnsafeBufferPointer { buffer in
        for rule in rules {
          guard let (verdict, title) = rule.found(in: text, buffer) else { continue }
          found.append(LogSighting(verdict: verdict, title: title, line: number))
        }
      }
    }
    let lines = number + bytes[counted...].count { $0 == 0x0A }
    return (found, bytes.last == 0x0A ? lines - 1 : lines)
  }

  /// Lines that are worth a closer look, in order: 13 digits in a row, or a telling word.
  private func candidates(_ bytes: [UInt8]) -> [Range<Int>] {
    var folded = bytes
    var marks = [Bool](repeating: false, count: bytes.count)
    folded.withUnsafeMutableBufferPointer { buffer in
      for index in buffer.indices where (0x41...0x5A).contains(buffer[index]) {
        buffer[index] |= 0x20
      }
      Self.words.each(in: UnsafeBufferPointer(buffer)) { _, position in marks[position] = true }
    }
    return bytes.withUnsafeBufferPointer { Self.candidates($0, marks) }
  }

  private static func candidates(
    _ bytes: UnsafeBufferPointer<UInt8>, _ marks: [Bool]
  ) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var (start, digits, isCandidate, wasDigit) = (0, 0, false, false)
    for position in 0..<bytes.count {
      let byte = bytes[position]
      let isDigit = byte &- 0x30 < 10
      // Single blanks and hyphens may stand between the groups of a card's number.
      if isDigit {
        digits += 1
      } else if !(wasDigit && (byte == 0x20 || byte == 0x2D)) {
        digits = 0
      }
      wasDigit = isDigit
      if digits >= 13 || byte == 0x40 || marks[position] { isCandidate = true }
      guard byte == 0x0A || position == bytes.count - 1 else { continue }
      if isCandidate { lines.append(start..<(byte == 0x0A ? position : position + 1)) }
      (start, digits, isCandidate) = (position + 1, 0, false)
    }
    return lines
  }

  private static let words = LiteralTable(
    ["pass", "pwd", "bearer", "token", "key", "secret", "session"].map { (Array($0.utf8), 0) })
}
