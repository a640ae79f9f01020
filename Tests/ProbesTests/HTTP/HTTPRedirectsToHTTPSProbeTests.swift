import Checklist
import Testing

@testable import Probes

@Suite struct HTTPRedirectsToHTTPSProbeTests {
  typealias Probe = HTTPRedirectsToHTTPSProbe

  static let start = TargetURL(scheme: .http, host: testHost)
  static let secure = TargetURL(scheme: .https, host: testHost)

  static func hop(_ url: TargetURL, _ location: String?) -> HTTPResponse {
    HTTPResponse(
      url: url, status: location == nil ? 200 : 301,
      fields: location.map { [.init(name: "location", value: $0)] } ?? [])
  }

  static func verdict(
    _ hops: [HTTPResponse], _ end: RedirectTrail.End, tls: Bool = false
  ) -> Finding.Verdict {
    Probe.judge(.init(trail: .init(responses: hops, end: end), tlsAnswers: tls)).verdict
  }

  @Test func passesClosedPortsAndOwnHosts() {
    let to = Self.hop(Self.start, "https://shop.test/")
    #expect(Self.verdict([to, Self.hop(Self.secure, nil)], .answered) == .pass)
    let elsewhere = TargetURL(scheme: .https, host: "other.test")
    #expect(Self.verdict([to], .elsewhere(elsewhere)) == .pass)
    #expect(Self.verdict([], .failed(Self.start, .refused), tls: true) == .pass)
    #expect(Self.verdict([], .failed(Self.start, .filtered), tls: true) == .pass)
  }

  @Test func failsWhatStaysOrComesBackToHTTP() {
    #expect(Self.verdict([Self.hop(Self.start, nil)], .answered) == .fail)
    let plain = Self.hop(Self.start, "http://shop.test/x")
    #expect(Self.verdict([plain, Self.hop(Self.secure, nil)], .answered) == .fail)
    let to = Self.hop(Self.start, "https://shop.test/")
    #expect(Self.verdict([to], .downgrade(Self.start)) == .fail)
    #expect(Self.verdict([to], .failed(Self.secure, .untrusted("x"))) == .fail)
    #expect(Self.verdict([Self.hop(Self.start, "javascript:1")], .unreadable("x")) == .fail)
  }

  @Test func noLineOfAFaultIsGreen() {
    for plain in [Self.hop(Self.start, nil), Self.hop(Self.start, "http://shop.test/x")] {
      let finding = Probe.judge(
        .init(trail: .init(responses: [plain], end: .answered), tlsAnswers: true))
      #expect(finding.details.map(\.verdict) == [.fail])
    }
  }

  @Test func reviewsAFirstHopToAnotherHost() {
    let away = Self.hop(Self.start, "https://www.shop.test/")
    let www = TargetURL(scheme: .https, host: "www.shop.test")
    #expect(Self.verdict([away], .elsewhere(www)) == .review)
    #expect(Self.verdict([away, Self.hop(www, nil)], .answered) == .review)
  }

  @Test func aPathThatAnswersInThePlainFailsBesideARedirectedStart() {
    let trail = RedirectTrail(
      responses: [Self.hop(Self.start, "https://shop.test/"), Self.hop(Self.secure, nil)],
      end: .answered)
    let login = Self.start.at("/login")
    func verdict(_ answer: Result<HTTPResponse, NetworkFailure>) -> Finding.Verdict {
      Probe.judge(.init(trail: trail, tlsAnswers: true, others: [("/login", answer)])).verdict
    }
    #expect(verdict(.success(Self.hop(login, "https://shop.test/login"))) == .pass)
    #expect(verdict(.success(HTTPResponse(url: login, status: 403))) == .pass)
    #expect(verdict(.success(HTTPResponse(url: login, status: 200))) == .fail)
    #expect(verdict(.success(HTTPResponse(url: login, status: 304))) == .fail)
    #expect(verdict(.success(Self.hop(login, "http://shop.test/login/"))) == .fail)
    #expect(verdict(.success(Self.hop(login, "https://other.test/"))) == .review)
    #expect(verdict(.failure(.timedOut)) == .unknown)
  }

