internal import Checklist

/// A target to which an active probe may send its few requests.
///
/// There is no way to send but `send`, which takes from the budget.
struct ActiveTarget: Sendable {
  /// Bytes of a body that are read, from its start.
  static let bodyLimit = 262_144

  let network: NetworkTarget
  let budget: RequestBudget
  /// Values that may appear nowhere in the finding.
  let secrets: CredentialShelf

  /// Runs an active probe against the context's target, where the user asked for it.
  ///
  /// What the probe throws as an `Obstacle` ends as unknown, and so does everything that keeps the
  /// target from being contacted.
  static func observe(
    _ context: ProbeContext, _ manual: ProbeManual, requests: Int,
    _ probe: (ActiveTarget) async throws(Obstacle) -> Finding
  ) async -> Finding {
    if let refusal = manual.refusal(active: context.active) { return refusal }
    return await NetworkTarget.observe(context) { network in
      let budget = RequestBudget(requests)
      let shelf = CredentialShelf(context.environment)
      let target = ActiveTarget(network: network, budget: budget, secrets: shelf)
      var finding: Finding
      do throws(Obstacle) { finding = try await probe(target) } catch {
        finding = .unknown(error.reason, hint: error.hint)
        finding.transcript = error.transcript
      }
      // A look that served another use says itself what was sent for it.
      finding.coverage["requests"] = max(budget.sent, finding.coverage["requests"] ?? 0)
      return shelf.scrub(finding)
    }
  }

  /// Sends one request over verified TLS, when its turn has come.
  func send(
    _ request: HTTPRequest, reading body: HTTPBodyReading = .start(bodyLimit)
  ) async -> Result<HTTPResponse, NetworkFailure> {
    guard request.url.scheme == .https else {
      return .failure(.malformed("nothing is sent to \(request.url.origin) without TLS"))
    }
    guard await budget.take() else {
      return .failure(budget.sent < budget.count ? .timedOut : .tooMany(budget.count))
    }
    let outcome = await network.exchange(request, reading: body)
    budget.rest()
    return outcome
  }

  /// Sends one request and keeps what came of it under a label.
  func ask(_ label: String, _ request: HTTPRequest) async -> ActiveAnswer {
    ActiveAnswer(label: label, outcome: await send(request))
  }

  /// The place of a path or URL of the configuration.
  ///
  /// - Throws: where it is no `https` URL.
  func url(_ reference: String) throws(Obstacle) -> TargetURL {
    guard let url = network.secureURL.resolving(reference), url.scheme == .https else {
      throw Obstacle(
        "\(Redaction.url(reference)) cannot be asked over TLS",
        hint: "give a path such as /login, or a URL that begins with https://")
    }
    return url
  }

  /// A path that nobody serves.
  static var randomPath: String { "/launchgate-\(UInt64.random(in: .min ... .max))" }
}

/// What keeps an active probe from saying anything.
struct Obstacle: Error {
  var reason: String
  var hint: String
  /// What was sent and seen before.
  var transcript = ""

  init(_ reason: String, hint: String, seen answers: [ActiveAnswer] = []) {
    self.reason = reason
    self.hint = hint
    transcript = answers.transcript
  }
}
