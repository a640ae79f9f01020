/// Why a file is not intact evidence; never repaired in silence.
public struct EvidenceDamage: Error, Equatable, Sendable {
  /// The line, from 1; nil where the whole file is meant.
  public var line: Int?
  /// In lower case and without a full stop.
  public var reason: String
  /// What a person can do.
  public var hint: String?

  /// Damage for that reason.
  public init(line: Int? = nil, _ reason: String, hint: String? = nil) {
    self.line = line
    self.reason = reason
    self.hint = hint
  }

  /// `line 7: reason`.
  public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}
