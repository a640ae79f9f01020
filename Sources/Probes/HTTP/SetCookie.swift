/// A Set-Cookie header field, read as a browser reads it (RFC 6265bis section 5.6).
struct SetCookie: Hashable, Sendable {
  var name: String
  var isSecure = false
  var isHTTPOnly = false
  var sameSite: String?
  var domain: String?
  var path: String?
  /// Whether it takes the cookie away (Max-Age of 0 or less, or expired in 1970).
  var isRemoval: Bool { maxAge.map { $0 <= 0 } ?? isExpired }
  /// Goes before Expires (section 5.7).
  private var maxAge: Int?
  private var isExpired = false

  /// Reads a field value, but does not keep the cookie's; nil where a browser would ignore it.
  init?(_ field: String) {
    // Control characters other than tab make a browser drop the cookie.
    guard field.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else { return nil }
    let parts = field.split(separator: ";", omittingEmptySubsequences: false)
    let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(\.trimmingSpaces)
    name = pair.count > 1 ? pair[0] : ""
    let value = pair.last ?? ""
    guard !(name.isEmpty && value.isEmpty), name.utf8.count + value.utf8.count <= 4_096 else {
      return nil
    }
    for part in parts.dropFirst() { read(attribute: part) }
  }

  /// The last attribute of a name counts.
  private mutating func read(attribute: Substring) {
    let pair = attribute.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(\.trimmingSpaces)
    let value = pair.count > 1 ? pair[1] : ""
    switch pair[0].lowercased() {
    case "secure": isSecure = true
    case "httponly": isHTTPOnly = true
    case "samesite":
      sameSite = ["Strict", "Lax", "None"].first { $0.lowercased() == value.lowercased() }
    case "domain": domain = value.isEmpty ? nil : value
    case "path": path = value.hasPrefix("/") ? value : nil
    case "max-age": maxAge = Int(value) ?? maxAge
    // The usual way to say "gone"; other dates are left to people.
    case "expires": isExpired = value.contains("1970")
    default: break
    }
  }

  /// Why a browser refuses the cookie for its prefix, or nil (section 4.1.3).
  var brokenPrefix: String? {
    let lower = name.lowercased()
    if lower.hasPrefix("__secure-") && !isSecure { return "__Secure- without Secure" }
    if lower.hasPrefix("__http-") || lower.hasPrefix("__host-http-"), !(isSecure && isHTTPOnly) {
      return "__Http- needs Secure and HttpOnly"
    }
    if lower.hasPrefix("__host-") && !(isSecure && domain == nil && path == "/") {
      return "__Host- needs Secure, Path=/ and no Domain"
    }
    return nil
  }

  /// Its attributes in a stable order, for the facts.
  var attributes: String {
    let flags = [
      isSecure ? "Secure" : nil, isHTTPOnly ? "HttpOnly" : nil, sameSite.map { "SameSite=\($0)" },
      domain.map { "Domain=\($0)" }, path.map { "Path=\($0)" },
    ]
    return flags.compactMap(\.self).joined(separator: " ")
  }
}
