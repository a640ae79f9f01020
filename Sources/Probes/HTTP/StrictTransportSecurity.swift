/// A Strict-Transport-Security header field (RFC 6797 section 6.1).
struct StrictTransportSecurity: Hashable, Sendable {
  var maxAge: Int
  /// `includeSubDomains` and `preload`, where they are given; noted, never asked for.
  var extent: [String] = []

  /// Reads one field value; nil where a browser would ignore it.
  init?(_ value: String) {
    var directives: [String: String] = [:]
    for part in value.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingSpaces }
      guard let name = pair.first?.lowercased(), !name.isEmpty else { continue }
      guard directives[name] == nil else { return nil }
      directives[name] = pair.count > 1 ? Self.unquoted(pair[1]) : ""
    }
    guard let digits = directives["max-age"], !digits.isEmpty,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    // Longer numbers than any integer mean "for ever".
    maxAge = Int(digits) ?? .max
    if directives["includesubdomains"] != nil { extent.append("includeSubDomains") }
    if directives["preload"] != nil { extent.append("preload") }
  }

  /// Only the first field of a response counts (section 8.1).
  static func opinion(on values: [String], minimum: Int) -> HeaderOpinion {
    guard let first = values.first else { return .fail("missing") }
    guard let policy = StrictTransportSecurity(first) else { return .fail("invalid, so ignored") }
    if policy.maxAge < minimum { return .fail("max-age \(policy.maxAge) is below \(minimum)") }
    return .pass((["max-age \(policy.maxAge)"] + policy.extent).joined(separator: ", "))
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return String(text.dropFirst().dropLast())
  }
}

extension StringProtocol {
  /// Without spaces and tabs at both ends.
  var trimmingSpaces: String {
    let start = drop { $0 == " " || $0 == "\t" }
    let end = start.lastIndex { $0 != " " && $0 != "\t" }
    return end.map { String(start[...$0]) } ?? ""
  }
}
