/// A node of a YAML document that somebody else wrote, such as a Compose file.
///
/// Aliases and merge keys (`<<`) are filled in. Scalars keep their spelling.
public struct YAMLNode: Sendable {
  /// What a node can be.
  public enum Content: Sendable {
    /// A text, and whether it was written without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    /// Members in their order, each key once.
    case mapping([(key: String, value: YAMLNode)])
  }

  /// What it is.
  public var content: Content
  /// Where it stands, from 1; of a member it is the line of its key.
  public var line: Int

  /// A node that stands there.
  public init(_ content: Content, line: Int = 0) {
    self.content = content
    self.line = line
  }

  /// Why a text is not read.
  public struct Fault: Error, Equatable, Sendable {
    /// From 1; 0 where the whole text is meant.
    public var line: Int
    /// In lower case and without a full stop.
    public var reason: String
  }

  /// The text of a scalar, or nil for lists and mappings.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// The elements of a list, or nil for anything else.
  public var elements: [YAMLNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The members of a mapping, or nil for anything else.
  public var members: [(key: String, value: YAMLNode)]? {
    if case .mapping(let members) = content { members } else { nil }
  }

  /// Whether it is a plain scalar that stands for truth, in the spellings of YAML 1.1.
  public var isTrue: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["true", "yes", "on"].contains(text.lowercased())
  }

  /// Whether it is empty or `null`.
  public var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null"].contains(text.lowercased())
  }

  /// The member of that key, or nil.
  public subscript(_ key: String) -> YAMLNode? { members?.first { $0.key == key }?.value }

  /// The node at the end of a path of keys, or nil.
  public func at(_ keys: String...) -> YAMLNode? {
    keys.reduce(Optional(self)) { node, key in node?[key] }
  }
}
