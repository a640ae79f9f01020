import Checklist
import Testing

@testable import Probes

/// All probes that send what no visitor would, with parameters that let each of them run.
let activeProbes: [String: [String: JSONValue]] = [
  "api.minimal-fields": ["endpoints": .strings((1...15).map { "/api/\($0)" })],
  "authorization.anonymous-and-foreign": [
    "protected": .strings((1...15).map { "/p/\($0)" }),
    "owned": .strings((1...15).map { "/o/\($0)" }),
    "admin": .strings((1...15).map { "/a/\($0)" }), "whoami": .string("/me"),
    "token-a": .string("A"), "token-b": .string("B"),
  ],
  "csrf.rejected": [
    "path": .string("/settings"), "whoami": .string("/me"), "session": .string("A"),
  ],
  "endpoints.not-exposed": ["paths": .strings((1...15).map { "/x/\($0)" })],
  "errors.no-internals": ["paths": .strings((1...15).map { "/p/\($0)" })],
  "http.body-limit": ["size": .integer(200_000)],
  "http.methods": [:],
  "jwt.rejected-when-forged": [
    "path": .string("/me"), "token": .string("A"), "expired-token": .string("B"),
  ],
  "oauth.redirect": ["start": .string("/auth")],
  "rate-limit.login": ["path": .string("/login"), "attempts": .integer(9_999)],
  "rate-limit.password-reset": ["path": .string("/reset"), "attempts": .integer(9_999)],
  "session.ends-at-logout": [
    "path": .string("/me"), "logout": .string("/logout"), "session": .string("A"),
  ],
  "session.identifiers": [:],
  "webhook.signature": ["path": .string("/hook")],
]

