/// Turns a tree of texts into model types and collects every fault on the way.
///
/// Each reading function returns nil after it has noted a fault, so that one pass finds them all.
final class DocumentReader {
  /// Beyond so many faults a document is no misspelt one, and guessing would take long.
  static let suggestionLimit = 100

  let file: String
  /// Whether a record is read, which may hold what only launchgate writes.
  let isRecorded: Bool
  private(set) var faults: [DocumentFault] = []
  /// Names that have to stand elsewhere in the document.
  var mentions: [Mention] = []
  /// Names that were read, by what they are the name of.
  private(set) var names: [String: Set<String>] = [:]
  /// Where things stand, by the paths of `ChecklistDocument`.
  private(set) var places: [String: DocumentPlace] = [:]

  init(file: String, isRecorded: Bool = false) {
    self.file = file
    self.isRecorded = isRecorded
  }

  /// Notes a fault at the place of that node.
  func refuse(_ node: DocumentNode, _ reason: String, suggestion: String? = nil) {
    faults.append(
      DocumentFault(
        file: file, line: node.line, column: node.column, reason: reason, suggestion: suggestion))
  }

  /// Notes where something stands.
  func note(_ node: DocumentNode, at path: String) {
    places[path] = DocumentPlace(line: node.line, column: node.column)
  }

  /// Notes where the members of something stand, and the texts that they list.
  func note(_ members: Members, at path: String) {
    for key in members.meant { note(members.node, at: "\(path)/\(key)") }
    for (key, value) in members.members {
      note(value, at: "\(path)/\(key)")
      guard case .sequence(let elements) = value.content else { continue }
      for element in elements {
        if case .scalar(let text) = element.content {
          // A name that stands twice is looked for at its last place.
          note(element, at: "\(path)/\(key)/\(text)")
        }
      }
    }
  }

  /// A name that may stand once among those of its kind.
  func once(_ node: DocumentNode, _ what: String, _ kind: String) -> String? {
    guard let name = text(node, what) else { return nil }
    guard isRecorded || isName(name) else {
      refuse(
        node, "the \(what) \(name) may hold letters, digits, dots, - and _ only, at most 64")
      return nil
    }
    if names[kind, default: []].insert(name).inserted { return name }
    refuse(node, "the \(kind) \(name) stands twice")
    return name
  }

  private func isName(_ text: String) -> Bool {
    text.utf8.count <= 64
      && text.utf8.allSatisfy { byte in
        (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
          || ".-_".utf8.contains(byte)
      }
  }

  /// Throws if any fault was noted.
  func finish() throws(DocumentFaults) {
    guard faults.isEmpty else { throw DocumentFaults(faults) }
  }

  /// The members of a mapping, of which only the given keys are allowed.
  func mapping(_ node: DocumentNode, _ what: String, keys: [String]) -> Members? {
    guard case .mapping(let members) = node.content else {
      refuse(node, "\(what) has to be a mapping, not \(node.kind)")
      return nil
    }
    var meant: Set<String> = []
    for (key, value) in members where !keys.contains(key) {
      let isGuessing = faults.count < Self.suggestionLimit
      refuse(
        value, "\(what) has no key \(key)",
        suggestion: isGuessing ? DocumentFault.didYouMean(key, among: keys) : nil)
      if isGuessing, let near = nearest(to: key, among: keys) { meant.insert(near) }
    }
    return Members(node: node, what: what, members: members, meant: meant, reader: self)
  }

  /// The elements of a list.
  func sequence(_ node: DocumentNode, _ what: String) -> [DocumentNode] {
    guard case .sequence(let elements) = node.content else {
      refuse(node, "\(what) has to be a list, not \(node.kind)")
      return []
    }
    return elements
  }

  /// The text of a scalar, not empty.
  func text(_ node: DocumentNode, _ what: String) -> String? {
    guard case .scalar(let text) = node.content else {
      refuse(node, "\(what) has to be text, not \(node.kind)")
      return nil
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      refuse(node, "\(what) is empty")
      return nil
    }
    return text
  }

  /// One of the raw values of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: DocumentNode, _ what: String, _: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let word = text(node, what) else { return nil }
    if let choice = Choice(rawValue: word) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    refuse(
      node, "\(what) is \(word), but has to be one of \(words.joined(separator: ", "))",
      suggestion: DocumentFault.didYouMean(word, among: words))
    return nil
  }

  /// A whole number.
  func integer(_ node: DocumentNode, _ what: String) -> Int? {
    guard let word = text(node, what) else { return nil }
    if let number = Int(word) { return number }
    refuse(node, "\(what) has to be a whole number")
    return nil
  }

  /// `true` or `false`.
  func flag(_ node: DocumentNode, _ what: String) -> Bool? {
    guard let word = text(node, what) else { return nil }
    if word == "true" || word == "false" { return word == "true" }
    refuse(node, "\(what) has to be true or false")
    return nil
  }

  /// A period such as `30d`.
  func period(_ node: DocumentNode, _ what: String) -> Period? {
    guard let word = text(node, what) else { return nil }
    if let period = Period(word) { return period }
    refuse(node, "\(what) has to be a period such as 26h or 30d")
    return nil
  }

  /// A day such as `2026-11-21`.
  func date(_ node: DocumentNode, _ what: String) -> CalendarDate? {
    guard let word = text(node, what) else { return nil }
    if let date = CalendarDate(word) { return date }
    refuse(node, "\(what) has to be a date such as 2026-11-21")
    return nil
  }

  /// A list of texts.
  func texts(_ node: DocumentNode, _ what: String) -> [String] {
    sequence(node, what).compactMap { text($0, "an entry of \(what)") }
  }

  /// The members of one mapping, read by key.
  struct Members {
    let node: DocumentNode
    let what: String
    let members: [(key: String, value: DocumentNode)]
    /// Keys that are there, but misspelt: one fault is enough.
    var meant: Set<String> = []
    let reader: DocumentReader

    /// The value of an optional key.
    subscript(_ key: String) -> DocumentNode? { members.first { $0.key == key }?.value }

    /// The value of a key that has to be there.
    func required(_ key: String) -> DocumentNode? {
      if let value = self[key] { return value }
      if !meant.contains(key) { reader.refuse(node, "\(what) needs the key \(key)") }
      return nil
    }

    /// The text of a key that has to be there.
    func requiredText(_ key: String) -> String? {
      required(key).flatMap { reader.text($0, key) }
    }

    /// The text of an optional key.
    func text(_ key: String) -> String? { self[key].flatMap { reader.text($0, key) } }

    /// The texts of an optional key; empty where it is missing.
    func texts(_ key: String) -> [String] { self[key].map { reader.texts($0, key) } ?? [] }
  }
}

/// The candidate that differs by at most two edits (Levenshtein), or nil.
func nearest(to word: String, among candidates: [String]) -> String? {
  let ranked = candidates.map { (candidate: $0, distance: editDistance(word, $0)) }
  return ranked.filter { $0.distance <= 2 }.min { $0.distance < $1.distance }?.candidate
}

private func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left.utf8.prefix(64))
  let right = Array(right.utf8.prefix(64))
  var previous = Array(0...right.count)
  for (row, byte) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let substitution = previous[column] + (byte == other ? 0 : 1)
      current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[right.count]
}
