internal import Yams

extension DocumentNode {
  /// Reads one YAML document, at most 1 MiB, 64 levels deep, with a few aliases at most.
  ///
  /// - Throws: the one fault that stops the reading.
  static func read(yaml text: String, file: String) throws(DocumentFaults) -> DocumentNode {
    func refusal(_ reason: String, _ place: DocumentPlace? = nil) -> DocumentFaults {
      DocumentFaults([
        DocumentFault(
          file: file, line: place?.line ?? 0, column: place?.column ?? 0, reason: reason)
      ])
    }
    guard text.utf8.count <= DocumentText.limit else { throw refusal("larger than 1 MiB") }
    // Yams hashes mapping keys with aliases expanded, so a few dozen aliases could hang it.
    let aliases = aliasPlaces(in: text)
    guard aliases.count <= 16 else {
      throw refusal("anchors and aliases are not supported", aliases.first)
    }
    let (parser, root): (Parser, Node?)
    do {
      parser = try Parser(yaml: text)
      root = try parser.singleRoot()
    } catch let error as YamlError {
      throw DocumentFaults([DocumentFault(yaml: error, text: text, file: file)])
    } catch {
      throw refusal("not YAML")
    }
    guard let root else { throw refusal("empty") }
    // Nodes hold their anchors weakly: without the parser nobody would see that there were any.
    defer { withExtendedLifetime(parser) {} }
    return try DocumentNode(root, file: file, depth: 1)
  }

  private init(_ node: Node, file: String, depth: Int) throws(DocumentFaults) {
    let line = node.mark?.line ?? 0
    let column = node.mark?.column ?? 0
    func refusal(_ reason: String) -> DocumentFaults {
      DocumentFaults([DocumentFault(file: file, line: line, column: column, reason: reason)])
    }
    guard node.anchor == nil else { throw refusal("anchors and aliases are not supported") }
    guard depth <= 64 else { throw refusal("nested more than 64 levels deep") }
    switch node {
    case .alias: throw refusal("anchors and aliases are not supported")
    case .scalar(let scalar):
      self.init(
        content: .scalar(scalar.string), line: line, column: column,
        isPlain: scalar.style == .plain || scalar.style == .any)
    case .sequence(let sequence):
      var elements: [DocumentNode] = []
      for element in sequence {
        elements.append(try DocumentNode(element, file: file, depth: depth + 1))
      }
      self.init(content: .sequence(elements), line: line, column: column)
    case .mapping(let mapping):
      var members: [(String, DocumentNode)] = []
      for (key, value) in mapping {
        guard let name = key.scalar?.string else {
          throw DocumentFaults([
            DocumentFault(
              file: file, line: key.mark?.line ?? line, column: key.mark?.column ?? column,
              reason: "a key has to be text")
          ])
        }
        var member = try DocumentNode(value, file: file, depth: depth + 1)
        // The key's place is where a person looks for an unknown or misspelt key.
        member.line = key.mark?.line ?? member.line
        member.column = key.mark?.column ?? member.column
        members.append((name, member))
      }
      self.init(content: .mapping(members), line: line, column: column)
    }
  }
}

extension DocumentFault {
  fileprivate init(yaml error: YamlError, text: String, file: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let line = Self.line(mark.line, of: text)
      let isTab = line.prefix(mark.column).contains("\t")
      self.init(
        file: file, line: mark.line, column: mark.column, reason: problem,
        suggestion: isTab ? "indent with spaces, not with tabs" : nil)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? "?"
      let first = DocumentPlace(line: context.mark.line, column: context.mark.column)
      let place = Self.second(key, after: first, in: text) ?? first
      self.init(
        file: file, line: place.line, column: place.column, reason: "the key \(key) stands twice",
        suggestion: place == first ? nil : "the other one stands in line \(first.line)")
    case .reader(let problem, let offset, _, _):
      let before = String(decoding: text.utf8.prefix(offset ?? 0), as: UTF8.self).unicodeScalars
      let line = before.split(separator: "\n", omittingEmptySubsequences: false).last
      self.init(
        file: file, line: before.count { $0 == "\n" } + 1, column: (line?.count ?? 0) + 1,
        reason: problem, suggestion: "take out what cannot be seen there")
    default:
      self.init(file: file, reason: "not YAML")
    }
  }

  private static func line(_ number: Int, of text: String) -> Substring {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }

  /// Where a key of a block mapping stands again: in the same column, before one further left.
  private static func second(
    _ key: String, after first: DocumentPlace, in text: String
  ) -> DocumentPlace? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated().dropFirst(first.line) {
      let indent = line.prefix { $0 == " " }.count
      guard indent < line.count else { continue }
      if indent < first.column - 1 { return nil }
      let rest = line.dropFirst(indent)
      let isKey = ["\(key):", "\"\(key)\":", "'\(key)':"].contains { rest.hasPrefix($0) }
      if indent == first.column - 1, isKey {
        return DocumentPlace(line: index + 1, column: first.column)
      }
    }
    return nil
  }
}
