public import Checklist

/// Fills `${name}` in probe parameters from the configuration.
public enum ParameterResolution {
  /// Names, in alphabetical order and each once, that keep a use from being filled in.
  public enum Obstacle: Error, Equatable, Sendable {
    /// The configuration does not set them.
    case unset([String])
    /// They stand within a longer text, and are lists or mappings.
    case notWritable([String])
  }

  /// The effective parameters.
  ///
  /// A text that is one placeholder takes the type of its value; within longer texts, values are
  /// written out. A parameter that is `${name?}` is left out where the name is not set, so that
  /// the probe's default counts.
  /// - Throws: the names that keep it from that. Whoever runs the probe then says unknown.
  public static func resolve(
    _ parameters: [String: JSONValue], from values: [String: JSONValue]
  ) throws(Obstacle) -> Parameters {
    var gaps = Gaps()
    let wanted = parameters.filter { !isOptionalAndUnset($0.value, values) }
    let resolved = wanted.mapValues { resolve($0, values, &gaps) }
    guard gaps.unset.isEmpty else { throw .unset(gaps.unset.sorted()) }
    guard gaps.notWritable.isEmpty else { throw .notWritable(gaps.notWritable.sorted()) }
    return Parameters(resolved)
  }

  private struct Gaps {
    var unset: Set<String> = []
    var notWritable: Set<String> = []
  }

  private static func isOptionalAndUnset(
    _ value: JSONValue, _ values: [String: JSONValue]
  ) -> Bool {
    guard let text = value.string, text.hasPrefix("${"), text.hasSuffix("?}") else { return false }
    return values[String(text.dropFirst(2).dropLast(2))] == nil
  }

  private static func resolve(
    _ value: JSONValue, _ values: [String: JSONValue], _ gaps: inout Gaps
  ) -> JSONValue {
    switch value {
    case .string(let text): return resolve(text, values, &gaps)
    case .array(let elements):
      return .array(elements.map { resolve($0, values, &gaps) })
    case .null, .bool, .integer, .object: return value
    }
  }

  private static func resolve(
    _ text: String, _ values: [String: JSONValue], _ gaps: inout Gaps
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
        gaps.unset.insert(name)
        rest = after
        continue
      }
      if start.lowerBound == text.startIndex && after.isEmpty { return value }
      result += rest[..<start.lowerBound]
      result += written(value) ?? ""
      if written(value) == nil { gaps.notWritable.insert(name) }
      rest = after
    }
    return .string(result + rest)
  }

  /// The value within a longer text; nil for what is no single word.
  private static func written(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let truth): truth ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
