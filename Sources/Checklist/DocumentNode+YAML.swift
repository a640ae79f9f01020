internal import Yams

extension DocumentNode {
  /// Reads one YAML document, at most 1 MiB, 64 levels deep, with a few aliases at most.
  ///
  /// - Throws: the one fault that stops the reading.
  static func read(yaml text: String, file: String) throws(DocumentFaults) -> DocumentNode {
    func refusal(_ reason: String) -> DocumentFaults {
      DocumentFaults([DocumentFault(file: file, reason: reason)])
    }
    guard text.utf8.count <= 1 << 20 else { throw refusal("larger than 1 MiB") }
    // Yams hashes mapping keys with aliases expanded, so a few dozen aliases could hang it.
    guard aliasCount(in: text) <= 16 else { throw refusal("anchors and aliases are not supported") }
    let root: Node?
    do {
      root = try Parser(yaml: text).singleRoot()
    } catch let error as YamlError {
      throw DocumentFaults([DocumentFault(yaml: error, file: file)])
    } catch {
      throw refusal("not YAML")
    }
    guard let root else { throw refusal("empty") }
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
        guard let name = key.scalar?.string else { throw refusal("a key has to be text") }
        var member = try DocumentNode(value, file: file, depth: depth + 1)
        // The key's place is where a person looks for an unknown or misspelt key.
        member.line = key.mark?.line ?? member.line
        member.column = key.mark?.column ?? member.column
        members.append((name, member))
      }
      self.init(content: .mapping(members), line: line, column: column)
    }
  }

  private static func aliasCount(in text: String) -> Int {
    var count = 0
    var previous = UInt8(ascii: " ")
    var starred = false
    for byte in text.utf8 {
      let isName =
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a || (0x30...0x39).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      if starred && isName { count += 1 }
      // The high bytes end U+0085, U+2028 and U+2029, which are line ends in YAML 1.1.
      starred =
        byte == UInt8(ascii: "*")
        && (" \n\r\t[{,:-?".utf8.contains(previous) || [0x85, 0xa8, 0xa9].contains(previous))
      // The last byte of U+0085, U+2028 or U+2029, which end lines in YAML 1.1.
      previous = byte
    }
    return count
  }
}

extension DocumentFault {
  fileprivate init(yaml error: YamlError, file: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(file: file, line: mark.line, column: mark.column, reason: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        file: file, line: context.mark.line, column: context.mark.column,
        reason: "the key \(duplicates.first ?? "?") stands twice")
    default:
      self.init(file: file, reason: "not YAML")
    }
  }
}
