import Checklist
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(2))) struct RateLimitTests {
  private func judge(_ answers: [ActiveAnswer], wanted: Int? = nil, milliseconds: [Int] = [])
    -> Finding
  {
    RateLimit.judge(
      answers.enumerated().map { index, answer in
        .init(
          answer: answer,
          milliseconds: milliseconds.indices.contains(index) ? milliseconds[index] : 5)
      }, wanted: wanted ?? answers.count, what: "wrong logins", fix: "limit them")
  }

  private func alike(_ count: Int, _ status: Int, _ body: String = "wrong") -> [ActiveAnswer] {
    (1...count).map { active("attempt \($0)", status, body) }
  }

  static let plain = [200, 401, 302]

  @Test(arguments: plain) func noStatusOfAWrongLoginIsALimit(_ status: Int) {
    #expect(judge(alike(15, status)).verdict == .fail)
    #expect(judge(alike(5, status) + [active("6", 429)]).verdict == .pass)
  }

  @Test func refusalsThatAreNoLimitProveNothing() {
    for status in [400, 403, 404, 405, 415, 419, 422, 500, 301] {
      #expect(judge(alike(15, status)).verdict == .unknown, "\(status)")
    }
    #expect(judge([active("1", 429)], wanted: 15).verdict == .unknown)
    #expect(judge([], wanted: 15).verdict == .unknown)
    #expect(judge(alike(4, 401) + [active("5", failing: .closed)], wanted: 15).verdict == .unknown)
    #expect(judge(alike(4, 401), wanted: 15).verdict == .unknown)
  }

  @Test func aRefusalThatBeginsLaterIsOne() {
    let retry = active("6", 403, "no", [("Retry-After", "60")])
    #expect(judge(alike(5, 401) + [retry]).verdict == .pass)
    #expect(judge(alike(5, 401) + [active("6", 423)]).verdict == .pass)
    #expect(judge(alike(14, 401) + [active("15", 403, "no")]).verdict == .fail)
    let locked = active("6", 200, "<p>Too many attempts: try again later.</p>")
    #expect(judge(alike(5, 200) + [locked]).verdict == .pass)
  }

  @Test func aHelpTextAboutLocksFoolsNobody() {
    let page = "wrong. After too many attempts your account is locked; try again later."
    #expect(judge(alike(15, 200, page)).verdict == .fail)
  }

  @Test func slowingDownIsForReview() {
    let times = [10, 12, 9, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 5_000, 5_100, 5_200, 5_000]
    #expect(judge(alike(15, 401), milliseconds: times).verdict == .review)
    #expect(
      judge(alike(15, 401), milliseconds: Array(repeating: 2_000, count: 15)).verdict == .fail)
  }

  @Test func aPageThatLimitsIsSeenAndItsFormIsHonoured() async throws {
    let server = try await CountingServer.start { request in
      if request.method == "GET" {
        return .init(
          200, "<form><input type='hidden' name=\"csrf\" value=\"t&amp;1\"><input name=username>",
          [("Set-Cookie", "sid=abc; Secure; HttpOnly")])
      }
      guard request.body.contains("csrf=t%261"), request.cookie == "sid=abc",
        request.body.contains("user=launchgate-"), request.body.contains("pass=wrong-"),
        request.body.contains("launchgate.invalid"), request.header("Origin") == "https://shop.test"
      else { return .init(403, "token missing") }
      return request.number > 11 ? .init(429, "", [("Retry-After", "60")]) : .html("wrong")
    }
    let parameters = Parameters([
      "user-field": .string("user"), "password-field": .string("pass"),
    ])
    let finding = await RateLimitLoginProbe(parameters: parameters).run(
      in: try server.context(login: "/login"))
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.message == "wrong logins are refused after 10: 429")
    #expect(server.requests.count == 12)
    #expect(server.leastGap >= RequestBudget.interval)
    #expect(!finding.transcript.contains("t&1"))
  }

  @Test func aPageThatDoesNotIsSeenWithinTheBounds() async throws {
    let server = try await CountingServer.start { _ in .html("wrong password") }
    let finding = await RateLimitLoginProbe(parameters: Parameters(["attempts": .integer(500)]))
      .run(
        in: try server.context(login: "/login"))
    #expect(finding.verdict == .fail, "\(finding.summary)")
    #expect(server.requests.filter { $0.method == "POST" }.count == 15)
    #expect(server.requests.count == 16)
    let users = Set(server.requests.filter { $0.method == "POST" }.map(\.body))
    #expect(users.count == 1)
  }

  @Test func jsonIsSentAsJSON() async throws {
    let server = try await CountingServer.start { request in
      request.header("Content-Type") == "application/json" && request.body.hasPrefix("{\"email\":")
        ? (request.number > 5 ? .init(429) : .json("{\"sent\":true}")) : .init(415)
    }
    let parameters = Parameters(["path": .string("/reset"), "format": .string("json")])
    let finding = await RateLimitPasswordResetProbe(parameters: parameters).run(
      in: try server.context())
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(server.requests.allSatisfy { $0.path == "/reset" && $0.body.contains(".invalid") })
    #expect(server.requests.count == 6)
  }

  @Test func withoutALoginNothingIsTried() async throws {
    let server = try await CountingServer.start { _ in .init(200) }
    let finding = await RateLimitLoginProbe(parameters: Parameters()).run(in: try server.context())
    #expect(finding.verdict == .unknown)
    #expect(finding.hint?.contains("login:") == true)
    #expect(server.requests.isEmpty)
  }

  @Test func readsHiddenFieldsAsABrowserDoes() {
    let page = """
      <input type=hidden name=a value=1><INPUT type="hidden" name="x" value="no">
      <input value='2 3' name='b' type='hidden'/><input name=c value=4><input type="hidden" name="d">
      <input type="hidden
      """
    let fields = LoginForm.hiddenFields(in: page)
    #expect(fields.map(\.name) == ["a", "x", "b", "d"])
    #expect(fields.map(\.value) == ["1", "no", "2 3", ""])
    #expect(LoginForm.hiddenFields(in: String(repeating: "<input ", count: 10_000)).isEmpty)
    #expect(LoginForm.encoded("a b&c=ä") == "a%20b%26c%3D%C3%A4")
  }
}
