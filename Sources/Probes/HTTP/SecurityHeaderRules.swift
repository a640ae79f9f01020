internal import Checklist

/// The rules for each security header field, with the figures of a checklist.
struct SecurityHeaderRules: Sendable {
  /// The fields that have a rule, in the order in which they are reported.
  static let known = [
    "strict-transport-security", "content-security-policy", "x-content-type-options",
    "x-frame-options", "referrer-policy", "permissions-policy",
  ]

  var hstsMinimumAge: Int
  var frameAncestorsSuffices: Bool
  var reportOnlySuffices: Bool
  var referrerPolicies: [String]
  /// As wide as directives may be without a person's look.
  var policyLimits: [String]

  init(_ parameters: Parameters) {
    hstsMinimumAge = parameters.integer("hsts-min-age") ?? 31_536_000
    frameAncestorsSuffices = parameters.flag("frame-ancestors-suffices") ?? true
    reportOnlySuffices = parameters.flag("csp-report-only-suffices") ?? false
    policyLimits = parameters.texts("csp-at-most") ?? []
    referrerPolicies =
      parameters.texts("referrer-policy")?.map { $0.lowercased() }
      ?? ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"]
  }

  /// What is to be said of that field on that response; nil where there is no rule.
  func opinion(on header: String, in response: HTTPResponse) -> HeaderOpinion? {
    let values = response.values(header)
    let policies = response.values("content-security-policy")
    switch header {
    case "strict-transport-security":
      return StrictTransportSecurity.opinion(on: values, minimum: hstsMinimumAge)
    case "content-security-policy":
      let reportOnly = response.values("content-security-policy-report-only")
      let opinion = ContentSecurityPolicy.opinion(
        on: values, reportOnly: reportOnly, reportOnlySuffices: reportOnlySuffices)
      let judged = ContentSecurityPolicy.policies(in: values).isEmpty ? reportOnly : values
      guard opinion.verdict != .fail,
        let limit = ContentSecurityPolicy.excess(of: judged, over: policyLimits)
      else { return opinion }
      let before = opinion.verdict == .review ? "\(opinion.text); " : ""
      return .review("\(before)wider than \(limit)")
    case "x-content-type-options": return Self.contentTypeOptions(values)
    case "x-frame-options": return framing(values, policies)
    case "referrer-policy": return referrer(values)
    case "permissions-policy": return Self.permissions(values)
    default: return nil
    }
  }

  private static func tokens(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { $0.trimmingSpaces.lowercased() }
  }

  private static func contentTypeOptions(_ values: [String]) -> HeaderOpinion {
    guard !values.isEmpty else { return .fail("missing") }
    return tokens(values).allSatisfy { $0 == "nosniff" } ? .pass("nosniff") : .fail("not nosniff")
  }

  private func framing(_ values: [String], _ policies: [String]) -> HeaderOpinion {
    // Where frame-ancestors is given, browsers ignore X-Frame-Options (CSP Level 3).
    let byPolicy = ContentSecurityPolicy.framingIsRestricted(by: policies)
    if byPolicy == false { return .fail("frame-ancestors lets everybody frame the page") }
    let tokens = Set(Self.tokens(values))
    if tokens == ["deny"] || tokens == ["sameorigin"] { return .pass(tokens.joined()) }
    if byPolicy == true && frameAncestorsSuffices { return .pass("by frame-ancestors") }
    if tokens.isEmpty { return .fail("missing") }
    if tokens.contains(where: { $0.hasPrefix("allow-from") }) {
      return .fail("ALLOW-FROM is obsolete and ignored")
    }
    return .fail("neither DENY nor SAMEORIGIN")
  }

  private func referrer(_ values: [String]) -> HeaderOpinion {
    guard !values.isEmpty else { return .fail("missing") }
    // The last token that a browser knows counts.
    guard let policy = Self.tokens(values).last(where: Self.referrerTokens.contains) else {
      return .fail("no known policy")
    }
    return referrerPolicies.contains(policy)
      ? .pass(policy) : .fail("\(policy) gives away too much")
  }

  private static let referrerTokens: Set<String> = [
    "no-referrer", "no-referrer-when-downgrade", "same-origin", "origin", "strict-origin",
    "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url",
  ]

  private static func permissions(_ values: [String]) -> HeaderOpinion {
    guard !values.isEmpty else { return .fail("missing") }
    let features = split(values.joined(separator: ","))
    guard !features.isEmpty, features.allSatisfy(isFeature) else {
      return .fail("not of the form feature=(…), so ignored")
    }
    return .pass(features.count.counted("feature") + " limited")
  }

  private static func split(_ list: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in list {
      if character == "(" { depth += 1 } else if character == ")" { depth -= 1 }
      if character == "," && depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map(\.trimmingSpaces).filter { !$0.isEmpty }
  }

  private static func isFeature(_ text: String) -> Bool {
    let pair = text.split(separator: "=", maxSplits: 1)
    guard pair.count == 2, let first = pair[0].first, first.isLowercase || first == "*",
      pair[0].allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || "-_*".contains($0)) })
    else { return false }
    let value = pair[1]
    return value == "*" || value == "self" || (value.hasPrefix("(") && value.contains(")"))
  }
}
