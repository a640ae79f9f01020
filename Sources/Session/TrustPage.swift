/// What a configuration and its checklist would make the program contact and run.
public struct TrustContent: Hashable, Sendable {
  /// One file, whole.
  public struct File: Hashable, Sendable {
    /// Where it lies.
    public var path: String
    /// `sha256:` and the digest of its bytes.
    public var digest: String

    /// A file of those bytes.
    public init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }
  }

  /// The files that are not trusted as they are now.
  public var files: [File]
  /// When another version of them was trusted; nil where none was.
  public var since: String?
  /// What would be done, a line each: `+` new since then, `-` not done any more.
  public var effects: [String]

  /// Content of these parts.
  public init(files: [File], since: String? = nil, effects: [String]) {
    self.files = files
    self.since = since
    self.effects = effects
  }
}

/// The page on which the user agrees to that before the first run.
///
/// The word is typed, so that no single key makes the program contact anybody.
public struct TrustPage: Hashable, Sendable {
  /// What is agreed to.
  public var content: TrustContent
  /// The points whose probes are run then; empty means all.
  public var points: [String]
  /// The confirmation.
  public var fields: FieldList
  /// First visible line of what would be done.
  public var scroll = 0

  /// A page about that content.
  public init(_ content: TrustContent, points: [String]) {
    self.content = content
    self.points = points
    fields = FieldList([.init("confirm", "Type trust", expected: "trust")])
  }
}

extension TrustPage: ConsentPage {
  var agreement: Effect { .trust(content, points: points) }
  var refusal: String { "nothing was contacted or run" }
}
