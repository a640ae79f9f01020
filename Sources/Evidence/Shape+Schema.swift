public import Checklist

extension Shape {
  /// The shape as JSON Schema (draft 2020-12).
  public var schema: JSONValue {
    switch self {
    case .any: .object([:])
    case .text: type("string")
    case .filledText: type("string", ["pattern": .string("\\S")])
    case .timestamp:
      type("string", ["pattern": .string("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$")])
    case .date: type("string", ["pattern": .string("^\\d{4}-\\d{2}-\\d{2}$")])
    case .digest: type("string", ["pattern": .string("^sha256:[0-9a-f]{64}$")])
    case .count:
      type("integer", ["minimum": .integer(0), "maximum": .integer(Limits.largestInteger)])
    case .flag: type("boolean")
    case .choice(let words): .object(["enum": .strings(words)])
    case .list(let shape): type("array", ["items": shape.schema])
    case .filledList(let shape): type("array", ["items": shape.schema, "minItems": .integer(1)])
    case .map(let shape): type("object", ["additionalProperties": shape.schema])
    case .anyObject: type("object")
    case .variants(let name, let variants):
      .object([
        "oneOf": .array(variants.map { Shape.object($0.members(by: name)).schema })
      ])
    case .object(let fields):
      type(
        "object",
        [
          "properties": .object(
            Dictionary(fields.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })
          ),
          "required": .strings(fields.filter(\.isRequired).map(\.name)),
          "additionalProperties": .bool(false),
        ])
    }
  }

  private func type(_ name: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
    .object(more.adding("type", .string(name)))
  }
}

extension Shape.Field {
  fileprivate var schema: JSONValue {
    .object((shape.schema.object ?? [:]).adding("description", .string(meaning)))
  }
}
