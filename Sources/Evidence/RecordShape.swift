public import Checklist

/// The shapes of all record types, version 1; frozen.
public enum RecordShape {
  /// In the order in which a launch meets them.
  static let types: [(name: String, fields: [Shape.Field], meaning: String)] = [
    ("opened", Opened.fields, "what is gated, with its whole checklist and policy"),
    ("policy", PolicyChange.fields, "a change of people, roles, keys or checklist"),
    ("candidate", Candidate.fields, "the commit and artifact that the launch is to ship"),
    ("run", Run.fields, "findings of probes"),
    ("sign-off", SignOff.fields, "decisions of a person"),
    ("countersign", Countersign.fields, "a second person's agreement"),
    ("revoke", Revoke.fields, "the taking back of a record"),
    ("assign", Assign.fields, "a duty and the person who has it"),
    ("reopen", Reopen.fields, "the end of a seal"),
    ("carry", Carry.fields, "still fresh sign-offs of an earlier launch"),
    ("seal", Seal.fields, "the release sign-off"),
    ("timestamp", TimestampToken.fields, "an RFC 3161 token over a seal"),
  ]

  private static let common: [Shape.Field] = [
    .required("at", .timestamp, "when, by the writer's clock"),
    .required("by", Author.shape, "who or what wrote it; claimed"),
    .required("launch", .digest, "digest of the canonical environment, release and subject"),
    .required("parents", .list(.digest), "ids of the heads that the writer saw, ascending"),
  ]

  private static let shapes: [String: Shape] = Dictionary(
    types.map { type in
      let own: Shape.Field = .required("type", .choice([type.name]), type.meaning)
      return (type.name, Shape.object([own] + common + type.fields))
    }, uniquingKeysWith: { first, _ in first })

  /// By type, the members that are objects whose meaning is checked elsewhere.
  static let takenOver: [String: Set<String>] = Dictionary(
    types.map { type in
      let whole = type.fields.filter { if case .anyObject = $0.shape { true } else { false } }
      return (type.name, Set(whole.map(\.name)))
    }, uniquingKeysWith: { first, _ in first })

  /// The shape of that record type, or nil for an unknown type.
  static func of(type: String) -> Shape? { shapes[type] }

  /// The whole file format as JSON Schema (draft 2020-12).
  ///
  /// A schema cannot say that ids are digests, that parents exist or that bytes are canonical;
  /// the strict reader checks those.
  public static var schema: JSONValue {
    let header: JSONValue = .object([
      "const": .object([
        "format": .string("launchgate-evidence"), "version": .integer(1),
      ])
    ])
    let entry: JSONValue = .object([
      "type": .string("object"),
      "properties": .object([
        "id": Shape.digest.schema,
        "record": .object([
          "oneOf": .array(types.compactMap { of(type: $0.name)?.schema })
        ]),
        "signatures": Shape.list(Signature.shape).schema,
      ]),
      "required": .strings(["id", "record", "signatures"]), "additionalProperties": .bool(false),
    ])
    return .object([
      "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
      "title": .string("launchgate evidence, version 1"), "type": .string("array"),
      "prefixItems": .array([header]), "items": entry, "minItems": .integer(1),
    ])
  }
}
