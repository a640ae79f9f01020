public import Checklist

/// Whether the server forgets a session when its user logs out.
public struct SessionEndsAtLogoutProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "session.ends-at-logout", version: 1,
    claim: "After a logout the server refuses the session",
    standards: ["ASVS 7.4.1", "NIST AC-12", "NIST SC-23", "OWASP A07:2021"], scope: .target,
    method: """
      GET of a protected place without credential and with the session of a test user, which has \
      to be alive; the logout with that session and the hidden fields of the page; then the same \
      GET again. Where the logout was not accepted, nothing can be said.
      """,
    sends: """
      4 requests with the session of a test user: its page with and without the session, the \
      logout, which ends that session, and the page again
      """,
    facts: "how the server answers the session after its logout",
    fix: "delete the session on the server at logout; short-lived tokens need a list of ended ones",
    reproduce: "curl -sSi -H \"Cookie: $SESSION\" https://HOST/account",
    parameters: [
      .init("path", .text, "protected place that the session opens", isRequired: true),
      .init("logout", .text, "place that ends the session", isRequired: true),
      .init("method", .text, "POST, GET or DELETE (default POST)"),
    ] + LiveSession.parameters)

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Logs the session out and judges what is left of it.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 4) { target throws(Obstacle) in
      guard let path = parameters.text("path"), let logout = parameters.text("logout"),
        let session = try target.credential("session", parameters.onCookies)
      else { throw Obstacle("path, logout and session are not set", hint: "see probes show") }
      let method = parameters.text("method") ?? "POST"
      guard ["POST", "GET", "DELETE"].contains(method) else {
        throw Obstacle("method is not POST, GET or DELETE", hint: "correct method")
      }
      let request = HTTPRequest(try target.url(path))
      let place = try target.url(logout)
      let nobody = await target.ask("nobody", request)
      let alive = await target.ask("the session", session.on(request))
      if let obstacle = LiveSession.obstacle(nobody: nobody, alive: alive) { throw obstacle }
      let page = try alive.required(after: [nobody])
      let form = LoginForm(page)
      for field in form.hidden { target.secrets.keep(field.value) }
      var end = HTTPRequest(place, method: method, fields: [("Origin", place.origin)])
      if method == "POST" {
        end = end.with(body: form.encoded([]), type: "application/x-www-form-urlencoded")
      }
      let ended = await target.ask("the logout", session.on(end))
      let after = await target.ask("the session after its logout", session.on(request))
      let login = target.network.configuration.login
      return Self.judge(nobody: nobody, alive: alive, ended: ended, after: after, login: login)
    }
  }

  /// Concludes from the four answers.
  static func judge(
    nobody: ActiveAnswer, alive: ActiveAnswer, ended: ActiveAnswer, after: ActiveAnswer,
    login: String?
  ) -> Finding {
    var finding = conclusion(nobody, alive, ended, after, login)
    finding.transcript = [nobody, alive, ended, after].transcript
    return finding
  }

  private static func conclusion(
    _ nobody: ActiveAnswer, _ alive: ActiveAnswer, _ ended: ActiveAnswer, _ after: ActiveAnswer,
    _ login: String?
  ) -> Finding {
    for answer in [nobody, alive, ended, after] {
      if let obstacle = answer.obstacle { return .unknown(obstacle, hint: answer.hint) }
    }
    guard let logout = ended.response, let response = after.response else {
      return .unknown("there was no answer", hint: "run it again")
    }
    guard (200..<400).contains(logout.status) else {
      return .unknown(
        "the logout was not accepted (\(logout.status)), so that nothing was ended",
        hint: "correct logout and method, or log out by hand and replay the cookie")
    }
    let access = Access(genuine: alive.response, anonymous: nobody.response, login: login)
    switch access.judge(response) {
    case .granted(let text):
      return Finding(
        .fail, "the session still works after its logout: \(text)", hint: manual.fix,
        facts: ["after the logout": "accepted"])
    case .refused(let text):
      return Finding(
        .pass, "the session is refused after its logout: \(text)",
        facts: ["after the logout": "refused"])
    case .unclear(let text):
      return Finding(
        .review, "after its logout the session gets \(text)",
        hint: "look at the answer and say whether somebody is still signed in",
        facts: ["after the logout": "status \(response.status)"])
    }
  }
}

extension Parameters {
  /// The same, where a session is a cookie unless a header is named.
  var onCookies: Parameters {
    var values = values
    if values["header"] == nil { values["header"] = .string("Cookie") }
    return Parameters(values)
  }
}
