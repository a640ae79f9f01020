public import Checklist
public import Evidence

/// The page on which one record is taken back or agreed to.
public struct RecordPrompt: Hashable, Sendable {
  /// What is to be written.
  public enum Purpose: Hashable, Sendable {
    case revoke
    case countersign
  }

  /// What is to be written.
  public var purpose: Purpose
  /// The record that is meant.
  public var record: RecordID
  /// The points that are meant; all of the record where it is empty.
  public var points: [String] = []
  /// What the record says, line by line.
  public var lines: [String]
  /// Identity, note or reason, confirmation.
  public var fields: FieldList
  /// First visible line of what the record says.
  public var scroll = 0
  /// Whether Esc leads back to the history.
  public var isFromHistory = false
  /// What kept the last attempt from being taken.
  public var refusal: String?

  /// A page about that record; the confirmation has to be typed, and the number of each critical
  /// control of which the record takes points out.
  public init(
    _ purpose: Purpose, _ entry: HistoryEntry, identity: Identity, confirmation: String,
    takingOut controls: [Control] = []
  ) {
    self.purpose = purpose
    record = entry.id
    lines = ["\(entry.type) by \(entry.who), \(entry.at.short) UTC"] + entry.lines
    // A second person signs a countersign, so that nobody is proposed for it.
    let proposed = purpose == .countersign ? Identity() : identity
    let numbers = controls.filter { $0.number != confirmation }.map { control in
      FieldList.Field(
        "control-\(control.number)", "Type \(control.number) for \(control.title)",
        expected: control.number)
    }
    fields = FieldList(
      FieldList.identity(proposed) + [.init("note", purpose == .revoke ? "Reason" : "Note")]
        + numbers + [.init("confirm", "Type \(confirmation)", expected: confirmation)],
      focus: purpose == .countersign ? 0 : 3)
  }

  /// Why nothing can be signed yet, or nil.
  public var gap: String? {
    if let gap = fields.identity(keepingKeyOf: Identity()).gap { return gap }
    if purpose == .revoke && fields.text("note").trimmed.isEmpty { return "a reason is needed" }
    return fields.firstUnconfirmed.map { "\($0.label), exactly" }
  }
}
