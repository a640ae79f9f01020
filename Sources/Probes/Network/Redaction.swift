/// Takes out of what was sent and seen whatever could be a secret.
enum Redaction {
  static let mark = "[redacted]"

  /// A URL or reference without the values of its query, without user information and fragment.
  static func url(_ text: String) -> String {
    let withoutFragment = text.prefix { $0 != "#" }
    guard let question = withoutFragment.firstIndex(of: "?") else {
      return userless(withoutFragment)
    }
    let query = withoutFragment[withoutFragment.index(after: question)...]
      .split(separator: "&", omittingEmptySubsequences: false)
      .map { $0.split(separator: "=", maxSplits: 1).first.map { "\($0)=\(mark)" } ?? "" }
    return userless(withoutFragment[..<question]) + "?" + query.joined(separator: "&")
  }

  /// One header field as it may be stored.
  static func field(_ name: String, _ value: String) -> String {
    switch name.lowercased() {
    case "set-cookie": "\(name): \(cookie(value))"
    case "location", "content-location", "referer", "refresh", "link": "\(name): \(url(value))"
    case let lower where isSecret(lower): "\(name): \(mark)"
    default: "\(name): \(value)"
    }
  }

  private static func cookie(_ value: String) -> String {
    let parts = value.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
    let attributes = parts.count > 1 ? ";\(parts[1])" : ""
    // Without an equals sign the whole pair is the value (RFC 6265bis section 5.6).
    guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else {
      return mark + attributes
    }
    return "\(pair[...equals])\(mark)\(attributes)"
  }

  private static func isSecret(_ name: String) -> Bool {
    [
      "authorization", "cookie", "token", "secret", "api-key", "apikey", "password", "session",
      "csrf",
    ]
    .contains { name.contains($0) }
  }

  private static func userless(_ text: Substring) -> String {
    guard let slashes = text.firstRange(of: "//") else { return String(text) }
    let end = text[slashes.upperBound...].firstIndex(of: "/") ?? text.endIndex
    guard let at = text[slashes.upperBound..<end].lastIndex(of: "@") else { return String(text) }
    return "\(text[..<slashes.upperBound])\(mark)\(text[at...])"
  }
}
