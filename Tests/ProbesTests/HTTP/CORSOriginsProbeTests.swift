import Checklist
import Testing

@testable import Probes

@Suite struct CORSOriginsProbeTests {
  typealias Probe = CORSOriginsProbe

  static let url = TargetURL(scheme: .https, host: testHost)
  static let origins = ForeignOrigin.all(resembling: url)

  static func seen(
    _ origin: ForeignOrigin, _ fields: [(String, String)], status: Int = 200
  ) -> OriginAnswer {
    let response = HTTPResponse(
      url: url, status: status, fields: fields.map { .init(name: $0.0, value: $0.1) })
    return OriginAnswer(
      origin: origin,
      page: PageObservation(label: "/", trail: .init(responses: [response], end: .answered)))
  }

  static let allow = "access-control-allow-origin"
  static let credentials = "Access-Control-Allow-Credentials"

  @Test func aReflectedOriginFailsWithCredentialsAndIsReviewedWithout() {
    for origin in Self.origins {
      let bare = Probe.judge([Self.seen(origin, [(Self.allow, origin.value)])], Parameters())
      #expect(bare.verdict == .review, "\(origin.name): \(bare.summary)")
      let full = [(Self.allow, origin.value), (Self.credentials, "true")]
      let fault = Probe.judge([Self.seen(origin, full)], Parameters())
      #expect(fault.verdict == .fail, "\(origin.name): \(fault.summary)")
      #expect(fault.facts["/ \(origin.name)"] == "admitted with credentials")
    }
  }

  static let cases: [([(String, String)], Finding.Verdict)] = [
    ([], .pass), ([(allow, "https://\(testHost)")], .pass),
    ([(allow, "https://\(testHost)"), (credentials, "true")], .pass),
    ([(allow, "*")], .review), ([(allow, "*"), (credentials, "true")], .review),
    // Browsers compare the whole text and want exactly "true".
    ([(allow, "https://probe.invalid, https://a.test"), (credentials, "true")], .pass),
    ([(allow, "https://probe.invalid"), (allow, "*"), (credentials, "true")], .pass),
    ([(allow, "https://PROBE.invalid"), (credentials, "true")], .pass),
    ([(allow, " https://probe.invalid "), (credentials, " true ")], .fail),
    ([(allow, "https://probe.invalid"), (credentials, "True")], .review),
    ([(allow, "https://probe.invalid"), (credentials, "false")], .review),
    ([(credentials, "true")], .pass),
  ]

  @Test(arguments: cases.indices) func judges(_ index: Int) {
    let (fields, verdict) = Self.cases[index]
    let finding = Probe.judge([Self.seen(Self.origins[0], fields)], Parameters())
    #expect(finding.verdict == verdict, "\(fields): \(finding.summary)")
  }

  @Test func everybodyMayReadWhatTheChecklistCallsPublic() {
    let star = [Self.seen(Self.origins[0], [(Self.allow, "*")])]
    #expect(Probe.judge(star, Parameters(["public": .strings(["/"])])).verdict == .pass)
    #expect(Probe.judge(star, Parameters(["public": .strings(["/api"])])).verdict == .review)
    let reflected = [
      Self.seen(
        Self.origins[0], [(Self.allow, "https://probe.invalid"), (Self.credentials, "true")])
    ]
    #expect(Probe.judge(reflected, Parameters(["public": .strings(["/"])])).verdict == .fail)
  }

  @Test func aPageThatWasNotSeenIsUnknown() {
    #expect(
      Probe.judge([Self.seen(Self.origins[0], [], status: 502)], Parameters()).verdict == .unknown)
    #expect(Probe.judge([], Parameters()).verdict == .unknown)
    #expect(
      Probe.judge([Self.seen(Self.origins[0], [])], Parameters(), leftOut: 1).verdict == .unknown)
    // An error page that admits strangers is an answer all the same.
    let fields = [(Self.allow, "https://probe.invalid"), (Self.credentials, "true")]
    #expect(
      Probe.judge([Self.seen(Self.origins[0], fields, status: 401)], Parameters()).verdict == .fail)
  }

  /// Servers that compare with a part of the origin, and whom they admit by that.
  static let careless: [(admits: @Sendable (String) -> Bool, name: String)] = [
    ({ $0.hasPrefix("https://shop.test") }, "a name that begins alike"),
    ({ $0.hasSuffix("shop.test") }, "a name that ends alike"), ({ $0 == "null" }, "null"),
    ({ $0.hasPrefix("http://localhost") }, "localhost"),
  ]

  @Test(arguments: careless.indices) func seesACarelessComparison(_ index: Int) async throws {
    let authority = try TestAuthority.shared.get()
    let (admits, name) = Self.careless[index]
    let server = try await ScriptedServer.start(
      .reply { request in
        let lines = String(decoding: request, as: UTF8.self).split(separator: "\r\n")
        let origin = lines.first { $0.hasPrefix("Origin: ") }.map { String($0.dropFirst(8)) } ?? ""
        let fields =
          "Access-Control-Allow-Origin: \(origin)\r\nAccess-Control-Allow-Credentials: true\r\n"
        let admitted = admits(origin) ? fields : ""
        return Array("HTTP/1.1 200 OK\r\n\(admitted)Content-Length: 0\r\n\r\n".utf8)
      }, tls: authority.server())
    let finding = await Probe(parameters: Parameters()).run(
      in: .local(https: server.port, caFile: authority.file))
    #expect(finding.verdict == .fail)
    #expect(finding.facts == ["/ \(name)": "admitted with credentials"], "\(finding.summary)")
    #expect(server.connections == 5)
  }
}
