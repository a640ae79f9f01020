/// A fault of the example launch that can be repaired while it runs.
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
  /// A secret stands in an old commit.
  case committedSecret
  /// Files with secrets are not ignored by git, though a comment looks like it.
  case envNotIgnored
  /// The image has no fixed base, holds a token and runs as root.
  case carelessDockerfile
  /// Dependencies have no lock file.
  case missingLock
  /// Wrong logins are answered without end.
  case noLoginLimit
  /// An error is answered with the places in the code that led to it.
  case stackTraces
  /// One user gets the orders of another.
  case foreignOrders
}
