/// How much harm a missing control can do; it also caps how long its risk may be accepted.
public enum Severity: String, Sendable, CaseIterable {
  case critical
  case high
  case medium

  /// The longest time for which a risk may be accepted, from the first acceptance.
  public var riskCap: Period {
    switch self {
    case .critical: .days(7)
    case .high: .days(30)
    case .medium: .days(90)
    }
  }
}

/// A numbered heading of a checklist, such as `18 Backup and recovery`.
public struct Control: Equatable, Sendable {
  /// How its source wants it done.
  public enum Mode: String, Sendable, CaseIterable {
    /// By machines alone.
    case automated
    /// By machines, and a person judges.
    case semiAutomated = "semi-automated"
    /// By a person who stops the launch otherwise.
    case manualGate = "manual-gate"
  }

  /// As printed, `18`.
  public var number: String
  /// Stable name, `backup-and-recovery`.
  public var slug: String
  /// The heading.
  public var title: String
  /// How much harm its absence can do.
  public var severity: Severity
  /// Whether two different people have to sign each decision.
  public var fourEyes: Bool
  /// Roles whose decisions count; empty means any role of the policy.
  public var signers: [String]
  /// The lasting duty that belongs to it, to be assigned to a person, if any.
  public var duty: String?
  /// Why it matters.
  public var why: String
  /// How to fix what is missing.
  public var fix: String
  /// Commands by which a person looks without this tool.
  public var look: String
  /// Identifiers of standards, such as `NIST CP-9`.
  public var references: [String]
  /// In walking order.
  public var points: [Point]
  /// Id of the condition without which none of its points applies, if any.
  public var when: String?
  /// How its source wants it done, if it says.
  public var mode: Mode?
  /// Common causes of its absence.
  public var causes: [String] = []
  /// Guided remediation, in order.
  public var steps: [Step] = []
  /// What people ask about it.
  public var faq: [Answered] = []

  /// A control of these parts.
  public init(
    number: String, slug: String, title: String, severity: Severity, fourEyes: Bool = false,
    signers: [String] = [], duty: String? = nil, why: String = "", fix: String = "",
    look: String = "", references: [String] = [], points: [Point]
  ) {
    self.number = number
    self.slug = slug
    self.title = title
    self.severity = severity
    self.fourEyes = fourEyes
    self.signers = signers
    self.duty = duty
    self.why = why
    self.fix = fix
    self.look = look
    self.references = references
    self.points = points
  }
}
