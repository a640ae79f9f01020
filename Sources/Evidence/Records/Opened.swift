public import Checklist

/// What is gated: the first record of a launch, with all by which it can be judged years later.
public struct Opened: Equatable, Sendable {
  /// What is launched.
  public var subject: String
  /// Which version.
  public var release: String
  /// To where.
  public var environment: String
  /// The whole effective checklist, read when it is first asked for.
  public internal(set) var recorded: RecordedChecklist
  /// The whole effective policy.
  public var policy: JSONValue

  /// A launch with its checklist and policy.
  public init(
    subject: String, release: String, environment: String, checklist: JSONValue, policy: JSONValue
  ) {
    self.subject = subject
    self.release = release
    self.environment = environment
    recorded = RecordedChecklist(checklist)
    self.policy = policy
  }

  /// The whole effective checklist, as it stands in the record.
  public var checklist: JSONValue {
    get { recorded.value }
    set { recorded = RecordedChecklist(newValue) }
  }

  /// The id of the launch: the digest of its canonical identity.
  public var launch: Digest {
    Digest(
      of: .object([
        "environment": .string(environment), "release": .string(release),
        "subject": .string(subject),
      ]))
  }
}

extension Opened {
  static let fields: [Shape.Field] = [
    .required("subject", .filledText, "what is launched"),
    .required("release", .filledText, "which version of it"),
    .required("environment", .filledText, "to where"),
    .required("purpose", .choice(Checklist.Purpose.allCases.map(\.rawValue)), "launch or periodic"),
    .required("checklist", .anyObject, "the whole effective checklist"),
    .required("policy", .anyObject, "the whole effective policy: people, roles, keys"),
  ]

  var members: [String: JSONValue] {
    [
      "subject": .string(subject), "release": .string(release),
      "environment": .string(environment), "checklist": checklist, "policy": policy,
      "purpose": checklist["purpose"] ?? .string(Checklist.Purpose.launch.rawValue),
    ]
  }

  init(_ members: Members) {
    subject = members.text("subject")
    release = members.text("release")
    environment = members.text("environment")
    recorded = RecordedChecklist(members.value("checklist"))
    policy = members.value("policy")
  }
}
