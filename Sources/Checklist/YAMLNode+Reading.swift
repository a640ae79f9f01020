internal import Yams

extension YAMLNode {
  /// Most bytes of a text that is read.
  public static let textLimit = 1 << 20
  private static let aliasLimit = 40
  private static let depthLimit = 64
  private static let nodeLimit = 200_000
  private static let documentLimit = 2_000

  /// All documents of a text of at most 1 MiB.
  ///
  /// No more than 40 aliases, 64 levels and 200,000 nodes once aliases are filled in: a short text
  /// whose aliases double each other could fill any memory.
  /// - Throws: the one fault that stops the reading.
  public static func documents(_ text: String) throws(Fault) -> [YAMLNode] {
    guard text.utf8.count <= textLimit else { throw Fault(line: 0, reason: "larger than 1 MiB") }
    // Yams hashes the keys of mappings with their aliases filled in, before anybody can count.
    guard aliasPlaces(in: text).count <= aliasLimit else {
      throw Fault(line: 0, reason: "more than \(aliasLimit) aliases")
    }
    var roots: [Node] = []
    do {
      let parser = try Parser(yaml: text)
      while let root = try parser.nextRoot() {
        roots.append(root)
        guard roots.count <= documentLimit else {
          throw Fault(line: 0, reason: "more than \(documentLimit) documents")
        }
      }
    } catch let error as YamlError {
      throw Fault(error)
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault(line: 0, reason: "not YAML")
    }
    var budget = nodeLimit
    var documents: [YAMLNode] = []
    for root in roots { documents.append(try node(root, depth: 1, &budget)) }
    return documents
  }

  private static func node(
    _ node: Node, depth: Int, _ budget: inout Int
  ) throws(Fault) -> YAMLNode {
    let line = node.mark?.line ?? 0
    budget -= 1
    guard budget >= 0 else { throw Fault(line: line, reason: "more than \(nodeLimit) nodes") }
    guard depth <= depthLimit else {
      throw Fault(line: line, reason: "nested more than \(depthLimit) levels deep")
    }
    switch node {
    case .alias: throw Fault(line: line, reason: "an alias without its anchor")
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return YAMLNode(.scalar(scalar.string, isPlain: isPlain), line: line)
    case .sequence(let sequence):
      var elements: [YAMLNode] = []
      for element in sequence { elements.append(try self.node(element, depth: depth + 1, &budget)) }
      return YAMLNode(.sequence(elements), line: line)
    case .mapping(let mapping):
      return YAMLNode(try members(mapping, depth: depth, &budget), line: line)
    }
  }

  private static func members(
    _ mapping: Node.Mapping, depth: Int, _ budget: inout Int
  ) throws(Fault) -> Content {
    var members: [(key: String, value: YAMLNode)] = []
    var merged: [YAMLNode] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? 0
      guard let name = key.scalar?.string else {
        throw Fault(line: line, reason: "a key that is no text")
      }
      var member = try node(value, depth: depth + 1, &budget)
      if name == "<<" {
        merged += member.elements ?? [member]
        continue
      }
      member.line = line
      members.append((name, member))
    }
    var names = Set(members.map(\.key))
    for source in merged {
      guard let added = source.members else {
        throw Fault(line: source.line, reason: "a merge key without a mapping")
      }
      for member in added where names.insert(member.key).inserted { members.append(member) }
    }
    return .mapping(members)
  }
}

extension YAMLNode.Fault {
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, reason: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        line: context.mark.line, reason: "the key \(duplicates.first ?? "?") stands twice")
    case .reader(let problem, _, _, _): self.init(line: 0, reason: problem)
    default: self.init(line: 0, reason: "not YAML")
    }
  }
}
