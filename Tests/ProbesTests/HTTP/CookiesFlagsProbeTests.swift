import Checklist
import Testing

@testable import Probes

@Suite struct CookiesFlagsProbeTests {
  static func pages(_ cookies: [String]) -> [PageObservation] {
    let url = TargetURL(scheme: .https, host: testHost)
    let fields = cookies.map { HTTPResponse.Field(name: "Set-Cookie", value: $0) }
    let response = HTTPResponse(url: url, status: 200, fields: fields)
    return [PageObservation(label: "/", trail: .init(responses: [response], end: .answered))]
  }

  static func judge(_ cookies: [String], _ parameters: [String: JSONValue] = [:]) -> Finding {
    CookiesFlagsProbe.judge(pages(cookies), Parameters(parameters), hasLogin: true)
  }

  static let cases: [([String], Finding.Verdict)] = [
    (["sessionid=1; Secure; HttpOnly; SameSite=Lax"], .pass),
    (["sid=1; secure; httponly; samesite=STRICT; Path=/"], .pass),
    (["auth=1; HttpOnly; SameSite=Lax"], .fail), (["auth=1; Secure; SameSite=Lax"], .fail),
    (["auth=1; Secure; HttpOnly"], .fail), (["auth=1; Secure; HttpOnly; SameSite=None"], .fail),
    (["auth=1; Secure; HttpOnly; SameSite=Maybe"], .fail),
    (["auth=1; Secure; HttpOnly; SameSite=Lax; SameSite=None"], .fail),
    (["auth=1; XSecure; HttpOnly; SameSite=Lax"], .fail),
    (["auth=Secure HttpOnly SameSite=Lax"], .fail),
    (["__Host-sid=1; Secure; HttpOnly; SameSite=Lax; Path=/"], .pass),
    (["__Host-sid=1; Secure; HttpOnly; SameSite=Lax"], .fail),
    (["__Host-sid=1; Secure; HttpOnly; SameSite=Lax; Path=/; Domain=shop.test"], .fail),
    (["__host-sid=1; HttpOnly; SameSite=Lax; Path=/"], .fail),
    (["__Secure-theme=1; Path=/"], .fail),
    ([], .review), (["theme=dark; Secure"], .review), (["theme=dark"], .review),
    (["sid=1; Secure; HttpOnly; SameSite=Lax", "theme=dark"], .review),
    (["sid=1; Secure; HttpOnly; SameSite=Lax", "theme=dark; Secure"], .pass),
    (["sid=1; Secure; HttpOnly; SameSite=Lax", "access_token=1; Secure"], .fail),
    (["sid=1; Secure; HttpOnly; SameSite=Lax", "csrftoken=1; Secure; SameSite=Lax"], .pass),
    // Max-Age goes before Expires, so that these are no removals.
    (["sid=1; Max-Age=3600; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], .fail),
    (["sid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=3600"], .fail),
    (["__Http-sid=1; Secure; SameSite=Lax"], .fail),
    (["__Host-Http-theme=1; Secure; Path=/"], .fail),
    (["sid=gone; Max-Age=0"], .review), (["sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], .review),
    (["sid=1\u{1}; Secure; HttpOnly; SameSite=Lax"], .review), (["="], .review),
    ([";Secure"], .review),
    (["heroku-session-affinity=1"], .review),
  ]

  @Test(arguments: cases.indices) func judges(_ index: Int) {
    let (cookies, verdict) = Self.cases[index]
    let finding = Self.judge(cookies)
    #expect(finding.verdict == verdict, "\(cookies): \(finding.summary)")
  }

  @Test func namesAndSameSiteAreParameters() {
    let names: [String: JSONValue] = ["names": .strings(["shop"])]
    #expect(Self.judge(["shop=1; Secure; HttpOnly; SameSite=Lax"], names).verdict == .pass)
    #expect(Self.judge(["shop=1; Secure"], names).verdict == .fail)
    let other = ["shop=1; Secure; HttpOnly; SameSite=Lax", "sid=1; Secure"]
    #expect(Self.judge(other, names).verdict == .review)
    let strict: [String: JSONValue] = ["same-site": .strings(["Strict"])]
    #expect(Self.judge(["sid=1; Secure; HttpOnly; SameSite=Lax"], strict).verdict == .fail)
    #expect(Self.judge(["sid=1; Secure; HttpOnly; SameSite=Strict"], strict).verdict == .pass)
  }

  @Test func aNamedCookieThatWasNotSeenIsUnknown() {
    let names: [String: JSONValue] = ["names": .strings(["shop"])]
    let finding = Self.judge(["sid=1; Secure; HttpOnly; SameSite=Lax"], names)
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("shop"))
    #expect(Self.judge([], names).verdict == .unknown)
  }

  @Test func noCookieIsNoPass() {
    let finding = CookiesFlagsProbe.judge(Self.pages([]), Parameters(), hasLogin: false)
    #expect(finding.verdict == .review)
    #expect(finding.hint?.contains("login:") == true)
  }

  @Test func aPageThatFailedIsUnknownUnlessAnotherFails() {
    let broken = PageObservation(
      label: "/login",
      trail: .init(responses: [], end: .failed(.init(scheme: .https, host: "a"), .timedOut)))
    let good = Self.pages(["sid=1; Secure; HttpOnly; SameSite=Lax"])
    let bad = Self.pages(["sid=1"])
    #expect(
      CookiesFlagsProbe.judge(good + [broken], Parameters(), hasLogin: true).verdict == .unknown)
    #expect(CookiesFlagsProbe.judge(bad + [broken], Parameters(), hasLogin: true).verdict == .fail)
  }

  @Test func looksAtTheLoginAndAtRedirects() async throws {
    let authority = try TestAuthority()
    let server = try await ScriptedServer.http(tls: authority.server()) { path in
      let cookie = path == "/login" ? "Set-Cookie: sid=topsecret\r\nLocation: /next\r\n" : ""
      let status = path == "/login" ? "302 Found" : "200 OK"
      return "HTTP/1.1 \(status)\r\n\(cookie)Content-Length: 0\r\n\r\n"
    }
    let finding = await CookiesFlagsProbe(parameters: Parameters()).run(
      in: .local(https: server.port, login: "/login", caFile: authority.file))
    #expect(finding.verdict == .fail)
    #expect(finding.message == "session cookie sid: no Secure, no HttpOnly, no SameSite")
    #expect(!finding.transcript.contains("topsecret"))
    #expect(finding.transcript.contains("sid=[redacted]"))
  }
}
