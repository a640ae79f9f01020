public import Checklist
public import Evidence

/// Something that is no longer as it was when somebody relied on it: the old beside the new.
public struct Change: Hashable, Sendable {
  /// What kind of thing has changed.
  public enum Subject: String, Sendable, CaseIterable {
    /// The point itself: its text, its period, what it is bound to.
    case text
    /// What the probes see; the tool and its version are no part of it.
    case facts
    /// The commit and the trees that are to ship.
    case code
    /// Nothing but the time that has passed.
    case age
  }

  /// A record with its author and time.
  public struct Occasion: Hashable, Sendable {
    /// The record.
    public var record: RecordID
    /// Who wrote it; claimed.
    public var by: String
    /// When, by the writer's clock.
    public var at: Timestamp

    /// The occasion of that entry.
    init(_ entry: Entry) {
      record = entry.id
      by = entry.record.by.name
      at = entry.record.at
    }
  }

  /// What kind of thing has changed.
  public var subject: Subject
  /// Which one, such as a fact or a path.
  public var name: String
  /// As it was; nil where it was not there or is not recorded.
  public var old: String?
  /// As it is; nil where it is gone.
  public var new: String?
  /// The record that relied on the old, or in which the old was seen.
  public var then: Occasion?
  /// The record that brought the new.
  public var now: Occasion?
}
