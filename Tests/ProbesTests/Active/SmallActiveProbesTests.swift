import Checklist
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(1))) struct WebhookSignatureProbeTests {
  static let answers: [(Int, Finding.Verdict)] = [
    (400, .pass), (401, .pass), (403, .pass), (200, .fail), (202, .fail), (204, .fail),
    (404, .unknown), (405, .unknown), (415, .unknown), (301, .unknown), (429, .unknown),
    (503, .unknown), (500, .review), (422, .review),
  ]

  @Test(arguments: answers.indices) func judges(_ index: Int) {
    let (status, verdict) = Self.answers[index]
    let finding = WebhookSignatureProbe.judge([active("without signature", status)])
    #expect(finding.verdict == verdict, "\(status): \(finding.summary)")
  }

  @Test(arguments: [("always", Finding.Verdict.pass), ("missing", .fail), ("never", .fail)])
  func postsTwoEvents(check: String, verdict: Finding.Verdict) async throws {
    let server = try await CountingServer.start { request in
      let isSigned = !request.header("Stripe-Signature").isEmpty
      let isRefused = check == "always" || (check == "missing" && !isSigned)
      return .init(isRefused ? 400 : 200)
    }
    let finding = await WebhookSignatureProbe(parameters: Parameters(["path": .string("/hook")]))
      .run(in: try server.context())
    #expect(finding.verdict == verdict, "\(finding.summary)")
    #expect(server.requests.map(\.method) == ["POST", "POST"])
    #expect(server.requests.allSatisfy { $0.path == "/hook" && $0.body.contains("launchgate") })
  }
}

@Suite(.timeLimit(.minutes(1))) struct HTTPBodyLimitProbeTests {
  static let answers: [(Int, Finding.Verdict)] = [
    (413, .pass), (200, .review), (302, .review), (401, .unknown), (404, .unknown),
    (405, .unknown), (400, .unknown), (429, .unknown),
  ]

  @Test(arguments: answers.indices) func judges(_ index: Int) {
    let (status, verdict) = Self.answers[index]
    #expect(HTTPBodyLimitProbe.judge(active("a body", status)).verdict == verdict)
  }

  @Test func aClosedConnectionIsForReview() {
    #expect(HTTPBodyLimitProbe.judge(active("a body", failing: .closed)).verdict == .review)
    #expect(HTTPBodyLimitProbe.judge(active("a body", failing: .timedOut)).verdict == .unknown)
  }

  @Test func sendsWhatItSays() async throws {
    let server = try await CountingServer.start { request in
      .init(request.size == 11 << 20 ? 413 : 400)
    }
    let finding = await HTTPBodyLimitProbe(parameters: Parameters()).run(
      in: try server.context(login: "/upload"))
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(server.requests.map(\.size) == [11 << 20])
    let huge = HTTPBodyLimitProbe(parameters: Parameters(["size": .integer(1 << 40)]))
    #expect(try await huge.run(in: server.context()).verdict == .unknown)
    #expect(server.requests.count == 1)
  }
}

