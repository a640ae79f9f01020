public import Checklist

/// Whether the service refuses tokens that were tampered with.
public struct JWTRejectedWhenForgedProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "jwt.rejected-when-forged", version: 1,
    claim: "A forged, unsigned or expired JSON Web Token is refused",
    standards: ["RFC 7519", "ASVS 9.1.1", "ASVS 9.1.2", "ASVS 9.2.1", "NIST IA-5"], scope: .target,
    method: """
      GET over verified TLS of one protected place: with the genuine token, which has to be \
      accepted, without any, which must not be, then with alg none in three spellings, without \
      signature, with a changed signature, with changed claims, and with an expired token where \
      one is given. Keys are not guessed, and tokens signed with a published key are not tried.
      """,
    sends: "at most 9 GET requests of one place with forged copies of a test user's token",
    facts: "each forgery with whether it was refused",
    fix: """
      verify signature, algorithm (a fixed list, never from the token) and exp with a maintained \
      library on every request
      """,
    reproduce: "curl -sSi -H \"Authorization: Bearer $FORGED\" https://HOST/api/me",
    parameters: [
      .init("path", .text, "protected place that the token opens", isRequired: true),
      .init(
        "token", .text, "environment variable with the token of a test user", isRequired: true),
      .init("expired-token", .text, "environment variable with an expired token of that user"),
    ] + ActiveTarget.credentialParameters)

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Sends the forgeries and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 9) { target throws(Obstacle) in
      guard let path = parameters.text("path"),
        let genuine = try target.credential("token", parameters),
        let variable = parameters.text("token")
      else { throw Obstacle("path and token are not set", hint: "see launchgate probes show") }
      let token = try target.secrets.value(of: variable)
      guard let forgeries = JWTForgery.all(of: token) else {
        throw Obstacle(
          "\(variable) holds no signed JSON Web Token",
          hint: "export a token of three parts with dots between them")
      }
      let expired = try target.credential("expired-token", parameters)
      let request = HTTPRequest(try target.url(path))
      let nobody = await target.ask("no token", request)
      let accepted = await target.ask("the genuine token", genuine.on(request))
      _ = try accepted.required(after: [nobody])
      var forged: [ActiveAnswer] = []
      for forgery in forgeries {
        target.secrets.keep(forgery.token)
        var credential = genuine
        credential.field.value = genuine.field.value.replacing(token, with: forgery.token)
        forged.append(await target.ask(forgery.name, credential.on(request)))
      }
      if let expired { forged.append(await target.ask("an expired token", expired.on(request))) }
      let login = target.network.configuration.login
      var finding = Self.judge(nobody: nobody, accepted, forged, login: login)
      if expired == nil {
        finding.details.append(.init(.notApplicable, "an expired token: none was given"))
      }
      return finding
    }
  }

  /// Concludes from the answers to nobody, to the genuine token and to its forgeries.
  static func judge(
    nobody: ActiveAnswer, _ accepted: ActiveAnswer, _ forged: [ActiveAnswer], login: String?
  ) -> Finding {
    let all = [nobody, accepted] + forged
    guard let genuine = accepted.response, genuine.isSuccess else {
      var finding = Finding.unknown(
        "the genuine token is not accepted (\(accepted.status.map(String.init) ?? "no answer"))",
        hint: "renew the token, or correct header and prefix")
      finding.transcript = all.transcript
      return finding
    }
    guard let refused = nobody.response, nobody.obstacle == nil,
      !(refused.isSuccess && refused.body == genuine.body)
    else {
      var finding = Finding.unknown(
        nobody.obstacle ?? "the place answers the same without any token",
        hint: "choose a place that only a token opens")
      finding.transcript = all.transcript
      return finding
    }
    let access = Access(genuine: genuine, anonymous: refused, login: login)
    let details = forged.map { answer -> Finding.Detail in
      guard let response = answer.response, answer.obstacle == nil else {
        return .init(.unknown, answer.obstacle ?? answer.label)
      }
      if response.status == 400 { return .init(.pass, "\(answer.label): 400") }
      return access.judge(response).detail(answer.label)
    }
    var finding = Finding.concluded(
      details,
      good: forged.count == 1
        ? "the forgery is refused" : "all \(forged.count) forgeries are refused",
      fix: manual.fix,
      unseen: "make the place answer, then run it again",
      doubt: "look at the answer and say whether the token was accepted")
    for detail in details {
      let parts = detail.text.split(separator: ":", maxSplits: 1).map(String.init)
      finding.facts[parts[0]] = detail.verdict == .pass ? "refused" : detail.verdict.rawValue
    }
    finding.coverage = ["forgeries": forged.count]
    finding.transcript = all.transcript
    return finding
  }
}
