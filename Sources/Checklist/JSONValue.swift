/// A JSON document as a tree, limited to what canonical evidence may hold.
///
/// There are no floating-point numbers: RFC 8785 would need the ECMAScript number printer for
/// them, and nothing that launchgate records is a fraction. Integers stay within ±(2^53 - 1).
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue {
  /// The text of a string value, or nil for any other kind.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number of an integer value, or nil for any other kind.
  public var integer: Int? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The truth of a boolean value, or nil for any other kind.
  public var bool: Bool? {
    if case .bool(let truth) = self { truth } else { nil }
  }

  /// The elements of an array value, or nil for any other kind.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object value, or nil for any other kind.
  public var object: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The member of that name, or nil where this is no object or has none.
  public subscript(_ name: String) -> JSONValue? { object?[name] }

  /// An array of strings.
  public static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
