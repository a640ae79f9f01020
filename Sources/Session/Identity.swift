/// As whom the user acts; claimed, and shown as claimed.
public struct Identity: Hashable, Sendable {
  /// Name of the person.
  public var name: String
  /// Address of the person.
  public var email: String
  /// Such as `release-manager`.
  public var role: String
  /// Path of the SSH key to sign with; nil signs nothing.
  public var key: String?

  /// A person in that role.
  public init(name: String = "", email: String = "", role: String = "", key: String? = nil) {
    self.name = name
    self.email = email
    self.role = role
    self.key = key
  }

  /// What is missing before anything can be signed, or nil.
  public var gap: String? {
    if name.allSatisfy(\.isWhitespace) { return "a name is needed" }
    if !email.contains("@") { return "an email address is needed" }
    if role.allSatisfy(\.isWhitespace) { return "a role is needed" }
    return nil
  }
}
