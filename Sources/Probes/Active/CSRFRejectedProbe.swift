public import Checklist

/// Whether a change that another site caused is refused.
public struct CSRFRejectedProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "csrf.rejected", version: 1,
    claim: "A changing request without the anti-forgery token is refused",
    standards: ["ASVS 3.5.1", "NIST SC-23", "OWASP A01:2021"], scope: .target,
    method: """
      With the session of a test user, which has to be alive at whoami, two POST requests to a \
      harmless place: without a token, and as if another site had sent it (Origin and Referer). \
      403 and 419 are refusals; a success is for review, because SameSite cookies may keep \
      browsers from sending it.
      """,
    sends: """
      4 requests with the session of a test user: whoami with and without it, and two POST \
      requests without anti-forgery token to the given place
      """,
    facts: "how both requests were answered",
    fix:
      "switch the framework's anti-forgery middleware on, or refuse foreign Origin and Sec-Fetch-Site",
    reproduce: """
      curl -sSi -X POST -H "Cookie: $SESSION" -H 'Origin: https://launchgate.invalid' \
      https://HOST/settings
      """,
    parameters: [
      .init("path", .text, "harmless place that changes something", isRequired: true),
      .init("whoami", .text, "place that only a signed-in user sees", isRequired: true),
      .init("body", .text, "form body of the request (default empty)"),
    ] + LiveSession.parameters)

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Sends both requests and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 4) { target throws(Obstacle) in
      guard let path = parameters.text("path"), let whoami = parameters.text("whoami"),
        let session = try target.credential("session", parameters.onCookies)
      else { throw Obstacle("path, whoami and session are not set", hint: "see probes show") }
      let page = HTTPRequest(try target.url(whoami))
      let nobody = await target.ask("nobody", page)
      let alive = await target.ask("the session", session.on(page))
      let post = HTTPRequest(try target.url(path), method: "POST").with(
        body: parameters.text("body") ?? "", type: "application/x-www-form-urlencoded")
      var foreign = post
      foreign.fields += [
        .init(name: "Origin", value: "https://launchgate.invalid"),
        .init(name: "Referer", value: "https://launchgate.invalid/"),
        .init(name: "Sec-Fetch-Site", value: "cross-site"),
      ]
      if let obstacle = LiveSession.obstacle(nobody: nobody, alive: alive) { throw obstacle }
      let answers = [
        await target.ask("from another site", session.on(foreign)),
        await target.ask("without a token", session.on(post)),
      ]
      var finding = Self.judge(answers, login: target.network.configuration.login)
      finding.transcript = ([nobody, alive] + answers).transcript
      return finding
    }
  }

  /// Concludes from the answers to both requests.
  static func judge(_ answers: [ActiveAnswer], login: String?) -> Finding {
    let details = answers.map { answer -> Finding.Detail in
      guard let response = answer.response, answer.obstacle == nil else {
        return .init(.unknown, answer.obstacle ?? answer.label)
      }
      let label = answer.label
      switch response.status {
      case 403, 419: return .init(.pass, "\(label): refused (\(response.status))")
      case 200..<300: return .init(.review, "\(label): accepted (\(response.status))")
      case 300..<400 where !response.leadsToLogin(login):
        return .init(.review, "\(label): accepted (\(response.status))")
      case 400, 422:
        return .init(.review, "\(label): \(response.status), perhaps for the body alone")
      default:
        return .init(
          .unknown, "\(label): \(response.status), which tells nothing of the token")
      }
    }
    var finding = Finding.concluded(
      details, good: "a request without the token is refused", fix: manual.fix,
      unseen: "give a place that takes a POST of this user",
      doubt: "say what keeps other sites from it: SameSite on the cookie, or a header that they "
        + "cannot send")
    for answer in answers { finding.facts[answer.label] = answer.status.map(String.init) ?? "-" }
    return finding
  }
}
