import Checklist

/// One secret at one place, with nothing in it that leads back to the secret.
struct SecretSighting: Hashable, Sendable {
  /// Where a secret can lie.
  enum Source: Hashable, Sendable {
    /// A file of some commit or of the index.
    case history
    /// A file of the working tree as it is now.
    case workingTree
    case commitMessage
    case tagMessage
  }

  var rule: String
  var title: String
  var certainty: SecretRule.Certainty
  var source: Source
  /// Of the file; nil for messages and for objects to which no commit leads.
  var path: GitPath?
  /// That brought it in, or whose message it is.
  var commit: String?
  /// The blob, commit or tag; nil in the working tree.
  var object: String?
  var line: Int
  /// The id that git would give to the file of the working tree, as far as it is now.
  var content: String?
  /// Whether it lies behind the mark of tests in a file of Rust.
  var isBehindTestMark = false
  /// How many more objects hold the same secret under the same path.
  var repetitions = 0

  /// Secrets of tests and examples are seldom live: a person judges those.
  var isDowngraded: Bool {
    guard let path else { return false }
    return SamplePath.isOne(path) || isBehindTestMark && path.name.hasSuffix(".rs")
  }

  /// Fail for what is certain, review for what only a person can tell.
  var verdict: Finding.Verdict {
    certainty == .certain && !isDowngraded ? .fail : .review
  }

  /// `GitHub token in deploy/prod.env:3 (commit 1a2b3c4d5e)`.
  var text: String {
    let place =
      switch source {
      case .history, .workingTree: "\(path?.text ?? "an object without a path"):\(line)"
      case .commitMessage: "the message of a commit, line \(line)"
      case .tagMessage: "the message of a tag, line \(line)"
      }
    let origin =
      switch (source, commit, object) {
      case (.workingTree, _, _): "working tree"
      case (_, let commit?, _): "commit \(commit.prefix(10))"
      case (_, nil, let object?): "object \(object.prefix(10))"
      case (_, nil, nil): "index"
      }
    let more = repetitions == 0 ? "" : ", and in \(repetitions) more versions"
    return "\(rule): \(title) in \(place) (\(origin)\(more))"
  }

  /// A name that stays the same as long as the secret lies there.
  var factName: String {
    // What is committed unchanged keeps its name; what changes is another fact.
    let origin = (object ?? content).map { String($0.prefix(16)) } ?? ""
    return "\(origin):\(line):\(rule)"
  }
}
