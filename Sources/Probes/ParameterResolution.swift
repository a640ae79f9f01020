public import Checklist

/// Fills `${name}` in probe parameters from the configuration.
public enum ParameterResolution {
  /// Names that the configuration does not set.
  public struct Unset: Error, Equatable, Sendable {
    /// In alphabetical order, each once.
    public var names: [String]
  }

  /// The effective parameters.
  ///
  /// A text that is one placeholder takes the type of its value; within longer texts, values are
  /// written out. A parameter that is `${name?}` is left out where the name is not set, so that
  /// the probe's default counts.
  /// - Throws: the names that are not set. Whoever runs the probe then says unknown.
  public static func resolve(
    _ parameters: [String: JSONValue], from values: [String: JSONValue]
  ) throws(Unset) -> Parameters {
    var missing: Set<String> = []
    let wanted = parameters.filter { !isOptionalAndUnset($0.value, values) }
    let resolved = wanted.mapValues { resolve($0, values, &missing) }
    guard missing.isEmpty else { throw Unset(names: missing.sorted()) }
    return Parameters(resolved)
  }

  private static func isOptionalAndUnset(
    _ value: JSONValue, _ values: [String: JSONValue]
  ) -> Bool {
    guard let text = value.string, text.hasPrefix("${"), text.hasSuffix("?}") else { return false }
    return values[String(text.dropFirst(2).dropLast(2))] == nil
  }

  private static func resolve(
    _ value: JSONValue, _ values: [String: JSONValue], _ missing: inout Set<String>
  ) -> JSONValue {
    switch value {
    case .string(let text): return resolve(text, values, &missing)
    case .array(let elements):
      return .array(elements.map { resolve($0, values, &missing) })
    case .null, .bool, .integer, .object: return value
    }
  }

  private static func resolve(
    _ text: String, _ values: [String: JSONValue], _ missing: inout Set<String>
  ) -> JSONValue {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${"),
      let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      let spelled = rest[start.upperBound..<end]
      let name = String(spelled.hasSuffix("?") ? spelled.dropLast() : spelled)
      let after = rest[rest.index(after: end)...]
      guard let value = values[name] else {
        missing.insert(name)
        rest = after
        continue
      }
      if start.lowerBound == text.startIndex && after.isEmpty { return value }
      result += rest[..<start.lowerBound]
      result += value.string ?? value.integer.map(String.init) ?? ""
      rest = after
    }
    return .string(result + rest)
  }
}
