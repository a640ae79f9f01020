import Checklist
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(1))) struct SessionProbesTests {
  private static let environment = ["SESSION": "session=abcdef0123456789"]

  private func shop(_ fault: String = "") async throws -> CountingServer {
    let isOver = Counter()
    return try await CountingServer.start { request in
      let isKnown = request.cookie == "session=abcdef0123456789"
      switch request.path {
      case "/account":
        if fault == "open" { return .html("everybody") }
        if isKnown && (isOver.value == 0 || fault == "keeps") {
          return .html("<h1>yours</h1><input type=hidden name=csrf value=tok-991>")
        }
        return fault == "redirects"
          ? .init(302, "", [("Location", "/login?next=/account")]) : .init(401)
      case "/logout":
        if request.method != "POST" || !request.body.contains("csrf=tok-991") {
          return .init(403)
        }
        if isKnown { isOver.increment() }
        return .init(303, "", [("Location", "/")])
      case "/settings":
        if !isKnown { return .init(401) }
        return fault == "forgeable" ? .init(200) : .init(403, "no token")
      default: return .init(404)
      }
    }
  }

  static let logouts: [(String, String, Finding.Verdict)] = [
    ("", "/logout", .pass), ("redirects", "/logout", .pass), ("keeps", "/logout", .fail),
    ("open", "/logout", .unknown), ("", "/nowhere", .unknown), ("keeps", "/nowhere", .unknown),
  ]

  @Test(arguments: logouts.indices) func aLogoutEndsTheSession(_ index: Int) async throws {
    let (fault, logout, verdict) = Self.logouts[index]
    let server = try await shop(fault)
    let probe = SessionEndsAtLogoutProbe(
      parameters: Parameters([
        "path": .string("/account"), "logout": .string(logout), "session": .string("SESSION"),
      ]))
    let finding = await probe.run(in: try server.context(environment: Self.environment))
    #expect(finding.verdict == verdict, "\(fault) \(logout): \(finding.summary)")
    #expect(server.requests.count <= 4)
    #expect(!"\(finding)".contains("abcdef0123456789"))
    #expect(!"\(finding)".contains("tok-991"))
  }

  @Test func aSessionThatIsOverProvesNothing() async throws {
    let server = try await shop()
    let probe = SessionEndsAtLogoutProbe(
      parameters: Parameters([
        "path": .string("/account"), "logout": .string("/logout"), "session": .string("SESSION"),
      ]))
    let finding = await probe.run(
      in: try server.context(environment: ["SESSION": "session=another-one"]))
    #expect(finding.verdict == .unknown)
    #expect(server.requests.count == 2)
  }

  static let forgeries: [(String, Finding.Verdict)] = [
    ("", .pass), ("forgeable", .review), ("open", .unknown),
  ]

  @Test(arguments: forgeries.indices) func aForeignChangeIsRefused(_ index: Int) async throws {
    let (fault, verdict) = Self.forgeries[index]
    let server = try await shop(fault)
    let probe = CSRFRejectedProbe(
      parameters: Parameters([
        "path": .string("/settings"), "whoami": .string("/account"), "session": .string("SESSION"),
      ]))
    let finding = await probe.run(in: try server.context(environment: Self.environment))
    #expect(finding.verdict == verdict, "\(fault): \(finding.summary)")
    #expect(server.requests.count <= 4)
    if verdict != .unknown {
      #expect(server.requests[2].header("Origin") == "https://launchgate.invalid")
    }
  }

  static let answers: [(Int, Finding.Verdict)] = [
    (403, .pass), (419, .pass), (200, .review), (204, .review), (302, .review), (400, .review),
    (401, .unknown), (404, .unknown), (405, .unknown), (500, .unknown), (429, .unknown),
  ]

  @Test(arguments: answers.indices) func judgesAForgedChange(_ index: Int) {
    let (status, verdict) = Self.answers[index]
    let finding = CSRFRejectedProbe.judge([active("without a token", status)], login: "/login")
    #expect(finding.verdict == verdict, "\(status): \(finding.summary)")
  }

  @Test func aRefusalForTheSessionIsNoneForTheToken() {
    let away = active("from another site", 302, "", [("Location", "/login")])
    #expect(CSRFRejectedProbe.judge([away], login: "/login").verdict == .unknown)
  }
}

@Suite(.timeLimit(.minutes(1))) struct SessionIdentifiersProbeTests {
  private func random(_ length: Int, _ alphabet: String) -> String {
    String((0..<length).compactMap { _ in alphabet.randomElement() })
  }

  private func judge(_ values: [String], name: String = "sid") -> Finding {
    SessionIdentifiersProbe.judge([name: values], of: 20, bits: 128)
  }

  private let hex = "0123456789abcdef"

  @Test func longAndDifferentOnesShowNoDefect() {
    #expect(judge((0..<20).map { _ in random(32, hex) }).verdict == .pass)
    let base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    #expect(judge((0..<20).map { _ in random(24, base64) }).verdict == .pass)
    #expect(judge((0..<20).map { _ in "s:" + random(40, hex) }).verdict == .pass)
  }

  @Test func shortRepeatedAndOrderedOnesFail() {
    #expect(judge((0..<20).map { _ in random(16, hex) }).verdict == .fail)
    #expect(judge((0..<20).map { _ in random(30, "0123456789") }).verdict == .fail)
    #expect(judge(Array(repeating: random(32, hex), count: 20)).verdict == .fail)
    #expect(judge((0..<20).map { "session-\(1_000 + $0)" }).verdict == .fail)
    let tail = random(32, hex)
    #expect(judge((0..<20).map { String(0x6560_0000 + $0 * 7, radix: 16) + tail }).verdict == .fail)
    #expect(judge((0..<20).map { _ in "constant" + tail + random(4, hex) }).verdict == .fail)
  }

  @Test func aSignedTokenIsForReview() {
    let tokens = (0..<20).map { _ in "eyJhIjox.\(random(6, hex)).\(random(40, hex))" }
    #expect(judge(tokens).verdict == .review)
  }

  @Test func whatIsNotSetEachTimeIsUnknown() {
    #expect(judge([random(32, hex)]).verdict == .unknown)
    #expect(SessionIdentifiersProbe.judge([:], of: 20, bits: 128).verdict == .unknown)
  }

  @Test(arguments: [true, false]) func drawsFromARealServer(isBad: Bool) async throws {
    let server = try await CountingServer.start { request in
      let value =
        isBad
        ? "\(100_000 + request.number)"
        : (0..<4).map { _ in String(UInt32.random(in: 0x1000_0000 ... .max), radix: 16) }.joined()
      return .init(
        200, "", [("Set-Cookie", "session=\(value); Secure"), ("Set-Cookie", "theme=1")])
    }
    let finding = await SessionIdentifiersProbe(parameters: Parameters()).run(
      in: try server.context(login: "/login"))
    #expect(finding.verdict == (isBad ? .fail : .pass), "\(finding.summary)")
    #expect(server.requests.count == 20)
    #expect(server.requests.allSatisfy { $0.path == "/login" && $0.cookie.isEmpty })
    #expect(finding.facts.keys.sorted() == ["session"])
    #expect(!"\(finding)".contains("100001"))
  }
}
