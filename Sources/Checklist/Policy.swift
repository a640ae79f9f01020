/// Who may sign, in which role and with which key, and whether signatures are required.
public struct Policy: Equatable, Sendable {
  /// Whether a record counts only with a signature by the key of the person or automation in it.
  public var signaturesRequired: Bool
  /// Known people; empty means that roles are taken as they are claimed.
  public var people: [Person]
  /// Keys by which runs of machines are signed.
  public var automation: [AutomationKey]

  /// A policy of these parts; the default requires nothing.
  public init(
    signaturesRequired: Bool = false, people: [Person] = [], automation: [AutomationKey] = []
  ) {
    self.signaturesRequired = signaturesRequired
    self.people = people
    self.automation = automation
  }

  /// The person of that stable id or, for records without one, of that email address.
  public func person(id: String, email: String) -> Person? {
    people.first { $0.id == id }
      ?? people.first { $0.emails.contains { $0.lowercased() == email.lowercased() } }
  }
}

/// A person of the policy.
public struct Person: Equatable, Sendable {
  /// A role during a span of days, both ends included.
  public struct Grant: Equatable, Sendable {
    /// Such as `team-lead`.
    public var role: String
    /// First day, or always.
    public var from: CalendarDate?
    /// Last day, or for ever.
    public var to: CalendarDate?

    /// A role during that span.
    public init(role: String, from: CalendarDate? = nil, to: CalendarDate? = nil) {
      self.role = role
      self.from = from
      self.to = to
    }
  }

  /// Stable id; never given to somebody else.
  public var id: String
  /// As written in sign-offs.
  public var name: String
  /// All addresses under which the person signs.
  public var emails: [String]
  /// Public keys in OpenSSH's one-line form.
  public var keys: [String]
  /// What the person may do, and when.
  public var roles: [Grant]

  /// A person of these parts.
  public init(id: String, name: String, emails: [String], keys: [String] = [], roles: [Grant]) {
    self.id = id
    self.name = name
    self.emails = emails
    self.keys = keys
    self.roles = roles
  }

  /// Whether the person has that role on that day.
  public func has(role: String, on day: CalendarDate) -> Bool {
    roles.contains { grant in
      grant.role == role && grant.from.map { $0 <= day } ?? true
        && grant.to.map { day <= $0 } ?? true
    }
  }
}

/// A key by which findings of a machine are signed.
public struct AutomationKey: Equatable, Sendable {
  /// Name of the runner or pipeline, as `by.id` of its records.
  public var id: String
  /// Public key in OpenSSH's one-line form.
  public var key: String

  /// A key of that runner.
  public init(id: String, key: String) {
    self.id = id
    self.key = key
  }
}
