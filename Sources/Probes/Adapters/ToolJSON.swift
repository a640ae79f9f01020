/// A JSON document (RFC 8259) that a tool wrote, read strictly.
///
/// Numbers keep their spelling. Repeated names, anything behind the document, and text that is no
/// UTF-8 are errors: two readers must not see different documents in the same bytes. So are more
/// than three million values, each of which takes far more memory than its two bytes in the text.
indirect enum ToolJSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([ToolJSON])
  case object([String: ToolJSON])

  /// Why bytes are no document that is accepted.
  struct Fault: Error, Equatable {
    var reason: String
    /// Offset of the byte at which it was noticed.
    var offset: Int
  }

  /// Reads one document; a byte order mark before it is skipped.
  init(_ bytes: [UInt8]) throws(Fault) {
    var reader = ToolJSONReader(bytes)
    self = try reader.document()
  }

  subscript(_ name: String) -> ToolJSON? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var object: [String: ToolJSON]? { if case .object(let members) = self { members } else { nil } }
  var array: [ToolJSON]? { if case .array(let elements) = self { elements } else { nil } }
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var bool: Bool? { if case .bool(let truth) = self { truth } else { nil } }
  /// Nil for fractions, exponents and what does not fit.
  var integer: Int? { if case .number(let spelling) = self { Int(spelling) } else { nil } }
  var isNull: Bool { self == .null }
}

/// A recursive descent over the bytes, bounded in depth.
struct ToolJSONReader {
  private static let depthLimit = 100

  private let bytes: [UInt8]
  private var position: Int
  /// How many values may still come.
  private var left: Int

  init(_ bytes: [UInt8], most: Int = 3_000_000) {
    self.bytes = bytes
    left = most
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func document() throws(ToolJSON.Fault) -> ToolJSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw fault("something follows the document") }
    return value
  }

  private func fault(_ reason: String) -> ToolJSON.Fault {
    ToolJSON.Fault(reason: reason, offset: position)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(ToolJSON.Fault) -> ToolJSON {
    guard depth <= Self.depthLimit else { throw fault("it is nested too deeply") }
    left -= 1
    guard left >= 0 else { throw fault("it has too many values") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("it ends too early")
    default: return try number()
    }
  }

  private mutating func word(
    _ text: StaticString, _ value: ToolJSON
  ) throws(ToolJSON.Fault) -> ToolJSON {
    let spelling = text.withUTF8Buffer { Array($0) }
    guard bytes[position...].starts(with: spelling) else { throw fault("no such word") }
    position += spelling.count
    return value
  }

  private mutating func object(_ depth: Int) throws(ToolJSON.Fault) -> ToolJSON {
    position += 1
    var members: [String: ToolJSON] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("a name is missing") }
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
      guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
        throw fault("a name stands twice")
      }
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fault("an object has no end") }
    return .object(members)
  }

  private mutating func array(_ depth: Int) throws(ToolJSON.Fault) -> ToolJSON {
    position += 1
    var elements: [ToolJSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw fault("an array has no end") }
    return .array(elements)
  }

  private mutating func number() throws(ToolJSON.Fault) -> ToolJSON {
    let start = position
    let signs = Array("+-.eE0123456789".utf8)
    while let byte = next, signs.contains(byte) { position += 1 }
    let spelling = String(decoding: bytes[start..<position], as: UTF8.self)
    guard spelling.wholeMatch(of: #/-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/#) != nil else {
      throw fault("that is no JSON")
    }
    return .number(spelling)
  }

  private mutating func string() throws(ToolJSON.Fault) -> String {
    position += 1
    var content: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw fault("a text is no UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): content += try escaped()
      case 0..<0x20: throw fault("a control character stands in a text")
      default: content.append(byte)
      }
    }
    throw fault("a text has no end")
  }

  private mutating func escaped() throws(ToolJSON.Fault) -> [UInt8] {
    guard let byte = next else { throw fault("a text has no end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return try unicode()
    default: throw fault("no such escape")
    }
  }

  private mutating func unicode() throws(ToolJSON.Fault) -> [UInt8] {
    let first = try unit()
    var code = UInt32(first)
    if (0xD800..<0xDC00).contains(first) {
      guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
        throw fault("half a character")
      }
      let second = try unit()
      guard (0xDC00..<0xE000).contains(second) else { throw fault("half a character") }
      code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw fault("half a character") }
    return Array(String(scalar).utf8)
  }

  private mutating func unit() throws(ToolJSON.Fault) -> UInt16 {
    guard position + 4 <= bytes.count,
      bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw fault("no such escape") }
    position += 4
    return code
  }
}
