/// The responses from a first request to where its redirects lead.
struct RedirectTrail: Hashable, Sendable {
  /// How a trail ended.
  enum End: Hashable, Sendable {
    /// The last response is no redirect.
    case answered
    /// A redirect to a host that is not authorised; it was not followed.
    case elsewhere(TargetURL)
    /// A redirect from https to http; it was not followed.
    case downgrade(TargetURL)
    /// A redirect that is no http or https URL.
    case unreadable(String)
    /// More redirects than allowed.
    case tooMany
    /// A request without a response.
    case failed(TargetURL, NetworkFailure)
  }

  var responses: [HTTPResponse]
  var end: End

  /// The last response, if there was any.
  var last: HTTPResponse? { responses.last }

  /// Where the first response points to, if it is a readable redirect.
  var firstTarget: TargetURL? {
    responses.first.flatMap { first in first.location.flatMap(first.url.resolving) }
  }
}

extension NetworkTarget {
  /// Follows redirects, never from https to http and never to a host that is not authorised.
  func follow(
    _ start: TargetURL, limit: Int = 10, bodyLimit: Int = 0, fields: [HTTPResponse.Field] = []
  ) async -> RedirectTrail {
    var trail = RedirectTrail(responses: [], end: .tooMany)
    var next = start
    while trail.responses.count <= limit {
      switch await get(next, bodyLimit: bodyLimit, fields: fields) {
      case .failure(let failure):
        trail.end = .failed(next, failure)
        return trail
      case .success(let response):
        trail.responses.append(response)
        if let end = end(after: response, next: &next) {
          trail.end = end
          return trail
        }
      }
    }
    return trail
  }

  private func end(after response: HTTPResponse, next: inout TargetURL) -> RedirectTrail.End? {
    guard let location = response.location else { return .answered }
    guard let url = response.url.resolving(location) else {
      return .unreadable(Redaction.url(location))
    }
    if response.url.scheme == .https && url.scheme == .http { return .downgrade(url) }
    guard authorised.allows(url.host, port: url.port) else { return .elsewhere(url) }
    next = url
    return nil
  }
}
