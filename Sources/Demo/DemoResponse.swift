internal import Checklist

/// What the example shop answers to a path, given the faults that are left.
struct DemoResponse: Sendable {
  var status: Int
  var fields: [(String, String)]
  var body: String

  /// The answer over HTTPS.
  init(path: String, faults: Set<DemoFault>, now: Timestamp) {
    let path = String(path.prefix { $0 != "?" })
    switch path {
    case "/":
      self.init(200, html: "Demo shop", "<p><a href=\"/login\">Sign in</a></p>")
    case "/login":
      self.init(200, html: "Sign in", "<form method=\"post\"><input name=\"user\"></form>")
      fields.append(("Set-Cookie", Self.cookie(faults)))
    case "/.well-known/security.txt" where !faults.contains(.noSecurityTxt):
      self.init(200, type: "text/plain; charset=utf-8", Self.securityTxt(now))
    default:
      self.init(404, html: "Not found", "<p>There is no such page.</p>")
    }
    fields += Self.securityFields(path, faults)
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

  private init(_ status: Int, html title: String, _ content: String) {
    let page = "<!doctype html><title>\(title)</title><h1>\(title)</h1>\(content)\n"
    self.init(status, type: "text/html; charset=utf-8", page)
  }

  private init(_ status: Int, type: String, _ body: String) {
    self.status = status
    self.body = body
    fields = [("Content-Type", type), ("Content-Length", "\(body.utf8.count)")]
  }

  private static func cookie(_ faults: Set<DemoFault>) -> String {
    let value = String(UInt64.random(in: .min ... .max), radix: 36)
    return faults.contains(.carelessCookie)
      ? "session=\(value); Path=/"
      : "__Host-session=\(value); Path=/; Secure; HttpOnly; SameSite=Lax"
  }

  private static func securityTxt(_ now: Timestamp) -> String {
    """
    Contact: mailto:security@shop.example
    Expires: \((now + .days(180)).rfc3339)
    Preferred-Languages: en

    """
  }

  // The fault is the usual one: a location with a field of its own loses the inherited ones.
  private static func securityFields(
    _ path: String, _ faults: Set<DemoFault>
  ) -> [(String, String)] {
    let basic = [
      ("Strict-Transport-Security", "max-age=31536000"), ("X-Content-Type-Options", "nosniff"),
      ("X-Frame-Options", "DENY"), ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ]
    if faults.contains(.missingHeaders) { return path == "/" ? basic : [] }
    return basic + [
      ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
      ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]
  }
}
