import Checklist
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(1))) struct HTTPMethodsProbeTests {
  private func judge(_ trace: ActiveAnswer, _ options: ActiveAnswer = active("o", 204)) -> Finding {
    HTTPMethodsProbe.judge([.init(path: "/", options: options, trace: trace)], mark: "4711")
  }

  @Test func onlyWhatComesBackIsAnEcho() {
    #expect(judge(active("t", 405)).verdict == .pass)
    #expect(judge(active("t", 501)).verdict == .pass)
    #expect(judge(active("t", 200, "<html>welcome</html>")).verdict == .pass)
    #expect(judge(active("t", 200, "TRACE / HTTP/1.1\r\nX-Launchgate: 4711")).verdict == .fail)
    #expect(judge(active("t", 400, "bad: 4711")).verdict == .fail)
    #expect(judge(active("t", failing: .closed)).verdict == .unknown)
    #expect(judge(active("t", 429)).verdict == .unknown)
  }

  @Test func anOfferIsForReview() {
    let offer = active("o", 200, "", [("Allow", "GET, trace")])
    #expect(judge(active("t", 405), offer).verdict == .review)
    #expect(
      judge(active("t", 405), active("o", 200, "", [("Allow", "GET, HEAD")])).verdict == .pass)
  }

  @Test(arguments: [true, false]) func asksARealServer(isBad: Bool) async throws {
    let server = try await CountingServer.start { request in
      guard request.method == "TRACE" else { return .init(204, "", [("Allow", "GET, HEAD")]) }
      return isBad
        ? .init(200, request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\r\n"))
        : .init(405)
    }
    let finding = await HTTPMethodsProbe(parameters: Parameters()).run(
      in: try server.context(paths: ["/a", "/b", "/c"]))
    #expect(finding.verdict == (isBad ? .fail : .pass), "\(finding.summary)")
    #expect(server.requests.map(\.path) == ["/", "/", "/a", "/a", "/b", "/b"])
  }
}
