/// A fact of the launch on which controls or points depend, answered once by a person.
///
/// Met means that it holds; not-applicable means that it does not, and takes everything out of the
/// launch that depends on it.
public struct Condition: Equatable, Sendable {
  /// Stable name, such as `containers`.
  public var id: String
  /// Answered with yes (met) or no (not-applicable).
  public var question: String
  /// What a person should write down, if the checklist says.
  public var evidence: String?
  /// How long the answer counts; nil means no limit.
  public var validFor: Period?

  /// A condition of these parts.
  public init(id: String, question: String, evidence: String? = nil, validFor: Period? = nil) {
    self.id = id
    self.question = question
    self.evidence = evidence
    self.validFor = validFor
  }

  /// What the id of a condition's point begins with; no control has this number.
  public static let prefix = "if."

  /// The condition as a point, `if.containers`, so that it is signed like any other; it depends on
  /// time alone and can therefore be carried over to the next release.
  public var point: Point {
    Point(
      id: Self.prefix + id, text: question, how: .manual, boundTo: .time, validFor: validFor,
      evidence: evidence)
  }
}