/// What holds for every one of them.
@Suite(.timeLimit(.minutes(2))) struct ActiveRulesTests {
  /// The most requests that each says it sends.
  static let most: [String: Int] = [
    "api.minimal-fields": 10, "authorization.anonymous-and-foreign": 40, "csrf.rejected": 4,
    "endpoints.not-exposed": 40, "errors.no-internals": 10, "http.body-limit": 1,
    "http.methods": 6, "jwt.rejected-when-forged": 9, "oauth.redirect": 8, "rate-limit.login": 16,
    "rate-limit.password-reset": 16, "session.ends-at-logout": 4, "session.identifiers": 20,
    "webhook.signature": 2,
  ]

  static let tokens = [
    "A": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLW9mLXRlc3QtdXNlci1h",
    "B": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJiIn0.c2lnbmF0dXJlLW9mLXRlc3QtdXNlci1i",
  ]

  @Test func allAreListedHereAndSayWhatTheySend() {
    let sending = ProbeRegistry.all.map { $0.manual }.filter { $0.sends != nil }
    #expect(Set(sending.map(\.id)).isSuperset(of: activeProbes.keys))
    #expect(Set(Self.most.keys) == Set(activeProbes.keys))
    for manual in sending { #expect(!(manual.sends ?? "").isEmpty) }
  }

  /// A server that answers everything with the credential it came with: the longest way.
  @Test(arguments: Self.most.keys.sorted())
  func keepsItsBounds(_ id: String) async throws {
    let server = try await CountingServer.start { request in
      if request.path.hasPrefix("/auth") {
        return .init(302, "", [("Location", "https://shop.test/authorize?client_id=1&state=x")])
      }
      let who = request.header("Authorization") + request.cookie
      return .html(
        "hello \(who)", who.isEmpty && request.path.hasPrefix("/me") ? 401 : 200)
    }
    let probe = try #require(ProbeRegistry.probe(id)).init(
      parameters: Parameters(activeProbes[id] ?? [:]))
    let finding = await probe.run(
      in: try server.context(paths: ["/1", "/2", "/3", "/4"], environment: Self.tokens))
    let requests = server.requests
    #expect(!requests.isEmpty, "\(finding.summary)")
    #expect(requests.count <= Self.most[id] ?? 0, "\(requests.map(\.path))")
    #expect(finding.coverage["requests"] == requests.count)
    #expect(server.leastGap >= RequestBudget.interval, "\(server.leastGap)")
    #expect(requests.allSatisfy { $0.header("User-Agent") == "launchgate" })
    for token in Self.tokens.values {
      #expect(!"\(finding)".contains(token))
      #expect(!"\(finding)".contains(token.suffix(20)))
    }
  }

  @Test(arguments: Self.most.keys.sorted())
  func sendsNothingUnasked(_ id: String) async throws {
    let server = try await CountingServer.start { _ in .init(200) }
    let probe = try #require(ProbeRegistry.probe(id)).init(
      parameters: Parameters(activeProbes[id] ?? [:]))
    let finding = await probe.run(
      in: try server.context(active: false, environment: Self.tokens))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("only with --active"))
    var foreign = try server.context(environment: Self.tokens)
    foreign.authorised = ["other.test"]
    #expect(await probe.run(in: foreign).message.contains("not among the authorised targets"))
    #expect(server.requests.isEmpty)
  }

  /// Silence, an error on everything, a limit on everything: nothing is believed of them.
  @Test(arguments: Self.most.keys.sorted(), [429, 502])
  func neverPassesOnRefusals(_ id: String, _ status: Int) async throws {
    let server = try await CountingServer.start { _ in .init(status, "no") }
    let probe = try #require(ProbeRegistry.probe(id)).init(
      parameters: Parameters(activeProbes[id] ?? [:]))
    let finding = await probe.run(
      in: try server.context(login: "/login", environment: Self.tokens))
    #expect(finding.verdict == .unknown, "\(finding.summary)")
    #expect(finding.hint?.isEmpty == false)
  }

  /// A page that says yes to everything is believed in nothing that needs a refusal.
  @Test(arguments: Self.most.keys.sorted())
  func neverPassesOnAPageThatAnswersEverything(_ id: String) async throws {
    let server = try await CountingServer.start { _ in .html("<html>welcome</html>") }
    let probe = try #require(ProbeRegistry.probe(id)).init(
      parameters: Parameters(activeProbes[id] ?? [:]))
    let finding = await probe.run(
      in: try server.context(login: "/login", environment: Self.tokens))
    // Nothing is exposed and nothing echoed by such a page; all else needs more.
    let isSound = ["endpoints.not-exposed", "http.methods"].contains(id)
    #expect((finding.verdict == .pass) == isSound, "\(finding.summary)")
  }

  @Test(arguments: [
    "authorization.anonymous-and-foreign", "csrf.rejected", "jwt.rejected-when-forged",
    "session.ends-at-logout",
  ])
  func namesTheVariableThatIsNotSet(_ id: String) async throws {
    let server = try await CountingServer.start { _ in .init(200) }
    let probe = try #require(ProbeRegistry.probe(id)).init(
      parameters: Parameters(activeProbes[id] ?? [:]))
    for environment in [[:], ["A": "", "B": ""], ["A": "a\r\nX: y", "B": "b\n"]] {
      let finding = await probe.run(in: try server.context(environment: environment))
      #expect(finding.verdict == .unknown)
      #expect(finding.message.contains("the environment variable A"), "\(finding.summary)")
    }
    let credentials = server.requests.map { $0.header("Authorization") + $0.cookie }
    #expect(credentials.joined().isEmpty)
  }

  @Test func aCredentialInTheTargetsAnswerIsNotRepeated() async throws {
    let server = try await CountingServer.start { request in
      let who = request.header("Authorization")
      return .init(200, who, [("X-Echo", who), ("Location", "/\(who)")])
    }
    let probe = APIMinimalFieldsProbe(
      parameters: Parameters(["endpoints": .strings(["/api"]), "token": .string("A")]))
    let finding = await probe.run(in: try server.context(environment: ["A": "top-secret-value"]))
    #expect(server.requests.first?.header("Authorization") == "Bearer top-secret-value")
    #expect(finding.transcript.contains("X-Echo: Bearer [redacted]"))
    #expect(!"\(finding)".contains("top-secret-value"))
  }
}
