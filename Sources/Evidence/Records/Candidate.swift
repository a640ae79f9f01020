internal import Checklist

/// What the launch is to ship; it may move while the launch is prepared.
public struct Candidate: Hashable, Sendable {
  /// The commit's id.
  public var commit: String
  /// Digest of the tree of each declared path, evidence and configuration left out.
  public var trees: [String: String]
  /// Digest of the built artifact, if there is one.
  public var artifact: String?

  /// A commit with its trees.
  public init(commit: String, trees: [String: String], artifact: String? = nil) {
    self.commit = commit
    self.trees = trees
    self.artifact = artifact
  }
}

extension Candidate {
  static let fields: [Shape.Field] = [
    .required("commit", .filledText, "id of the commit"),
    .required("trees", .map(.filledText), "digest of the tree of each declared path"),
    .optional("artifact", .filledText, "digest of the built artifact"),
  ]

  var members: [String: JSONValue] {
    ["commit": .string(commit), "trees": .object(trees.mapValues(JSONValue.string))]
      .adding("artifact", artifact.map(JSONValue.string))
  }

  init(_ members: Members) {
    commit = members.text("commit")
    trees = members.object("trees").compactMapValues(\.string)
    artifact = members.optionalText("artifact")
  }
}
