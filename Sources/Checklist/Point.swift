/// One thing to verify, such as `18.2`.
public struct Point: Equatable, Sendable {
  /// Who can answer it.
  public enum Kind: String, Sendable, CaseIterable {
    /// A probe decides.
    case automatic
    /// A probe collects, a person judges.
    case assisted
    /// Only a person can know.
    case manual
  }

  /// What has to stay the same for an answer to stay true.
  public enum Binding: String, Sendable, CaseIterable {
    /// Only time passes.
    case time
    /// The tree digest of the declared paths.
    case code
    /// The facts that the probe saw.
    case target
  }

  /// `18.2`.
  public var id: String
  /// What has to be true, in one sentence.
  public var text: String
  /// Who can answer it.
  public var how: Kind
  /// What has to stay the same.
  public var boundTo: Binding
  /// How long an answer counts; nil means the checklist's time for findings, and no limit for
  /// decisions.
  public var validFor: Period?
  /// The probes that look; empty for manual points.
  public var probes: [ProbeReference]
  /// What a person should attach or write down, if the checklist says.
  public var evidence: String?
  /// Id of the condition without which it does not apply, if any.
  public var when: String?
  /// A question that the note of a met decision has to answer, if any.
  public var question: String?
  /// The lasting duty that has to be assigned to a person before it is met, if any.
  public var duty: String?

  /// A point of these parts.
  public init(
    id: String, text: String, how: Kind, boundTo: Binding, validFor: Period? = nil,
    probes: [ProbeReference] = [], evidence: String? = nil
  ) {
    self.id = id
    self.text = text
    self.how = how
    self.boundTo = boundTo
    self.validFor = validFor
    self.probes = probes
    self.evidence = evidence
  }
}

/// The use of a probe by a point, with the parameters that the checklist gives it.
public struct ProbeReference: Hashable, Sendable {
  /// `tls.minimum-version`.
  public var id: String
  /// By name; texts may hold `${name}`, filled in from the configuration.
  public var parameters: [String: JSONValue]

  /// A reference with these parameters.
  public init(id: String, parameters: [String: JSONValue] = [:]) {
    self.id = id
    self.parameters = parameters
  }
}

extension ProbeReference {
  /// Probes whose parameters say what is run, asked or read: what stands in a checklist of one's
  /// own decides that, so that they run only from a checklist that the user trusts.
  public static let ownIDs: Set<String> = ["command", "file", "http"]

  /// Whether it is one of those.
  public var isOwn: Bool { Self.ownIDs.contains(id) }

  /// The program and its arguments as they would be typed in a shell; nil for other probes.
  public var commandLine: String? {
    guard id == "command", let words = parameters["arguments"]?.array else { return nil }
    return words.map { ShellWord.quoted($0.words) }.joined(separator: " ")
  }
}
