public import Checklist

/// Who or what wrote a record.
public struct Author: Hashable, Sendable {
  /// The claimed identity; only a signature backs it.
  public enum Identity: Hashable, Sendable {
    case person(Signer)
    case automation(Automation)
  }

  /// A person, in the role in which the record was written.
  public struct Signer: Hashable, Sendable {
    /// Stable id of the policy, or the email address where the policy names nobody.
    public var id: String
    /// As typed or configured.
    public var name: String
    /// As typed or configured.
    public var email: String
    /// The role in which the person acts here.
    public var role: String

    /// A person in that role.
    public init(id: String, name: String, email: String, role: String) {
      self.id = id
      self.name = name
      self.email = email
      self.role = role
    }
  }

  /// A pipeline.
  public struct Automation: Hashable, Sendable {
    /// Its id in the policy.
    public var id: String
    /// URL of the run.
    public var run: String
    /// Name of the machine or runner.
    public var runner: String

    /// A run of that pipeline.
    public init(id: String, run: String, runner: String) {
      self.id = id
      self.run = run
      self.runner = runner
    }
  }

  /// Claimed identity.
  public var identity: Identity
  /// User name of the operating system.
  public var user: String
  /// Name of the machine.
  public var host: String
  /// Name and version of the program.
  public var tool: String

  /// An author of these parts.
  public init(identity: Identity, user: String, host: String, tool: String) {
    self.identity = identity
    self.user = user
    self.host = host
    self.tool = tool
  }

  /// The person, or nil for automation.
  public var person: Signer? {
    if case .person(let signer) = identity { signer } else { nil }
  }

  /// One name for people.
  public var name: String {
    switch identity {
    case .person(let signer): signer.name
    case .automation(let automation): automation.id
    }
  }
}

extension Author {
  static let shape = Shape.variants(
    by: "kind",
    [
      Shape.Variant(
        word: "person",
        fields: [
          .required("id", .filledText, "stable id of the policy, or the email address"),
          .required("name", .filledText, "name of the person"),
          .required("email", .text, "address of the person"),
          .required("role", .filledText, "role in which the person acted"), origin,
        ]),
      Shape.Variant(
        word: "automation",
        fields: [
          .required("id", .filledText, "id of the pipeline in the policy"),
          .required("run", .text, "URL of the pipeline's run"),
          .required("runner", .text, "machine of the pipeline"), origin,
        ]),
    ])

  private static let origin = Shape.Field.required(
    "origin",
    .object([
      .required("user", .text, "user of the operating system"),
      .required("host", .text, "name of the machine"),
      .required("tool", .text, "program and version"),
    ]), "where the record was written; claimed, like all of this")

  /// The author as a member of a record.
  public var value: JSONValue {
    let origin: JSONValue = .object([
      "user": .string(user), "host": .string(host), "tool": .string(tool),
    ])
    switch identity {
    case .person(let signer):
      return .object([
        "kind": .string("person"), "id": .string(signer.id), "name": .string(signer.name),
        "email": .string(signer.email), "role": .string(signer.role), "origin": origin,
      ])
    case .automation(let automation):
      return .object([
        "kind": .string("automation"), "id": .string(automation.id),
        "run": .string(automation.run), "runner": .string(automation.runner), "origin": origin,
      ])
    }
  }

  init(_ value: JSONValue) {
    let members = Members(value)
    let origin = Members(members.value("origin"))
    if members.text("kind") == "automation" {
      identity = .automation(
        Automation(
          id: members.text("id"), run: members.text("run"), runner: members.text("runner")))
    } else {
      identity = .person(
        Signer(
          id: members.text("id"), name: members.text("name"), email: members.text("email"),
          role: members.text("role")))
    }
    user = origin.text("user")
    host = origin.text("host")
    tool = origin.text("tool")
  }
}
