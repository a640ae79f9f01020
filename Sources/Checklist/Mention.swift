/// A name in a document that has to stand elsewhere in it, with its place.
struct Mention {
  /// What the name is that of.
  enum Kind: String {
    case condition
    case control
    case point
  }

  var kind: Kind
  var name: String
  var node: DocumentNode
}

extension DocumentReader {
  /// The names of an optional list, noted as mentions.
  func mentions(_ members: Members, _ key: String, _ kind: Mention.Kind) -> [String] {
    guard let node = members[key] else { return [] }
    return sequence(node, key).compactMap { mention($0, "an entry of \(key)", kind) }
  }

  /// One name, noted as a mention.
  func mention(_ node: DocumentNode, _ what: String, _ kind: Mention.Kind) -> String? {
    guard let name = text(node, what) else { return nil }
    mentions.append(Mention(kind: kind, name: name, node: node))
    return name
  }

  /// Refuses what is mentioned and not there.
  func refuseUnknownMentions(in checklist: Checklist) {
    let known: [Mention.Kind: [String]] = [
      .condition: checklist.conditions.map(\.id), .control: checklist.controls.map(\.number),
      .point: checklist.points.map(\.id),
    ]
    for mention in mentions {
      let names = known[mention.kind] ?? []
      // What is there and broken has a fault of its own.
      let broken = self.names[mention.kind.rawValue] ?? []
      guard !names.contains(mention.name), !broken.contains(mention.name) else { continue }
      refuse(
        mention.node, "there is no \(mention.kind.rawValue) \(mention.name)",
        suggestion: DocumentFault.didYouMean(mention.name, among: names))
    }
  }
}
