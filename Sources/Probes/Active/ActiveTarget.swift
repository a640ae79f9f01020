internal import Checklist

/// A target to which an active probe may send its few requests.
///
/// There is no way to send but `send`, which takes from the budget.
struct ActiveTarget: Sendable {
  /// Bytes of a body that are read, from its start.
  static let bodyLimit = 262_144

  let network: NetworkTarget
  let budget: RequestBudget

  /// Runs an active probe against the context's target, where the user asked for it.
  static func observe(
    _ context: ProbeContext, _ manual: ProbeManual, requests: Int,
    _ probe: (ActiveTarget) async -> Finding
  ) async -> Finding {
    if let refusal = manual.refusal(active: context.active) { return refusal }
    return await NetworkTarget.observe(context) { network in
      let budget = RequestBudget(requests)
      var finding = await probe(ActiveTarget(network: network, budget: budget))
      finding.coverage["requests"] = budget.sent
      return finding
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
    return await network.exchange(request, reading: body)
  }

  /// The place of a path or URL of the configuration; nil for what is no `https` URL.
  func url(_ reference: String) -> TargetURL? {
    let url = network.secureURL.resolving(reference)
    return url?.scheme == .https ? url : nil
  }
}
