/// A fault of the example shop that can be repaired while it runs.
public enum DemoFault: String, CaseIterable, Sendable {
  /// Security header fields are lost on the login and error pages, and some everywhere.
  case missingHeaders
  /// The session cookie is neither Secure nor HttpOnly nor SameSite.
  case carelessCookie
  /// Plain HTTP answers with a page instead of a redirect.
  case noRedirect
  /// The certificate ends in a few days.
  case expiringCertificate
  /// There is no security.txt.
  case noSecurityTxt
}
