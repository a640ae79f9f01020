public import Checklist

/// A change of people, roles, keys or of the checklist; it counts once a second person agreed.
public struct PolicyChange: Equatable, Sendable {
  /// The whole policy from now on, if it changes.
  public var policy: JSONValue?
  /// The whole checklist from now on, if it changes.
  public var checklist: JSONValue?
  /// Why.
  public var reason: String

  /// A change for that reason.
  public init(policy: JSONValue? = nil, checklist: JSONValue? = nil, reason: String) {
    self.policy = policy
    self.checklist = checklist
    self.reason = reason
  }
}

extension PolicyChange {
  static let fields: [Shape.Field] = [
    .optional("policy", .anyObject, "the whole policy from now on"),
    .optional("checklist", .anyObject, "the whole checklist from now on"),
    .required("reason", .filledText, "why it changes"),
  ]

  var members: [String: JSONValue] {
    ["reason": .string(reason)].adding("policy", policy).adding("checklist", checklist)
  }

  init(_ members: Members) {
    policy = members.optional("policy")
    checklist = members.optional("checklist")
    reason = members.text("reason")
  }
}
