internal import Checklist

/// What a page answered to a foreign origin.
struct OriginAnswer: Hashable, Sendable {
  var origin: ForeignOrigin
  var page: PageObservation

  /// How each response of the page stands; redirects count as well, since scripts follow them.
  func details(isPublic: Bool) -> [Finding.Detail] {
    if let failure = page.failure {
      return [.init(.unknown, "\(page.label): \(failure.reason)")]
    }
    let opinions = page.trail.responses.map { opinion(on: $0, isPublic: isPublic) }
    guard let worst = opinions.max(by: { $0.verdict.gravity < $1.verdict.gravity }) else {
      return [.init(.unknown, "\(page.label): no answer")]
    }
    var details = [Finding.Detail(worst.verdict, "\(page.label): \(worst.text)")]
    if case .elsewhere(let url) = page.trail.end {
      details.append(.init(.notApplicable, "\(page.label): leads to \(url.origin), not looked at"))
    }
    return details
  }

  /// What the page admits of the origin, in stable words; nil for nothing.
  var admission: String? {
    guard page.failure == nil else { return nil }
    let found = page.trail.responses.compactMap { response -> String? in
      guard let allowed = Self.allowed(response), Self.admits(allowed, origin) else { return nil }
      return (allowed == "*" ? "*" : "admitted")
        + (Self.allowsCredentials(response) ? " with credentials" : "")
    }
    return found.isEmpty ? nil : Set(found).sorted().joined(separator: ", ")
  }

  /// The request's origin and the response, without secrets.
  var transcript: String {
    page.trail.responses.map { response in
      response.transcript.replacing(
        "\n< ", with: "\n> Origin: \(origin.value)\n< ", maxReplacements: 1)
    }.joined()
  }

  private func opinion(on response: HTTPResponse, isPublic: Bool) -> HeaderOpinion {
    guard let allowed = Self.allowed(response) else {
      return .pass("\(origin.name) is not admitted")
    }
    let hasCredentials = Self.allowsCredentials(response)
    if allowed == "*" {
      // Browsers never send credentials where the answer is open to everybody.
      if hasCredentials { return .review("* beside credentials, which browsers refuse") }
      return isPublic
        ? .pass("open to everybody, as the checklist says") : .review("open to everybody (*)")
    }
    guard Self.admits(allowed, origin) else { return .pass("\(origin.name) is not admitted") }
    return hasCredentials
      ? .fail("\(origin.name) is admitted with credentials (Origin: \(origin.value))")
      : .review("\(origin.name) is admitted without credentials (Origin: \(origin.value))")
  }

  /// The value that a browser compares; several fields together are never equal to an origin.
  private static func allowed(_ response: HTTPResponse) -> String? {
    let values = response.values("Access-Control-Allow-Origin").map(\.trimmingSpaces)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  private static func admits(_ allowed: String, _ origin: ForeignOrigin) -> Bool {
    allowed == "*" || allowed == origin.value
  }

  /// Browsers want exactly this word (Fetch standard, CORS check).
  private static func allowsCredentials(_ response: HTTPResponse) -> Bool {
    response.values("Access-Control-Allow-Credentials").map(\.trimmingSpaces) == ["true"]
  }
}
