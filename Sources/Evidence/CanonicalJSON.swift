public import Checklist

/// The one spelling of a value whose bytes are hashed and signed (RFC 8785).
///
/// Restricted to what `JSONValue` can hold: ASCII keys and integers, so that sorting by UTF-16 is
/// sorting by bytes and no number needs rounding.
public enum CanonicalJSON {
  /// The bytes of that value.
  ///
  /// The caller keeps to ASCII keys, integers within ±(2^53 - 1) and texts without U+007F;
  /// `refusal(of:)` tells whether it does.
  public static func bytes(_ value: JSONValue) -> [UInt8] {
    var output: [UInt8] = []
    write(value, to: &output)
    return output
  }

  /// Why the value has no canonical form here, or nil where it has one.
  public static func refusal(of value: JSONValue, depth: Int = 1) -> String? {
    guard depth <= Limits.depth else { return "nested more than \(Limits.depth) levels deep" }
    switch value {
    case .null, .bool: return nil
    case .integer(let number):
      return number.magnitude <= UInt(Limits.largestInteger)
        ? nil : "the number \(number) is too large"
    case .string(let text):
      return text.utf8.contains(0x7f) ? "a text holds the character U+007F" : nil
    case .array(let elements):
      return firstRefusal(of: elements, depth: depth + 1)
    case .object(let members):
      if let name = members.keys.first(where: { !isKey($0) }) {
        return "the key \(name.debugDescription) is not printable ASCII"
      }
      return firstRefusal(of: members.values, depth: depth + 1)
    }
  }

  /// Whether both values have the same canonical bytes.
  ///
  /// Texts that Swift takes for equal, because they only are composed otherwise, have not.
  static func areSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): areSame(left, right)
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { areSame($0, $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count
        && left.allSatisfy { name, member in
          right.index(forKey: name).map {
            areSame(name, right[$0].key) && areSame(member, right[$0].value)
          } ?? false
        }
    default: false
    }
  }

  private static func areSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
  }

  // A loop: the first of a lazy map is computed twice, which doubles with every level.
  private static func firstRefusal(of values: some Sequence<JSONValue>, depth: Int) -> String? {
    for value in values {
      if let refusal = refusal(of: value, depth: depth) { return refusal }
    }
    return nil
  }

  private static func isKey(_ name: String) -> Bool {
    name.utf8.allSatisfy { (0x20..<0x7f).contains($0) }
  }

  private static func write(_ value: JSONValue, to output: inout [UInt8]) {
    switch value {
    case .null: output += "null".utf8
    case .bool(let truth): output += (truth ? "true" : "false").utf8
    case .integer(let number): output += String(number).utf8
    case .string(let text): write(text, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        write(element, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, name) in members.keys.sorted(by: precedes).enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        write(name, to: &output)
        output.append(UInt8(ascii: ":"))
        write(members[name] ?? .null, to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output += "\\\"".utf8
      case UInt8(ascii: "\\"): output += "\\\\".utf8
      case 0x08: output += "\\b".utf8
      case 0x09: output += "\\t".utf8
      case 0x0a: output += "\\n".utf8
      case 0x0c: output += "\\f".utf8
      case 0x0d: output += "\\r".utf8
      case 0..<0x20:
        output += "\\u00".utf8
        output += hexadecimal([byte]).utf8
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}

/// Lower-case hexadecimal digits of those bytes.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  var text: [UInt8] = []
  text.reserveCapacity(2 * bytes.underestimatedCount)
  for byte in bytes {
    text.append(hexadecimalDigit(byte >> 4))
    text.append(hexadecimalDigit(byte & 15))
  }
  return String(decoding: text, as: UTF8.self)
}

private func hexadecimalDigit(_ number: UInt8) -> UInt8 {
  number < 10 ? 0x30 + number : 0x57 + number
}
