internal import Checklist

/// An answer of the example shop.
struct DemoResponse: Sendable {
  var status: Int
  var fields: [(String, String)]
  var body: String

  /// A page.
  init(_ status: Int, html title: String, _ content: String) {
    let page = "<!doctype html><title>\(title)</title><h1>\(title)</h1>\(content)\n"
    self.init(status, type: "text/html; charset=utf-8", page)
  }

  /// Data.
  init(_ status: Int, json text: String) {
    self.init(status, type: "application/json", text + "\n")
  }

  /// The answer over plain HTTP, for a shop whose HTTPS is at that origin.
  init(plainPath path: String, secureOrigin: String, faults: Set<DemoFault>) {
    if faults.contains(.noRedirect) {
      self.init(200, html: "Demo shop", "<p>Served without encryption.</p>")
    } else {
      self.init(301, html: "Moved", "")
      fields.append(("Location", secureOrigin + (path.hasPrefix("/") ? path : "/")))
    }
  }

  private init(_ status: Int, type: String, _ body: String) {
    self.status = status
    self.body = body
    fields = [("Content-Type", type), ("Content-Length", "\(body.utf8.count)")]
  }

  static let missing = DemoResponse(404, html: "Not found", "<p>There is no such page.</p>")

  static let tooBig = DemoResponse(413, html: "Too big", "<p>Send less at once.</p>")

  /// What a service answers whose error handler was made for developers.
  static let stackTrace = DemoResponse(
    500, html: "SyntaxError",
    """
    <pre>SyntaxError: Unexpected end of JSON input
        at JSON.parse (&lt;anonymous&gt;)
        at login (/shop/src/server.js:41:23)
        at handle (/shop/src/server.js:17:9)</pre>
    """)

  /// The page with the login.
  static func login(_ status: Int) -> DemoResponse {
    DemoResponse(
      status, html: "Sign in",
      """
      <form method="post"><input name="username"><input name="password" type="password"></form>\
      <p><a href="/auth/id">Sign in with ID</a></p>
      """)
  }

  /// RFC 9116.
  static func securityTxt(_ now: Timestamp) -> DemoResponse {
    DemoResponse(
      200, type: "text/plain; charset=utf-8",
      """
      Contact: mailto:security@shop.example
      Expires: \((now + .days(180)).rfc3339)
      Preferred-Languages: en

      """)
  }

  /// The same with a new session.
  func with(cookie faults: Set<DemoFault>) -> DemoResponse {
    let value = DemoUsers.random()
    var response = self
    response.fields.append(
      (
        "Set-Cookie",
        faults.contains(.carelessCookie)
          ? "session=\(value); Path=/"
          : "__Host-session=\(value); Path=/; Secure; HttpOnly; SameSite=Lax"
      ))
    return response
  }

  /// The same with the security fields that the shop sends there.
  ///
  /// The fault is the usual one: a location with a field of its own loses the inherited ones.
  func secured(on path: String, _ faults: Set<DemoFault>) -> DemoResponse {
    let basic = [
      ("Strict-Transport-Security", "max-age=31536000"), ("X-Content-Type-Options", "nosniff"),
      ("X-Frame-Options", "DENY"), ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ]
    var response = self
    if faults.contains(.missingHeaders) {
      response.fields += path == "/" ? basic : []
    } else {
      response.fields += basic
      response.fields += [
        ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
      ]
    }
    return response
  }
}
