import Checklist
import Foundation
import Testing

@testable import Probes

/// One judgement: what the server answers, what is expected, and what comes of it.
private struct Case: CustomTestStringConvertible {
  var answer: String
  var parameters: [String: JSONValue]
  var verdict: Finding.Verdict
  var says: String

  init(
    _ answer: String, _ parameters: [String: JSONValue], _ verdict: Finding.Verdict, _ says: String
  ) {
    (self.answer, self.parameters, self.verdict, self.says) = (answer, parameters, verdict, says)
  }

  var testDescription: String { "\(answer.prefix(30)) \(parameters)" }
}

private func answer(_ status: String, _ body: String = "", _ fields: String = "") -> String {
  "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}

private let healthy = answer("200 OK", #"{"status":"ok","age":5}"#, "X-Release: 4.2.0\r\n")
private let json = JSONValue.string("$.status")

private let cases = [
  Case(healthy, [:], .pass, "answers 200, as expected"),
  Case(healthy, ["json": json, "equals": .string("ok")], .pass, "as expected"),
  Case(healthy, ["json": json, "equals": .string("down")], .fail, "not \"down\""),
  Case(healthy, ["json": .string("$.age"), "at-most": .integer(4)], .fail, "more than 4"),
  Case(healthy, ["json": .string("$.x"), "equals": .string("ok")], .unknown, "has no $.x"),
  Case(healthy, ["pattern": .string("\"ok\"")], .pass, "as expected"),
  Case(healthy, ["without": .string("ok")], .fail, "must not be there"),
  Case(healthy, ["header": .string("x-release")], .pass, "as expected"),
  Case(healthy, ["header": .string("X-Other")], .fail, "there is no field X-Other"),
  Case(
    healthy, ["header": .string("X-Release"), "header-pattern": .string("^4\\.2\\.")], .pass,
    "as expected"),
  Case(
    healthy, ["header": .string("X-Release"), "header-pattern": .string("^5")], .fail,
    "X-Release does not match"),
  Case(healthy, ["status": .integer(204)], .fail, "status 200 is not what is expected"),
  Case(answer("404 Not Found"), [:], .fail, "status 404"),
  Case(answer("404 Not Found"), ["status": .array([.integer(404), .integer(410)])], .pass, "404"),
  Case(answer("500 Oops"), [:], .fail, "status 500"),
  Case(answer("503 Busy"), [:], .unknown, "could not answer"),
  Case(answer("503 Busy"), ["status": .integer(503)], .pass, "503"),
  Case(answer("429 Slow"), [:], .unknown, "could not answer"),
  Case(
    answer("302 Found", "", "Location: /next\r\n"), [:], .unknown, "redirects more than 10 times"),
  Case(answer("302 Found", "", "Location: /next\r\n"), ["status": .integer(302)], .pass, "302"),
  Case(
    answer("302 Found", "", "Location: https://evil.test/\r\n"), [:], .unknown,
    "which is not among the authorised targets"),
  Case(
    answer("302 Found", "", "Location: http://shop.test/\r\n"), [:], .unknown, "redirects to http:"),
  Case(answer("200 OK", "a\u{0}b"), ["pattern": .string("a")], .unknown, "no text in UTF-8"),
  Case(
    answer("200 OK", String(repeating: "x", count: 2 << 20)), ["pattern": .string("x")], .unknown,
    "larger than allowed"),
  Case(
    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", ["pattern": .string("short")], .unknown,
    "answer"),
  Case("garbage\r\n\r\n", [:], .unknown, "not understood"),
]

@Suite(.timeLimit(.minutes(3))) struct HTTPProbeTests {
  private func find(
    _ server: ScriptedServer?, _ parameters: [String: JSONValue], authorised: [String] = [testHost]
  ) async throws -> Finding {
    let authority = try TestAuthority.shared.get()
    return await HTTPProbe(parameters: Parameters(parameters)).run(
      in: .local(https: server?.port, caFile: authority.file, authorised: authorised))
  }

  @Test(arguments: cases)
  private func judges(_ one: Case) async throws {
    let tls = try TestAuthority.shared.get().server()
    let server = try await ScriptedServer.start(.answer(Array(one.answer.utf8)), tls: tls)
    let finding = try await find(
      server, one.parameters.merging(["path": .string("/health?token=geheim")]) { own, _ in own })
    #expect(finding.verdict == one.verdict, "\(finding)")
    #expect(finding.message.contains(one.says), "\(finding.message)")
    #expect((finding.hint == nil) == (one.verdict == .pass))
    #expect(finding.vantage == Vantage(host: "tester", network: .loopback))
    #expect(!"\(finding)".contains("geheim"))
    if one.verdict == .pass { #expect(server.connections == 1) }
  }

  @Test func asksForThatPathAndNothingElse() async throws {
    let tls = try TestAuthority.shared.get().server()
    let server = try await ScriptedServer.start(
      .reply { request in
        let line = String(decoding: request.prefix { $0 != 0x0D }, as: UTF8.self)
        return Array(answer("200 OK", line).utf8)
      }, tls: tls)
    let finding = try await find(
      server, ["path": .string("/a/b?c=d"), "pattern": .string("^GET /a/b\\?c=d HTTP/1\\.1$")])
    #expect(finding.verdict == .pass, "\(finding)")
    #expect(finding.facts == ["status": "pass", "pattern": "pass"])
    #expect(finding.reproduce?.hasPrefix("curl -sSiL") == true)
    #expect(server.connections == 1)
  }

  @Test func anotherHostHasToBeAuthorised() async throws {
    let server = try await ScriptedServer.start(.close)
    let finding = try await find(server, ["url": .string("https://other.test/")])
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("other.test"))
    #expect(finding.hint?.contains("authorised:") == true)
    #expect(server.connections == 0)
  }

  @Test func aServerThatNeverEndsIsUnknown() async throws {
    let tls = try TestAuthority.shared.get().server()
    let start = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
    let endless = try await ScriptedServer.start(
      .endless(start, Array(repeating: 0x61, count: 65_536)), tls: tls)
    #expect(try await find(endless, ["pattern": .string("b")]).verdict == .unknown)
    let silent = try await ScriptedServer.start(.silence, tls: tls)
    #expect(try await find(silent, [:]).verdict == .unknown)
  }
}
