public import Checklist

/// Whether signing in through others is begun safely.
public struct OAuthRedirectProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "oauth.redirect", version: 1,
    claim: "A sign-in through others carries state and PKCE, and only its own redirect_uri works",
    standards: [
      "RFC 6749", "RFC 7636", "RFC 9700", "ASVS 10.1.2", "ASVS 10.2.1", "ASVS 10.4.1",
      "ASVS 10.4.6",
    ],
    scope: .target,
    method: """
      Follows the "sign in with" link twice up to the provider's address, which is read and not \
      asked: response_type code, a fresh state each time, code_challenge with S256. Where the \
      provider is among the authorised targets, its address is asked once with a foreign \
      redirect_uri. The service's own callback is asked once with a forged state.
      """,
    sends: """
      at most 8 GET requests: the link twice with its redirects on the same host, the callback \
      with a forged state, and, only where the provider is authorised, its address with the \
      foreign redirect_uri https://launchgate.invalid/
      """,
    facts: "response type, whether state and PKCE are there, and how foreign values are answered",
    fix: """
      send a random state bound to the session and code_challenge_method=S256; register each \
      redirect_uri in full and compare it as exact text
      """,
    reproduce: "curl -sS -o /dev/null -D - https://HOST/auth/PROVIDER | grep -i '^location'",
    parameters: [
      .init("start", .text, "path of the \"sign in with\" link", isRequired: true),
      .init(
        "checks", .texts, "state, pkce, forged-state or redirect-uri (default: all)",
        stricter: .more),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Follows the link and judges where it leads.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 8) { target throws(Obstacle) in
      guard let start = parameters.text("start") else {
        throw Obstacle("start is not set", hint: "give the path of the link")
      }
      let checks = parameters.texts("checks") ?? ["state", "pkce", "forged-state", "redirect-uri"]
      guard !checks.isEmpty, Set(checks).isSubset(of: OAuthSight.checks) else {
        throw Obstacle(
          "a check without a rule is asked for",
          hint: "checks may hold state, pkce, forged-state and redirect-uri")
      }
      var sight = OAuthSight()
      for number in 1...2 {
        let (answers, place) = await Self.follow(
          try target.url(start), "link \(number)", target)
        sight.answers += answers
        guard let place else {
          throw Obstacle(
            "the link leads to no provider",
            hint: "give the path that redirects to the provider's authorize address",
            seen: sight.answers)
        }
        sight.places.append(place)
      }
      if checks.contains("forged-state") { await Self.forge(&sight, target) }
      if checks.contains("redirect-uri") { await Self.lead(&sight, target) }
      var finding = Self.judge(sight, checks)
      finding.reproduce = target.network.curl("-sS -o /dev/null -D -", try target.url(start))
      return finding
    }
  }

  private static func follow(
    _ start: TargetURL, _ label: String, _ target: ActiveTarget
  ) async -> ([ActiveAnswer], TargetURL?) {
    var answers: [ActiveAnswer] = []
    var next = start
    for _ in 0..<2 {
      let answer = ActiveAnswer(
        label: label, outcome: await target.send(HTTPRequest(next), reading: .none))
      answers.append(answer)
      guard let response = answer.response,
        let place = response.location.flatMap(response.url.resolving)
      else { return (answers, nil) }
      if OAuthSight.query(place)["client_id"] != nil { return (answers, place) }
      guard place.host == next.host, place.port == next.port else { return (answers, nil) }
      next = place
    }
    return (answers, nil)
  }

  private static func forge(_ sight: inout OAuthSight, _ target: ActiveTarget) async {
    guard let text = OAuthSight.query(sight.places[0])["redirect_uri"],
      var callback = TargetURL(text), callback.scheme == .https,
      target.network.authorised.allows(callback.host, port: callback.port)
    else { return }
    callback.path += (callback.path.contains("?") ? "&" : "?") + "code=launchgate&state=forged"
    sight.callback = await target.ask("callback with a forged state", HTTPRequest(callback))
  }

  private static func lead(_ sight: inout OAuthSight, _ target: ActiveTarget) async {
    let place = sight.places[0]
    guard place.scheme == .https,
      target.network.authorised.allows(place.host, port: place.port),
      let foreign = OAuthSight.replacing("redirect_uri", in: place)
    else { return }
    sight.provider = await target.ask("provider with a foreign redirect_uri", HTTPRequest(foreign))
  }

  /// Concludes from where the link led, for each check that was asked for.
  static func judge(_ sight: OAuthSight, _ checks: [String]) -> Finding {
    let details = checks.flatMap { sight.details($0) }
    var finding = Finding.concluded(
      details, good: "the sign-in is begun as it should be", fix: manual.fix,
      unseen: "add the provider to authorised: if it may be asked, or try it by hand",
      doubt: "look at the page and say whether it goes on to the foreign address")
    for detail in finding.details {
      let parts = detail.text.split(separator: ":", maxSplits: 1).map(String.init)
      finding.facts[parts[0]] = detail.verdict.rawValue
    }
    finding.transcript =
      sight.answers.transcript
      + [sight.callback, sight.provider].compactMap(\.self).transcript
    return finding
  }
}
