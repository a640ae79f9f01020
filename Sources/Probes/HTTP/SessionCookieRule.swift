internal import Checklist

/// Which cookies hold a session, and which attributes they need.
struct SessionCookieRule: Sendable {
  private let names: [String]
  private let sameSite: [String]

  init(_ parameters: Parameters) {
    names = parameters.texts("names") ?? []
    sameSite = (parameters.texts("same-site") ?? ["Strict", "Lax"]).map { $0.lowercased() }
  }

  /// Whether the cookie of that name holds a session: by the checklist's list, else by its name.
  func isSession(_ name: String) -> Bool {
    names.isEmpty ? Self.looksLikeSession(name) : names.contains(name)
  }

  /// How one cookie stands.
  func detail(_ cookie: SetCookie) -> Finding.Detail {
    let shown = cookie.name.isEmpty ? "(without name)" : cookie.name
    if cookie.isRemoval { return .init(.notApplicable, "cookie \(shown): only removed") }
    if let broken = cookie.brokenPrefix { return .init(.fail, "cookie \(shown): \(broken)") }
    if isSession(cookie.name) {
      let missing = missing(in: cookie)
      return missing.isEmpty
        ? .init(.pass, "session cookie \(shown): \(cookie.attributes)")
        : .init(.fail, "session cookie \(shown): \(missing.joined(separator: ", "))")
    }
    if !cookie.isSecure { return .init(.review, "cookie \(shown): no Secure") }
    // The checklist names others, but this one still looks like a session.
    if Self.looksLikeSession(cookie.name), !missing(in: cookie).isEmpty {
      return .init(.review, "cookie \(shown): \(missing(in: cookie).joined(separator: ", "))")
    }
    return .init(.pass, "cookie \(shown): Secure")
  }

  /// Named session cookies that no page has set.
  func absent(from cookies: [SetCookie]) -> [Finding.Detail] {
    names.filter { name in !cookies.contains { $0.name == name && !$0.isRemoval } }
      .map { .init(.unknown, "session cookie \($0) was not seen on any path") }
  }

  private func missing(in cookie: SetCookie) -> [String] {
    var missing: [String] = []
    if !cookie.isSecure { missing.append("no Secure") }
    if !cookie.isHTTPOnly { missing.append("no HttpOnly") }
    guard let value = cookie.sameSite else { return missing + ["no SameSite"] }
    if !sameSite.contains(value.lowercased()) { missing.append("SameSite=\(value)") }
    return missing
  }

  /// Anti-forgery tokens are read by scripts on purpose and hold no session.
  private static func looksLikeSession(_ name: String) -> Bool {
    let lower = name.lowercased()
    guard !["csrf", "xsrf"].contains(where: lower.contains),
      !lower.hasPrefix("heroku-session-affinity")
    else { return false }
    return ["sess", "login", "auth", "sid", "token"].contains(where: lower.contains)
  }
}
