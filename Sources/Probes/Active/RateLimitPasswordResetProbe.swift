public import Checklist

/// Whether requests for a new password are refused after a while.
public struct RateLimitPasswordResetProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "rate-limit.password-reset", version: 1,
    claim: "Requests for a new password are refused after a few attempts",
    standards: ["ASVS 6.3.1", "NIST AC-7", "OWASP A07:2021"], scope: .target,
    method: """
      Fetches the page once for its hidden fields and cookies, then asks for a new password of an \
      address below .invalid, which no mail can reach, until one request is refused for its rate, \
      as rate-limit.login tells it.
      """,
    sends: """
      the page once and at most 15 requests for a new password of a made-up address below \
      .invalid, 0.1 s apart or more
      """,
    exhausts: true, facts: "how the refusal looks, and the status before it",
    fix: "limit the requests for each address of mail and of network, answer 429 with Retry-After",
    reproduce: """
      for i in $(seq 15); do curl -sS -o /dev/null -w '%{http_code}\\n' -d \
      'email=nobody@example.invalid' https://HOST/password-reset; done
      """,
    parameters: [
      .init("path", .text, "path that takes the request", isRequired: true),
      .init(
        "attempts", .integer, "requests before which one has to be refused, 3 to 15 (default 15)",
        stricter: .lower),
      .init("format", .text, "form or json (default form)"),
      .init("email-field", .text, "name of the field of the address (default email)"),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Asks for new passwords and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: RateLimit.most + 1) {
      target throws(Obstacle) in
      guard let path = parameters.text("path") else {
        throw Obstacle("no path is given", hint: "set path to what takes the request")
      }
      let attempt = RateLimit.Attempt(
        path: path, count: max(3, min(parameters.integer("attempts") ?? 15, RateLimit.most)),
        isJSON: parameters.text("format") == "json",
        fields: [
          .init(
            name: parameters.text("email-field") ?? "email",
            value: "launchgate-\(UInt32.random(in: .min ... .max))@launchgate.invalid")
        ])
      let answers = try await RateLimit(target: target, progress: context.progress).run(attempt)
      return RateLimit.judge(
        answers, wanted: attempt.count, what: "requests for a new password", fix: Self.manual.fix)
    }
  }
}
