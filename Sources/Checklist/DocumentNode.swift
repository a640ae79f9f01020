/// A tree of texts with their places: what YAML and evidence records have in common.
///
/// Scalars keep their spelling, so that `version: 4.10` stays `4.10`.
struct DocumentNode: Sendable {
  enum Content: Sendable {
    case scalar(String)
    case sequence([DocumentNode])
    case mapping([(key: String, value: DocumentNode)])
  }

  var content: Content
  var line: Int = 0
  var column: Int = 0
  /// Whether a scalar was written without quotes, so that it may be a number or a truth value.
  var isPlain = false

  /// What it is, for messages.
  var kind: String {
    switch content {
    case .scalar: "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension DocumentNode {
  /// The same tree without places, from a recorded value.
  init(_ value: JSONValue) {
    switch value {
    case .null: self.init(content: .scalar(""), isPlain: true)
    case .bool(let truth): self.init(content: .scalar(truth ? "true" : "false"), isPlain: true)
    case .integer(let number): self.init(content: .scalar(String(number)), isPlain: true)
    case .string(let text): self.init(content: .scalar(text))
    case .array(let elements): self.init(content: .sequence(elements.map(DocumentNode.init)))
    case .object(let members):
      self.init(
        content: .mapping(
          members.sorted { $0.key < $1.key }.map { ($0.key, DocumentNode($0.value)) }))
    }
  }

  /// The same tree as a value: plain numbers and truth values typed, all else text.
  var value: JSONValue {
    switch content {
    case .sequence(let elements): return .array(elements.map(\.value))
    case .mapping(let members):
      return .object(
        Dictionary(
          members.map { ($0.key, $0.value.value) }, uniquingKeysWith: { first, _ in first }
        ))
    case .scalar(let text):
      guard isPlain else { return .string(text) }
      if text == "true" || text == "false" { return .bool(text == "true") }
      if let number = Int(text), String(number) == text { return .integer(number) }
      return .string(text)
    }
  }
}
