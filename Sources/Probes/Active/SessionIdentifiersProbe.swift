public import Checklist

/// Whether session identifiers can be guessed.
public struct SessionIdentifiersProbe: Probe {
  /// How many are drawn.
  static let count = 20

  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "session.identifiers", version: 1,
    claim: "Session identifiers are long, different and in no order",
    standards: ["ASVS 7.2.3", "NIST SC-23", "NIST SC-23(3)"], scope: .target,
    method: """
      Draws 20 identifiers from one page without sending a cookie and looks for repetitions, for \
      an order such as that of a counter or a clock, and for the bits that their length and \
      alphabet can hold, counting only places that change. That shows defects; it does not show \
      that the generator is a good one. Values are never stored.
      """,
    sends: "20 GET requests of the login, each without a cookie: the server opens 20 sessions",
    facts: "name, length and alphabet of the identifiers",
    fix: "draw 128 bits or more from the system's random source for each session",
    reproduce: """
      for i in $(seq 20); do curl -sS -o /dev/null -D - https://HOST/login | \
      grep -i '^set-cookie'; done
      """,
    parameters: [
      .init("path", .text, "path that sets the cookie (default: login: of the target, else /)"),
      .init("names", .texts, "names of the session cookies (default: as cookies.flags knows them)"),
      .init("bits", .integer, "least bits (default 128)", stricter: .higher),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Draws identifiers and judges them.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: Self.count) {
      target throws(Obstacle) in
      let path = parameters.text("path") ?? target.network.configuration.login ?? "/"
      let url = try target.url(path)
      let rule = SessionCookieRule(parameters)
      var drawn: [String: [String]] = [:]
      var answers: [ActiveAnswer] = []
      for number in 1...Self.count {
        let answer = ActiveAnswer(
          label: "draw \(number)", outcome: await target.send(HTTPRequest(url), reading: .none))
        answers.append(answer)
        let response = try answer.required(after: answers.dropLast())
        for (name, value) in Self.cookies(response) where rule.isSession(name) {
          target.secrets.keep(value)
          drawn[name, default: []].append(value)
        }
      }
      var finding = Self.judge(drawn, of: Self.count, bits: parameters.integer("bits") ?? 128)
      finding.transcript = answers.transcript
      finding.reproduce = target.network.curl("-sSD - -o /dev/null", url)
      return finding
    }
  }

  private static func cookies(_ response: HTTPResponse) -> [(String, String)] {
    response.values("Set-Cookie").compactMap { field in
      guard let cookie = SetCookie(field), !cookie.isRemoval else { return nil }
      let pair = field.prefix { $0 != ";" }
      guard let equals = pair.firstIndex(of: "=") else { return nil }
      return (cookie.name, pair[pair.index(after: equals)...].trimmingSpaces)
    }
  }

  /// Concludes from the values of each session cookie.
  static func judge(_ drawn: [String: [String]], of count: Int, bits: Int) -> Finding {
    guard !drawn.isEmpty else {
      return .unknown(
        "no session cookie was set",
        hint: "give the path that sets it in path, or its name in names")
    }
    var details: [Finding.Detail] = []
    var facts: [String: String] = [:]
    for (name, values) in drawn.sorted(by: { $0.key < $1.key }) {
      let sample = IdentifierSample(values)
      facts[name] = sample.shape
      details.append(detail(name, sample, of: count, bits: bits))
    }
    var finding = Finding.concluded(
      details, good: "no defect was seen in \(count.counted("identifier"))", fix: manual.fix,
      unseen: "let the page set the cookie for everybody who comes without one",
      doubt: "look at how the identifier is made, and say why it cannot be guessed")
    finding.facts = facts
    finding.coverage = ["identifiers": drawn.values.reduce(0) { $0 + $1.count }]
    return finding
  }

  private static func detail(
    _ name: String, _ sample: IdentifierSample, of count: Int, bits: Int
  ) -> Finding.Detail {
    guard sample.values.count == count else {
      return .init(
        .unknown,
        "\(name): set \(sample.values.count.counted("time")) in \(count.counted("answer"))")
    }
    if sample.hasRepetition { return .init(.fail, "\(name): the same value came more than once") }
    if sample.isOrdered { return .init(.fail, "\(name): the values rise or fall like a counter") }
    if sample.isSigned {
      return .init(.review, "\(name): a signed token; how much of it is random cannot be seen")
    }
    guard sample.bits >= bits else {
      return .init(.fail, "\(name): holds at most \(sample.bits) bits, fewer than \(bits)")
    }
    return .init(.pass, "\(name): room for \(sample.bits) bits")
  }
}
