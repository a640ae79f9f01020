import Glibc

/// Cuts what comes in pieces at a separator, with no more memory than one line takes.
struct LineSplitter: Sendable {
  /// A line above the limit makes no sense; nothing after it can be trusted.
  struct TooLong: Error {}

  private static let limit = 1 << 20

  private let separator: Int32
  private var rest: [UInt8] = []

  /// A splitter at that byte.
  init(at separator: UInt8) { self.separator = Int32(separator) }

  /// Whether all that came ended with a separator.
  var isComplete: Bool { rest.isEmpty }

  /// Hands on the lines that a piece completes, without their separators.
  mutating func take(
    _ piece: UnsafeRawBufferPointer, _ line: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let base = piece.baseAddress else { return }
    var start = 0
    while start < piece.count {
      guard let found = memchr(base + start, separator, piece.count - start) else {
        rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[start...]))
        guard rest.count <= Self.limit else { throw TooLong() }
        return
      }
      let end = UnsafeRawPointer(found) - base
      let part = UnsafeRawBufferPointer(rebasing: piece[start..<end])
      if rest.isEmpty {
        try line(part)
      } else {
        rest.append(contentsOf: part)
        try rest.withUnsafeBytes { try line($0) }
        rest.removeAll(keepingCapacity: true)
      }
      start = end + 1
    }
  }
}
