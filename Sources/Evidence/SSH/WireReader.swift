/// Reads the SSH wire format (RFC 4251 section 5), strictly.
struct WireReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func uint32() -> Int? { take(4)?.reduce(0) { $0 << 8 | Int($1) } }

  mutating func string() -> ArraySlice<UInt8>? { uint32().flatMap { take($0) } }

  mutating func text() -> String? { string().map { String(decoding: $0, as: UTF8.self) } }

  /// A positive number without its sign byte; nil for zero, negative ones and longer spellings.
  mutating func positive() -> ArraySlice<UInt8>? {
    guard let bytes = string(), let first = bytes.first else { return nil }
    guard first == 0 else { return first < 0x80 ? bytes : nil }
    let magnitude = bytes.dropFirst()
    return magnitude.first.map { $0 >= 0x80 } ?? false ? magnitude : nil
  }
}

/// Writes strings of the SSH wire format.
func wire(_ parts: [[UInt8]]) -> [UInt8] {
  parts.flatMap { part in withUnsafeBytes(of: UInt32(part.count).bigEndian, Array.init) + part }
}