  @Test func unknownIsWhatWasNotSeen() {
    let to = Self.hop(Self.start, "https://shop.test/")
    #expect(Self.verdict([], .failed(Self.start, .filtered)) == .unknown)
    // A service that is not running yet may open the port later.
    #expect(Self.verdict([], .failed(Self.start, .refused)) == .unknown)
    // Accepting and then saying nothing is not being closed.
    #expect(Self.verdict([], .failed(Self.start, .timedOut), tls: true) == .unknown)
    #expect(Self.verdict([], .failed(Self.start, .proxy("x")), tls: true) == .unknown)
    #expect(Self.verdict([to], .failed(Self.secure, .timedOut)) == .unknown)
    #expect(Self.verdict([to], .tooMany) == .unknown)
  }

  @Test func aClosedPortPassesBesideTLS() async throws {
    let https = try await ScriptedServer.start(.close)
    let finding = await Probe(parameters: Parameters()).run(in: .local(https: https.port))
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.facts == ["http": "closed"])
  }

  @Test func aTargetOnPlainHTTPIsAskedOnItsOwnPort() async throws {
    let server = try await ScriptedServer.http { _ in "HTTP/1.1 200 OK\r\n\r\n" }
    var context = ProbeContext.local(authorised: ["127.0.0.1"])
    context.target = Target(url: "http://127.0.0.1:\(server.port)")
    #expect(await Probe(parameters: Parameters()).run(in: context).verdict == .fail)
  }

  @Test func aLoopEnds() async throws {
    let server = try await ScriptedServer.http { _ in
      "HTTP/1.1 302 Found\r\nLocation: http://\(testHost)/\r\n\r\n"
    }
    let finding = await Probe(parameters: Parameters()).run(in: .local(http: server.port))
    // The first hop is plain HTTP again, whatever comes later.
    #expect(finding.verdict == .fail)
    #expect(try await server.wasContacted(times: 11))
    #expect(server.connections == 11)
  }

  @Test func followsToTheEndAndSaysWhere() async throws {
    let authority = try TestAuthority()
    let https = try await ScriptedServer.http(tls: authority.server()) { path in
      path == "/"
        ? "HTTP/1.1 302 Found\r\nLocation: http://\(testHost)/plain\r\n\r\n"
        : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    }
    for (path, verdict) in [("/ok", Finding.Verdict.pass), ("/", .fail)] {
      let http = try await ScriptedServer.http { _ in
        "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://\(testHost)\(path)\r\n\r\n"
      }
      let finding = await Probe(parameters: Parameters()).run(
        in: .local(https: https.port, http: http.port, caFile: authority.file))
      #expect(finding.verdict == verdict, "\(finding.summary)")
      #expect(finding.facts == ["http": "308 to https://shop.test"])
    }
  }

  @Test func failsWhereTheRedirectMeetsAnUntrustedCertificate() async throws {
    let (authority, other) = (try TestAuthority(), try TestAuthority())
    let https = try await ScriptedServer.start(.close, tls: authority.server())
    let http = try await ScriptedServer.http { _ in
      "HTTP/1.1 301 Moved\r\nLocation: https://\(testHost)/\r\n\r\n"
    }
    let finding = await Probe(parameters: Parameters()).run(
      in: .local(https: https.port, http: http.port, caFile: other.file))
    #expect(finding.verdict == .fail)
  }

  @Test func thePortIsAParameter() async throws {
    let server = try await ScriptedServer.http { _ in "HTTP/1.1 200 OK\r\n\r\n" }
    var context = ProbeContext.local(authorised: ["127.0.0.1"])
    context.target = Target(url: "https://127.0.0.1")
    let port = Parameters(["port": .integer(server.port)])
    #expect(await Probe(parameters: port).run(in: context).verdict == .fail)
    let none = Parameters(["port": .integer(0)])
    #expect(await Probe(parameters: none).run(in: context).verdict == .unknown)
    // Only this one port is authorised, and it is not the one of plain HTTP.
    context.authorised = ["127.0.0.1:443"]
    #expect(await Probe(parameters: port).run(in: context).verdict == .unknown)
    #expect(try await server.wasContacted())
    #expect(server.connections == 1)
  }
}
