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
  /// A member of a mapping; assigning adds it, or replaces it at its place.
  subscript(_ key: String) -> DocumentNode? {
    get {
      guard case .mapping(let members) = content else { return nil }
      return members.first { $0.key == key }?.value
    }
    set {
      guard case .mapping(var members) = content else { return }
      let index = members.firstIndex { $0.key == key }
      if let index, let newValue {
        members[index].value = newValue
      } else if let index {
        members.remove(at: index)
      } else if let newValue {
        members.append((key, newValue))
      }
      content = .mapping(members)
    }
  }

  /// Edits the element of nested lists for which `body` says that it was the right one.
  ///
  /// - Returns: whether there was one.
  mutating func edit(_ keys: ArraySlice<String>, _ body: (inout DocumentNode) -> Bool) -> Bool {
    guard let key = keys.first, let list = self[key], case .sequence(var elements) = list.content
    else { return false }
    for index in elements.indices {
      let isDone =
        keys.count == 1
        ? body(&elements[index]) : elements[index].edit(keys.dropFirst(), body)
      guard isDone else { continue }
      self[key] = DocumentNode(
        content: .sequence(elements), line: list.line, column: list.column)
      return true
    }
    return false
  }

  /// With these elements at the end of the list of that key.
  mutating func append(_ added: [DocumentNode], to key: String) {
    var elements: [DocumentNode] = []
    if case .sequence(let old)? = self[key]?.content { elements = old }
    var list = self[key] ?? DocumentNode(content: .sequence([]), line: line, column: column)
    list.content = .sequence(elements + added)
    self[key] = list
  }

  /// The same tree, all of it standing at the place of another node.
  func placed(at place: DocumentNode) -> DocumentNode {
    var copy = self
    copy.line = place.line
    copy.column = place.column
    switch content {
    case .scalar: break
    case .sequence(let elements):
      copy.content = .sequence(elements.map { $0.placed(at: place) })
    case .mapping(let members):
      copy.content = .mapping(members.map { ($0.key, $0.value.placed(at: place)) })
    }
    return copy
  }

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
