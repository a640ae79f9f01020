internal import Checklist

/// What came of one request of an active probe.
struct ActiveAnswer: Hashable, Sendable {
  /// What was asked, in words that stay the same from run to run.
  var label: String
  var outcome: Result<HTTPResponse, NetworkFailure>

  init(label: String, outcome: Result<HTTPResponse, NetworkFailure>) {
    self.label = label
    self.outcome = outcome
  }

  var response: HTTPResponse? { try? outcome.get() }

  var status: Int? { response?.status }

  /// Why nothing can be concluded from it: no answer, or one that says "not now".
  var obstacle: String? {
    switch outcome {
    case .failure(let failure): "\(label): \(failure.reason)"
    case .success(let response) where response.status == 429:
      "\(label): the server limits the rate (429)"
    case .success(let response) where response.status == 502 || response.status == 504:
      "\(label): status \(response.status)"
    case .success(let response) where response.status == 503: "\(label): not available (503)"
    case .success: nil
    }
  }

  /// Throws where nothing can be concluded from it.
  func required(after earlier: [ActiveAnswer] = []) throws(Obstacle) -> HTTPResponse {
    if let obstacle { throw Obstacle(obstacle, hint: hint, seen: earlier + [self]) }
    guard let response else {
      throw Obstacle("\(label): no answer", hint: hint, seen: earlier + [self])
    }
    return response
  }

  /// The way out of its obstacle.
  var hint: String {
    if case .failure(let failure) = outcome { return failure.hint }
    return "wait until the server answers again, then run the probe alone"
  }
}

extension [ActiveAnswer] {
  /// What was sent and seen, in order.
  var transcript: String {
    map { answer in
      switch answer.outcome {
      case .success(let response): "# \(answer.label)\n\(response.transcript)"
      case .failure(let failure): "# \(answer.label)\n< \(failure.reason)\n\n"
      }
    }.joined()
  }
}

extension HTTPResponse {
  /// The start of the body as text; bytes that are no UTF-8 are replaced.
  var text: String { String(decoding: body, as: UTF8.self) }

  var isSuccess: Bool { (200..<300).contains(status) }

  /// The media type without its parameters, in lower case.
  var mediaType: String {
    let value = values("Content-Type").first ?? ""
    return value.prefix { $0 != ";" }.lowercased().trimmingSpaces
  }

  /// Whether it leads to a page on which one signs in.
  func leadsToLogin(_ login: String?) -> Bool {
    guard let target = location.flatMap(url.resolving) else { return false }
    let path = target.path.prefix { $0 != "?" }.lowercased()
    if let login, url.resolving(login)?.path.prefix(while: { $0 != "?" }).lowercased() == path {
      return true
    }
    let words = ["login", "log-in", "signin", "sign-in", "sign_in", "auth", "sso", "session"]
    return words.contains(where: path.contains)
  }
}
