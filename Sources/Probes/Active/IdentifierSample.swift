internal import Glibc

/// Several identifiers from one source, and what they have in common.
struct IdentifierSample: Sendable {
  let values: [String]
  private let columns: [[UInt8]]

  init(_ values: [String]) {
    self.values = values.map { String($0.prefix(512)) }
    columns = self.values.map { Array($0.utf8) }
  }

  var hasRepetition: Bool { Set(values).count < values.count }

  /// Parts with dots between them, as JSON Web Tokens and signed cookies have.
  var isSigned: Bool {
    values.contains { value in
      let parts = value.split(separator: ".", omittingEmptySubsequences: false)
      return parts.count >= 2 && (value.hasPrefix("eyJ") || parts.count == 3)
    }
  }

  /// Whether the part that changes rises or falls from the first to the last.
  var isOrdered: Bool {
    guard values.count >= 8, let start = columns.first else { return false }
    let head = start.indices.prefix { index in
      columns.allSatisfy { $0.dropFirst(index).first == start[index] }
    }
    let rest = columns.map { $0.dropFirst(head.count) }
    let numbers = rest.map { column in column.prefix(while: Self.isHexadecimal) }
    guard numbers.allSatisfy({ !$0.isEmpty }) else { return false }
    let pairs = zip(numbers, numbers.dropFirst())
    return pairs.allSatisfy(Self.isLess) || pairs.allSatisfy { Self.isLess($1, $0) }
  }

  /// Bits that the changing places can hold, given the characters that were seen.
  var bits: Int {
    let length = columns.map(\.count).min() ?? 0
    let changing = (0..<length).count { index in Set(columns.map { $0[index] }).count > 1 }
    return Int(Double(changing) * log2(Double(alphabet.size)))
  }

  /// Length and alphabet, which stay the same from run to run.
  var shape: String {
    let lengths = columns.map(\.count)
    return "\(lengths.min() ?? 0) to \(lengths.max() ?? 0) characters, \(alphabet.name)"
  }

  private var alphabet: (name: String, size: Int) {
    let seen = Set(columns.joined()).subtracting([0x2D])
    if seen.allSatisfy({ (0x30...0x39).contains($0) }) { return ("decimal", 10) }
    let lower = seen.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    let upper = seen.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    if lower || upper { return ("hexadecimal", 16) }
    let isSmall = seen.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    return isSmall ? ("lower case and digits", 36) : ("base64 or the like", 64)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
  }

  /// As numbers of any length: fewer digits are less.
  private static func isLess(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
    let (one, other) = (one.drop { $0 == 0x30 }, other.drop { $0 == 0x30 })
    if one.count != other.count { return one.count < other.count }
    return one.lexicographicallyPrecedes(other)
  }
}
