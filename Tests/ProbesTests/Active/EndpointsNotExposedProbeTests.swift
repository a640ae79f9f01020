import Checklist
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(2))) struct EndpointsNotExposedProbeTests {
  private func look(_ path: String, _ answer: ActiveAnswer) throws -> EndpointsNotExposedProbe.Look
  {
    let endpoint = try #require(ExposedEndpoint.all.first { $0.path == path })
    return .init(endpoint: endpoint, answer: answer)
  }

  private func judge(
    _ path: String, _ answer: ActiveAnswer, missing: ActiveAnswer = active("random path", 404),
    _ parameters: [String: JSONValue] = [:]
  ) throws -> Finding {
    EndpointsNotExposedProbe.judge(
      [try look(path, answer)], [], missing: missing, Parameters(parameters))
  }

  static let exposed: [(String, String)] = [
    ("/.env", "APP_KEY=1\nDB_PASSWORD=x\n"), ("/.env", "# comment\nexport=1\nA_B=2"),
    ("/.git/HEAD", "ref: refs/heads/main\n"),
    ("/.git/config", "[core]\n\trepositoryformatversion = 0"),
    ("/.aws/credentials", "[default]\naws_access_key_id = x"), ("/backup.sql", "CREATE TABLE a"),
    ("/console", "<title>Console // Werkzeug Debugger</title>"),
    ("/actuator/env", "{\"propertySources\":[]}"), ("/phpinfo.php", "<h1>phpinfo()</h1>"),
    ("/server-status", "<title>Apache Server Status for x</title>"),
    ("/nginx_status", "Active connections: 1"), ("/metrics", "# HELP a b\n# TYPE a counter"),
    ("/graphql", "{\"data\":{\"__schema\":{\"queryType\":{\"name\":\"Query\"}}}}"),
    ("/swagger-ui/index.html", "<div id=\"swagger-ui\">"), ("/ui/", "<div id='swagger-ui'>"),
    ("/openapi.json", "{\"openapi\":\"3.0.1\",\"paths\":{}}"),
    ("/adminer.php", "<form><h1>Adminer</h1>"), ("/health", "{\"components\":{\"db\":{}}}"),
  ]

  @Test(arguments: exposed.indices) func knowsByItsContent(_ index: Int) throws {
    let (path, body) = Self.exposed[index]
    let finding = try judge(path, active(path, 200, body))
    #expect(finding.verdict == .fail, "\(path): \(finding.summary)")
    #expect(finding.facts["exposed"] == path)
    #expect(try judge(path, active(path, 403, body)).verdict == .pass)
  }

  @Test func aStatusAloneIsForReview() throws {
    let page = active("/console", 200, "<html>our own console</html>")
    #expect(try judge("/console", page).verdict == .review)
    #expect(try judge("/.env", active("/.env", 200, "<html>A=1</html>")).verdict == .review)
    #expect(try judge("/.env", active("/.env", 404, "A=1")).verdict == .pass)
  }

  @Test func aPageThatAnswersEveryPathIsKnown() throws {
    let html = [("Content-Type", "text/html")]
    let missing = active("random path", 200, "<html>app nonce=123</html>", html)
    let same = active("/console", 200, "<html>app nonce=456</html>", html)
    #expect(try judge("/console", same, missing: missing).verdict == .pass)
    let fool = active("random path", 200, "A=1")
    #expect(try judge("/.env", active("/.env", 200, "B=2"), missing: fool).verdict == .review)
    let real = active("/.env", 200, "APP_KEY=1")
    #expect(try judge("/.env", real, missing: missing).verdict == .fail)
  }

  @Test func whatWasNotSeenIsUnknown() throws {
    let silent = active("/.env", failing: .timedOut)
    #expect(try judge("/.env", silent).verdict == .unknown)
    #expect(try judge("/.env", active("/.env", 429)).verdict == .unknown)
    let blind = try judge("/.env", active("/.env", 404), missing: active("random path", 503))
    #expect(blind.verdict == .unknown)
  }

  @Test func whatIsPublicOnPurposeIsSaid() throws {
    let page = active("/openapi.json", 200, "{\"openapi\":\"3\",\"paths\":{}}")
    let intended: [String: JSONValue] = ["intended": .strings(["/openapi.json"])]
    #expect(try judge("/openapi.json", page, intended).verdict == .pass)
    let other = try judge("/.git/HEAD", active("/.git/HEAD", 200, "ref: refs/x"), intended)
    #expect(other.verdict == .fail)
  }

  private func judge(
    _ path: String, _ answer: ActiveAnswer, _ parameters: [String: JSONValue]
  ) throws -> Finding {
    try judge(path, answer, missing: active("random path", 404), parameters)
  }

  @Test func findsThemOnARealServer() async throws {
    let server = try await CountingServer.start { request in
      switch request.path {
      case "/.git/HEAD": .init(200, "ref: refs/heads/main\n")
      case "/console": .init(302, "", [("Location", "/console/")])
      case "/console/": .html("Werkzeug interactive console")
      case "/graphql" where request.method == "POST" && request.body.contains("__schema"):
        .json("{\"data\":{\"__schema\":{\"queryType\":{\"name\":\"Q\"}}}}")
      default: .html("not found", 404)
      }
    }
    let finding = await EndpointsNotExposedProbe(parameters: Parameters()).run(
      in: try server.context())
    #expect(finding.verdict == .fail)
    #expect(finding.facts["exposed"] == "/.git/HEAD /console /graphql", "\(finding.summary)")
    #expect(server.requests.first?.path.hasPrefix("/launchgate-") == true)
    #expect(server.requests.count == 37)
    #expect(server.requests.filter { $0.method != "GET" }.map(\.path) == ["/graphql"])
  }

  @Test func oneKindAsksLess() async throws {
    let server = try await CountingServer.start { _ in .init(404) }
    let parameters = Parameters(["kinds": .strings(["admin"])])
    let finding = await EndpointsNotExposedProbe(parameters: parameters).run(
      in: try server.context())
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(server.requests.count == 4)
    let odd = EndpointsNotExposedProbe(parameters: Parameters(["kinds": .strings(["odd"])]))
    #expect(try await odd.run(in: server.context()).verdict == .unknown)
  }
}
