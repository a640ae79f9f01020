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
  static let lineLimit = 16_384

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
    let candidates = candidates(bytes)
    var number = 1
    var counted = 0
    for (count, line) in candidates.enumerated() {
      // A regular expression for each of them: ask for the time now and then.
      if count % 100 == 0, deadline <= .now || Task.isCancelled { return nil }
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

  /// Lines that are worth a closer look, in order: 13 digits, or a telling word.
  private func candidates(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    var digits = 0
    var isTelling = false
    var marks: Set<Int> = []
    var folded = bytes
    for index in folded.indices where (0x41...0x5A).contains(folded[index]) {
      folded[index] |= 0x20
    }
    folded.withUnsafeBufferPointer { buffer in
      Self.words.each(in: buffer) { _, position in marks.insert(position) }
    }
    for (position, byte) in bytes.enumerated() {
      if (0x30...0x39).contains(byte) { digits += 1 }
      if byte == UInt8(ascii: "@") || marks.contains(position) { isTelling = true }
      guard byte == 0x0A || position == bytes.count - 1 else { continue }
      if digits >= 13 || isTelling {
        lines.append(start..<(byte == 0x0A ? position : position + 1))
      }
      (start, digits, isTelling) = (position + 1, 0, false)
    }
    return lines
  }

  private static let words = LiteralTable(
    ["pass", "pwd", "bearer", "token", "key", "secret", "session"].map { (Array($0.utf8), 0) })
}
