public import Checklist

/// Whether wrong logins are refused after a while.
public struct RateLimitLoginProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "rate-limit.login", version: 1, claim: "Wrong logins are refused after a few attempts",
    standards: ["ASVS 6.3.1", "NIST AC-7", "OWASP A07:2021"], scope: .target,
    method: """
      Fetches the login page once for its hidden fields and cookies, then sends wrong logins of a \
      user that does not exist until one is refused for its rate: 429; 403, 423 or 503 with \
      Retry-After or RateLimit; or a text of a lock that was not in the first answer. Whether a \
      login failed is not told from its status: many answer 200 to a wrong password. Limits for \
      other addresses, at the edge or beyond the attempts are not seen.
      """,
    sends: "the login page once and at most 15 wrong logins of a made-up user, 0.1 s apart or more",
    exhausts: true, facts: "how the refusal looks, and the status before it",
    fix: """
      limit attempts for each account and each address (nginx: limit_req; fail2ban; the \
      framework's throttle), answer 429 with Retry-After
      """,
    reproduce: """
      for i in $(seq 15); do curl -sS -o /dev/null -w '%{http_code}\\n' -d \
      'username=nobody&password=wrong' https://HOST/login; done
      """,
    parameters: [
      .init("path", .text, "path that takes the login (default: login: of the target)"),
      .init(
        "attempts", .integer,
        "wrong logins before which one has to be refused, 3 to 15 (default 15)",
        stricter: .lower),
      .init("format", .text, "form or json (default form)"),
      .init("user-field", .text, "name of the field of the user (default username)"),
      .init("password-field", .text, "name of the field of the password (default password)"),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Tries wrong logins and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: RateLimit.most + 1) {
      target throws(Obstacle) in
      guard let path = parameters.text("path") ?? target.network.configuration.login else {
        throw Obstacle(
          "no login is configured", hint: "set login: of the target to the path of the login")
      }
      let attempt = RateLimit.Attempt(
        path: path, count: max(3, min(parameters.integer("attempts") ?? 15, RateLimit.most)),
        isJSON: parameters.text("format") == "json",
        fields: [
          .init(
            name: parameters.text("user-field") ?? "username",
            value: "launchgate-\(UInt32.random(in: .min ... .max))@launchgate.invalid"),
          .init(
            name: parameters.text("password-field") ?? "password",
            value: "wrong-\(UInt64.random(in: .min ... .max))"),
        ])
      let answers = try await RateLimit(target: target, progress: context.progress).run(attempt)
      return RateLimit.judge(
        answers, wanted: attempt.count, what: "wrong logins", fix: Self.manual.fix)
    }
  }
}
