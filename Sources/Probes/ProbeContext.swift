public import Checklist

/// All that a probe may know and touch; tests put fakes here.
public struct ProbeContext: Sendable {
  /// The one target to look at; nil where the launch has none.
  public var target: Target?
  /// The top folder of the working tree.
  public var repository: String
  /// Paths of the service below the top folder; empty means everything.
  public var paths: [String]
  /// Hosts, as names or addresses with an optional port, outside of which nothing is contacted.
  public var authorised: [String]
  /// The name of this machine.
  public var hostName: String
  /// The time against which ages and expiries are judged.
  public var now: Timestamp
  /// How long the probe may take, all its waits together.
  public var timeout: Duration
  /// Whether requests that a normal visitor would not send are allowed.
  public var active: Bool
  /// Environment of the user; probes hand on only what a tool needs.
  public var environment: [String: String]
  /// Files that tools wrote elsewhere, by the name under which a probe asks for them.
  public var reports: [String: [String]]
  /// What was seen in this run.
  public var observations = SharedObservations()
  /// Says what the probe does now, in a few words.
  public var progress: @Sendable (String) -> Void

  /// A context of these parts.
  public init(
    target: Target? = nil, repository: String = ".", paths: [String] = [],
    authorised: [String] = [], hostName: String, now: Timestamp,
    timeout: Duration = .seconds(30), active: Bool = false,
    environment: [String: String] = [:], reports: [String: [String]] = [:],
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.target = target
    self.repository = repository
    self.paths = paths
    self.authorised = authorised
    self.hostName = hostName
    self.now = now
    self.timeout = timeout
    self.active = active
    self.environment = environment
    self.reports = reports
    self.progress = progress
  }
}
