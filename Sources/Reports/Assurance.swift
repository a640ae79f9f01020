public import Evidence

/// What a verification established of the evidence, as the reports repeat it.
public struct Assurance: Equatable, Sendable {
  /// Whether a list of allowed signers was held against the signatures.
  public var hasSigners: Bool
  /// What is established, in words.
  public var established: [String]
  /// What is not, in words.
  public var notEstablished: [String]
  /// Signed records of allowed signers, with the principal.
  public var trusted: [RecordID: String]
  /// Records that are not trusted, with the reason.
  public var untrusted: [RecordID: String]

  /// What was established.
  public init(
    hasSigners: Bool, established: [String], notEstablished: [String],
    trusted: [RecordID: String] = [:], untrusted: [RecordID: String] = [:]
  ) {
    self.hasSigners = hasSigners
    self.established = established
    self.notEstablished = notEstablished
    self.trusted = trusted
    self.untrusted = untrusted
  }
}