@Suite(.timeLimit(.minutes(1))) struct APIMinimalFieldsProbeTests {
  static let names: [(String, Finding.Verdict)] = [
    ("password", .fail), ("passwordHash", .fail), ("password-hash", .fail), ("PWD", .fail),
    ("salt", .fail), ("client_secret", .fail), ("token", .fail), ("accessToken", .fail),
    ("ssn", .fail), ("hash", .fail), ("private_key", .fail), ("commit_hash", .review),
    ("next_page_token", .review), ("is_admin", .review), ("_id", .review), ("__v", .review),
    ("internalNote", .review), ("name", .pass), ("hashtags", .pass), ("secretary", .pass),
    ("total", .pass), ("keyboard", .pass),
  ]

  @Test(arguments: names.indices) func judgesNames(_ index: Int) {
    let (name, verdict) = Self.names[index]
    let answer = active("/u", 200, "{\"items\":[{\"\(name)\":\"x\"}]}")
    let finding = APIMinimalFieldsProbe.judge([answer], of: 1, allow: [])
    #expect(finding.verdict == verdict, "\(name): \(finding.summary)")
    #expect(APIMinimalFieldsProbe.judge([answer], of: 1, allow: [name]).verdict == .pass)
  }

  @Test func aFieldWithoutTextIsForReview() {
    let answer = active("/u", 200, #"{"password":null,"hasPassword":true,"total_tokens":12}"#)
    #expect(APIMinimalFieldsProbe.judge([answer], of: 1, allow: []).verdict == .review)
  }

  @Test func whatIsNoJSONIsUnknown() {
    let deep = String(repeating: "[", count: 100_000)
    for body in ["", "<html>", "{", "[]", "{}", deep, "{\"a\":1"] {
      let finding = APIMinimalFieldsProbe.judge([active("/u", 200, body)], of: 1, allow: [])
      #expect(finding.verdict == .unknown, "\(body.prefix(20))")
    }
    for status in [401, 404, 302, 500, 429] {
      let finding = APIMinimalFieldsProbe.judge(
        [active("/u", status, "{\"a\":1}")], of: 1, allow: [])
      #expect(finding.verdict == .unknown)
    }
    let rest = APIMinimalFieldsProbe.judge([active("/u", 200, "{\"a\":1}")], of: 2, allow: [])
    #expect(rest.verdict == .unknown)
  }

  @Test func asksAsTheTestUser() async throws {
    let server = try await CountingServer.start { request in
      guard request.cookie == "session=user-of-the-test" else { return .init(401) }
      return .json("{\"name\":\"a\",\"password_hash\":\"$2b$12$x\"}")
    }
    let parameters: [String: JSONValue] = [
      "endpoints": .strings(["/api/me"]), "token": .string("S"), "header": .string("Cookie"),
      "prefix": .string("session="),
    ]
    let finding = await APIMinimalFieldsProbe(parameters: Parameters(parameters)).run(
      in: try server.context(environment: ["S": "user-of-the-test"]))
    #expect(finding.verdict == .fail, "\(finding.summary)")
    #expect(finding.facts["/api/me"] == "password_hash")
    let nobody = APIMinimalFieldsProbe(parameters: Parameters(["endpoints": .strings(["/api/me"])]))
    #expect(try await nobody.run(in: server.context()).verdict == .unknown)
  }
}

@Suite(.timeLimit(.minutes(1))) struct OAuthRedirectProbeTests {
  private static func place(_ query: String) throws -> TargetURL {
    try #require(TargetURL("https://id.test/authorize?client_id=1&\(query)"))
  }

  static let queries: [(String, String, String, Finding.Verdict)] = [
    ("response_type=code&state=\(long)1", "response_type=code&state=\(long)2", "state", .pass),
    ("response_type=code&state=\(long)1", "response_type=code&state=\(long)1", "state", .fail),
    ("response_type=code", "response_type=code", "state", .fail),
    ("response_type=code&state=ab", "response_type=code&state=cd", "state", .review),
    ("response_type=token&state=\(long)1", "response_type=token&state=\(long)2", "state", .fail),
    (
      "code_challenge=a&code_challenge_method=S256", "code_challenge=b&code_challenge_method=S256",
      "pkce", .pass
    ),
    (
      "code_challenge=a&code_challenge_method=S256", "code_challenge=a&code_challenge_method=S256",
      "pkce", .fail
    ),
    (
      "code_challenge=a&code_challenge_method=plain",
      "code_challenge=b&code_challenge_method=plain", "pkce", .fail
    ),
    ("code_challenge=a", "code_challenge=b", "pkce", .fail), ("x=1", "x=1", "pkce", .fail),
    ("x=1", "x=1", "redirect-uri", .unknown), ("x=1", "x=1", "forged-state", .unknown),
  ]
  private static let long = "0123456789abcdef"

  @Test(arguments: queries.indices) func judges(_ index: Int) throws {
    let (first, second, check, verdict) = Self.queries[index]
    let sight = OAuthSight(places: [try Self.place(first), try Self.place(second)])
    let finding = OAuthRedirectProbe.judge(sight, [check])
    #expect(finding.verdict == verdict, "\(first): \(finding.summary)")
  }

  /// A service and its provider behind one name, with what is wrong.
  private func service(_ fault: String = "") async throws -> CountingServer {
    try await CountingServer.start { request in
      let path = request.path.prefix { $0 != "?" }
      switch path {
      case "/auth": return .init(302, "", [("Location", "/auth/id")])
      case "/auth/id":
        let state = fault == "state" ? "fixed-0123456789" : "state-0123456789-\(request.number)"
        let query =
          "client_id=1&response_type=code&state=\(state)&code_challenge="
          + "c\(request.number)&code_challenge_method=S256&redirect_uri=https%3A%2F%2Fshop.test%2Fcb"
        return .init(302, "", [("Location", "https://shop.test/authorize?\(query)")])
      case "/cb": return .init(fault == "callback" ? 200 : 400)
      case "/authorize":
        if fault == "open" || !request.path.contains("launchgate.invalid") {
          return .init(302, "", [("Location", "https://launchgate.invalid/?code=1")])
        }
        return fault == "page" ? .html("sign in") : .init(400)
      default: return .init(404)
      }
    }
  }

  static let faults: [(String, Finding.Verdict)] = [
    ("", .pass), ("state", .fail), ("callback", .review), ("open", .fail), ("page", .review),
  ]

  @Test(arguments: faults.indices) func followsTheLink(_ index: Int) async throws {
    let (fault, verdict) = Self.faults[index]
    let server = try await service(fault)
    let finding = await OAuthRedirectProbe(parameters: Parameters(["start": .string("/auth")]))
      .run(in: try server.context())
    #expect(finding.verdict == verdict, "\(fault): \(finding.summary)")
    #expect(server.requests.count == 6)
    #expect(server.requests[4].path == "/cb?code=launchgate&state=forged")
    #expect(!finding.transcript.contains("state-0123456789"))
  }

  @Test func aProviderThatNobodyAuthorisedIsNotAsked() async throws {
    let server = try await CountingServer.start { request in
      .init(302, "", [("Location", "https://id.test/authorize?client_id=1&state=x")])
    }
    let finding = await OAuthRedirectProbe(
      parameters: Parameters(["start": .string("/auth"), "checks": .strings(["redirect-uri"])])
    ).run(in: try server.context())
    #expect(finding.verdict == .unknown)
    #expect(server.requests.map(\.path) == ["/auth", "/auth"])
  }

  @Test func aLinkToNoProviderIsUnknown() async throws {
    let server = try await CountingServer.start { _ in .html("sign in with id") }
    let finding = await OAuthRedirectProbe(parameters: Parameters(["start": .string("/auth")]))
      .run(in: try server.context())
    #expect(finding.verdict == .unknown)
    #expect(server.requests.count == 1)
  }
}
