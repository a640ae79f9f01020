public import Checklist
public import Evidence

/// A decision that was made but not yet signed; kept on disk until it is.
public struct DecisionDraft: Hashable, Sendable {
  /// The point.
  public var point: String
  /// The answer.
  public var answer: Decision.Answer
  /// In the person's own words.
  public var note: String
  /// The day on which the thing was done.
  public var performedOn: CalendarDate?
  /// Last day of an accepted risk.
  public var until: CalendarDate?
  /// Paths of files to attach.
  public var attachments: [String]
  /// Digest of the point as the person read it.
  public var pointDigest: Digest
  /// Digest of the facts that the person saw.
  public var factsDigest: Digest?
  /// Faults of a finding that are accepted one by one.
  public var accepted: [Decision.Acceptance]

  /// A draft of these parts.
  public init(
    point: String, answer: Decision.Answer, note: String, performedOn: CalendarDate? = nil,
    until: CalendarDate? = nil, attachments: [String] = [], pointDigest: Digest,
    factsDigest: Digest? = nil, accepted: [Decision.Acceptance] = []
  ) {
    self.point = point
    self.answer = answer
    self.note = note
    self.performedOn = performedOn
    self.until = until
    self.attachments = attachments
    self.pointDigest = pointDigest
    self.factsDigest = factsDigest
    self.accepted = accepted
  }
}
