/// What a checklist may build on: those that it can extend, and which way probes get stricter.
public struct ChecklistLibrary: Sendable {
  /// Names of the checklists that can be extended.
  public var names: [String]
  /// The YAML of one of them.
  public var yaml: @Sendable (String) -> String?
  /// Which value of a probe's parameter asks for more; nil where nothing is known.
  public var strictness: @Sendable (_ probe: String, _ parameter: String) -> Strictness?

  /// A library of those checklists; by default there is none, and every change of a parameter
  /// counts as a loosening.
  public init(
    names: [String] = [], yaml: @escaping @Sendable (String) -> String? = { _ in nil },
    strictness: @escaping @Sendable (_ probe: String, _ parameter: String) -> Strictness? = {
      _, _ in nil
    }
  ) {
    self.names = names
    self.yaml = yaml
    self.strictness = strictness
  }
}

/// Which values of a parameter ask for more.
public enum Strictness: String, Sendable {
  /// The greater number, or the longer period.
  case higher
  /// The smaller number, or the shorter period.
  case lower
  /// A list with everything of the other one, and more.
  case more
  /// A list with nothing but what the other one has, and less.
  case fewer

  /// Whether the new value asks for more than the old one, as far as can be told.
  func isStricter(_ new: JSONValue?, than old: JSONValue?) -> Bool {
    guard let new, let old else { return false }
    switch self {
    case .higher: return Self.quantity(old) < Self.quantity(new)
    case .lower: return Self.quantity(new) < Self.quantity(old)
    case .more: return Self.isPart(old, of: new)
    case .fewer: return Self.isPart(new, of: old)
    }
  }

  /// A number or the seconds of a period; what is neither compares with nothing.
  private static func quantity(_ value: JSONValue) -> Double {
    let number = value.integer ?? value.string.flatMap(Period.init)?.seconds
    return number.map(Double.init) ?? .nan
  }

  private static func isPart(_ part: JSONValue, of whole: JSONValue) -> Bool {
    guard let part = part.array, let whole = whole.array, !part.isEmpty else { return false }
    return Set(part).isStrictSubset(of: Set(whole))
  }
}
