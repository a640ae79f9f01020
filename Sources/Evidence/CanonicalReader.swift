internal import Checklist

/// Reads canonical JSON (RFC 8785) and refuses every other spelling of the same value.
///
/// It shares no code with the writer: whitespace, unsorted or doubled keys, needless escapes,
/// floats, leading zeros, invalid UTF-8 and U+007F are all errors here.
struct CanonicalReader {
  /// Why the bytes are not canonical, and where.
  struct Refusal: Error, Equatable {
    var offset: Int
    var reason: String
  }

  private let bytes: ArraySlice<UInt8>
  /// Index of the next byte to read.
  private(set) var position: Int

  /// Checklists that need not be read again.
  private let known: KnownChecklists?
  /// The member `checklist` of the outermost object, where checklists are known by their bytes.
  private(set) var checklist: RecordedChecklist?

  init(_ bytes: ArraySlice<UInt8>, knowing known: KnownChecklists? = nil) {
    self.bytes = bytes
    self.known = known
    position = bytes.startIndex
  }

  /// Whether everything was read.
  var isAtEnd: Bool { position == bytes.endIndex }

  /// Consumes exactly that text.
  mutating func expect(_ text: StaticString, _ reason: String) throws(Refusal) {
    let length = text.utf8CodeUnitCount
    guard bytes.endIndex - position >= length else { throw refusal(reason) }
    for offset in 0..<length where bytes[position + offset] != text.utf8Start[offset] {
      throw refusal(reason)
    }
    position += length
  }

  /// Consumes one value; depth counts the levels around it.
  mutating func value(depth: Int = 1) throws(Refusal) -> JSONValue {
    guard depth <= Limits.depth else {
      throw refusal("nested more than \(Limits.depth) levels deep")
    }
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try expect("true", "not a value")
      return .bool(true)
    case UInt8(ascii: "f"):
      try expect("false", "not a value")
      return .bool(false)
    case UInt8(ascii: "n"):
      try expect("null", "not a value")
      return .null
    default: return .integer(try integer())
    }
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func refusal(_ reason: String) -> Refusal {
    Refusal(offset: position - bytes.startIndex, reason: reason)
  }

  private mutating func object(depth: Int) throws(Refusal) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    if consume("}") { return .object(members) }
    var previous: String?
    repeat {
      let start = position - bytes.startIndex
      let name = try string()
      guard name.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) else {
        throw Refusal(offset: start, reason: "a key that is not printable ASCII")
      }
      if let previous, !previous.utf8.lexicographicallyPrecedes(name.utf8) {
        let fault = previous == name ? "stands twice" : "is out of order"
        throw Refusal(offset: start, reason: "the key \(name) \(fault)")
      }
      try expect(":", "no colon after a key")
      if depth == 1, let known, name == "checklist", peek == UInt8(ascii: "{") {
        members[name] = try checklist(known)
      } else {
        members[name] = try value(depth: depth + 1)
      }
      previous = name
    } while consume(",")
    try expect("}", "an object that does not end")
    return .object(members)
  }

  private mutating func checklist(_ known: KnownChecklists) throws(Refusal) -> JSONValue {
    if let (found, length) = known.first(in: bytes[position...]) {
      position += length
      checklist = found
      return found.value
    }
    let start = position
    let value = try value(depth: 2)
    checklist = known.learn(bytes[start..<position], value)
    return value
  }

  private mutating func array(depth: Int) throws(Refusal) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    if consume("]") { return .array(elements) }
    repeat { elements.append(try value(depth: depth + 1)) } while consume(",")
    try expect("]", "an array that does not end")
    return .array(elements)
  }

  private mutating func consume(_ sign: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func integer() throws(Refusal) -> Int {
    let start = position
    let isNegative = consume("-")
    let firstDigit = position
    var number = 0
    while let byte = peek, (0x30...0x39).contains(byte) {
      number = number * 10 + Int(byte - 0x30)
      guard number <= Limits.largestInteger else { throw refusal("a number beyond 2^53 - 1") }
      position += 1
    }
    guard position > firstDigit else {
      position = start
      throw refusal("not a value in canonical form")
    }
    switch peek {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      throw refusal("a number that is not an integer")
    default: break
    }
    let hasLeadingZero = bytes[firstDigit] == 0x30 && position - firstDigit > 1
    guard !hasLeadingZero, !(isNegative && number == 0) else {
      throw refusal("a number in a spelling that is not canonical")
    }
    return isNegative ? -number : number
  }

  /// Consumes a string literal.
  mutating func string() throws(Refusal) -> String {
    try expect("\"", "no text where one has to be")
    let start = position
    while let byte = peek, Self.isPlain(byte) { position += 1 }
    // Most texts hold nothing that is escaped, and are taken as they stand.
    if peek == UInt8(ascii: "\"") {
      guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
        throw refusal("a text that is not UTF-8")
      }
      position += 1
      return text
    }
    return try escapedString(Array(bytes[start..<position]))
  }

  /// The rest of a string literal of which that much was consumed.
  private mutating func escapedString(_ head: [UInt8]) throws(Refusal) -> String {
    var content = head
    while true {
      guard let byte = peek else { throw refusal("a text that does not end") }
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw refusal("a text that is not UTF-8")
        }
        position += 1
        return text
      case UInt8(ascii: "\\"): content.append(try escape())
      case 0..<0x20: throw refusal("a control character that is not escaped")
      case 0x7f: throw refusal("the character U+007F")
      default:
        content.append(byte)
        position += 1
      }
    }
  }

  private mutating func escape() throws(Refusal) -> UInt8 {
    position += 1
    guard let letter = peek else { throw refusal("a text that does not end") }
    if let byte = Self.short(letter) {
      position += 1
      return byte
    }
    try expect("u00", "an escape that is not canonical")
    guard let high = peek, high == 0x30 || high == 0x31 else {
      throw refusal("an escape that is not canonical")
    }
    position += 1
    let low: UInt8
    switch peek {
    case .some(let digit) where (0x30...0x39).contains(digit): low = digit - 0x30
    case .some(let digit) where (0x61...0x66).contains(digit): low = digit - 0x57
    default: throw refusal("an escape that is not canonical")
    }
    let byte = (high - 0x30) << 4 | low
    // What has a short escape is written with it.
    guard !(0x08...0x0d).contains(byte) || byte == 0x0b else {
      throw refusal("an escape that is not canonical")
    }
    position += 1
    return byte
  }

  /// What that letter stands for behind a backslash; nil where it has no such meaning.
  private static func short(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "r"): 0x0d
    default: nil
    }
  }

  /// Whether a byte stands for itself in a text.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0x7f
  }
}
