/// The checklist that another one extends, as it was then.
public struct Base: Hashable, Sendable, CustomStringConvertible {
  /// Its name, such as `production-25`.
  public var checklist: String
  /// Its version.
  public var version: Int

  /// That version of that checklist.
  public init(checklist: String, version: Int) {
    self.checklist = checklist
    self.version = version
  }

  /// `production-25@3`.
  public var description: String { "\(checklist)@\(version)" }
}

/// One way in which a checklist deviates from the one that it extends.
public struct Deviation: Equatable, Sendable {
  /// What a deviation does to what the base asks for.
  public enum Kind: String, Sendable, CaseIterable {
    /// Taken away.
    case dropped
    /// Asked for in addition.
    case added
    /// Stricter than the base.
    case tightened
    /// Less strict, or not known to be at least as strict.
    case loosened
    /// Other words of help, with the same demands.
    case changed

    /// Whether the base would have asked for more, so that it takes a reason and two people.
    public var isLoosening: Bool { self == .dropped || self == .loosened }
  }

  /// What is concerned: `18`, `18.2`, or one key of it such as `18.2/valid-for`.
  public var place: String
  /// What it does.
  public var kind: Kind
  /// What the base says there, for people; nil where it says nothing.
  public var old: String?
  /// What holds instead; nil where nothing does.
  public var new: String?
  /// Why; always there for a loosening.
  public var reason: String?

  /// A deviation at that place.
  public init(
    place: String, kind: Kind, old: String? = nil, new: String? = nil, reason: String? = nil
  ) {
    self.place = place
    self.kind = kind
    self.old = old
    self.new = new
    self.reason = reason
  }
}
