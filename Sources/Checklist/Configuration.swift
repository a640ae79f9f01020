/// What `launchgate.yaml` says of one launch.
public struct Configuration: Equatable, Sendable {
  /// The name of the file, looked for from the working folder up to the repository's top.
  public static let fileName = "launchgate.yaml"

  /// What is launched.
  public var subject: String
  /// Which version of it.
  public var release: String
  /// To where.
  public var environment: String
  /// Name of a bundled checklist, or a path.
  public var checklist: String
  /// Path of the evidence file, relative to the configuration's folder.
  public var evidence: String
  /// Paths of the evidence files of all launches of the configuration; none of them ships.
  public var allEvidence: [String]
  /// Path of the repository, relative to the configuration's folder.
  public var repository: String
  /// Paths of the service within the repository; empty means all of it.
  public var paths: [String]
  /// Where it is served from.
  public var targets: [Target]
  /// Hosts outside of which nothing is ever contacted.
  public var authorised: [String]
  /// Values for `${name}` in probe parameters.
  public var parameters: [String: JSONValue]
  /// People, roles, keys.
  public var policy: Policy

  /// A configuration of these parts.
  public init(
    subject: String, release: String, environment: String, checklist: String = "production-25",
    evidence: String, allEvidence: [String] = [], repository: String = ".", paths: [String] = [],
    targets: [Target] = [],
    authorised: [String] = [], parameters: [String: JSONValue] = [:], policy: Policy = Policy()
  ) {
    self.subject = subject
    self.release = release
    self.environment = environment
    self.checklist = checklist
    self.evidence = evidence
    self.allEvidence = allEvidence
    self.repository = repository
    self.paths = paths
    self.targets = targets
    self.authorised = authorised
    self.parameters = parameters
    self.policy = policy
  }
}
