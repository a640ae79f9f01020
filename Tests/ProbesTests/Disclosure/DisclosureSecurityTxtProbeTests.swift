import Checklist
import Testing

@testable import Probes

@Suite struct DisclosureSecurityTxtProbeTests {
  typealias Probe = DisclosureSecurityTxtProbe

  static let url = TargetURL(scheme: .https, host: testHost, path: Probe.path)
  static let now = Timestamp(seconds: 1_795_000_000)  // 2026-11-18
  static let plain = "text/plain; charset=utf-8"

  static func judge(_ body: String, type: String? = plain, status: Int = 200) -> Finding {
    let fields = type.map { [HTTPResponse.Field(name: "content-type", value: $0)] } ?? []
    let response = HTTPResponse(
      url: url, status: status, fields: fields, body: Array(body.utf8))
    let trail = RedirectTrail(responses: [response], end: .answered)
    return Probe.judge(.init(trail: trail, hasLegacy: false), now: now)
  }

  static let valid = "Contact: mailto:a@shop.test\nExpires: 2027-06-01T00:00:00Z\n"

  static let cases: [(String, Finding.Verdict)] = [
    (valid, .pass), (valid.replacing("\n", with: "\r\n"), .pass),
    ("# note\n\n" + valid + "Preferred-Languages: en, de\nPolicy: https://shop.test/p\n", .pass),
    ("contact: tel:+1-201-555-0123\nEXPIRES: 2027-06-01t00:00:00+02:00\n", .pass),
    (valid + "Canonical: https://shop.test/.well-known/security.txt\n", .pass),
    (valid + "X-New-Field: anything\n", .pass), ("\u{FEFF}" + valid, .fail),
    (String(valid.dropLast()), .review), (valid + "Policy: http://shop.test/p\n", .fail),
    ("Contact:mailto:a@shop.test\nExpires: 2027-06-01T00:00:00Z\n", .fail),
    (valid.replacing("\n", with: "\u{2028}"), .fail), (valid.replacing("\n", with: "\r"), .fail),
    ("Contact: https://shop.test/report\nExpires: 2029-06-01T00:00:00.5Z\n", .pass),
    (signed(valid), .pass),
    ("", .fail), ("<html><body>Welcome</body></html>", .fail),
    ("Contact: mailto:a@shop.test\n", .fail), ("Expires: 2027-06-01T00:00:00Z\n", .fail),
    ("Contact: a@shop.test\nExpires: 2027-06-01T00:00:00Z\n", .fail),
    ("Contact: http://shop.test/\nExpires: 2027-06-01T00:00:00Z\n", .fail),
    ("Contact: mailto:a@shop.test\nExpires: 2026-11-01T00:00:00Z\n", .fail),
    ("Contact: mailto:a@shop.test\nExpires: 2027-06-01\n", .fail),
    ("Contact: mailto:a@shop.test\nExpires: Tue, 1 Jun 2027 00:00:00 GMT\n", .fail),
    ("Contact: mailto:a@shop.test\nExpires: 2027-02-30T00:00:00Z\n", .fail),
    (valid + "Expires: 2027-07-01T00:00:00Z\n", .fail),
    (valid + "Preferred-Languages: en\nPreferred-Languages: de\n", .fail),
    (valid + "Canonical: https://other.test/.well-known/security.txt\n", .fail),
    ("Contact : mailto:a@shop.test\nExpires: 2027-06-01T00:00:00Z\n", .fail),
    (valid + "no field at all\n", .fail), (valid + "Policy:\n", .fail),
    ("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + valid, .fail),
    (signed("Contact: mailto:a@shop.test\n"), .fail),
    // Behind the signature nothing is signed, so nothing counts.
    (signed("Contact: mailto:a@shop.test\n") + "Expires: 2027-06-01T00:00:00Z\n", .fail),
  ]

  static func signed(_ text: String) -> String {
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n\(text)-----BEGIN PGP SIGNATURE-----\n\n"
      + "abc\n-----END PGP SIGNATURE-----\n"
  }

  @Test(arguments: cases.indices) func judges(_ index: Int) {
    let (body, verdict) = Self.cases[index]
    let finding = Self.judge(body)
    #expect(finding.verdict == verdict, "\(body): \(finding.summary)")
  }

  @Test func wantsPlainTextInUTF8() {
    #expect(Self.judge(Self.valid, type: "text/html; charset=utf-8").verdict == .fail)
    #expect(Self.judge(Self.valid, type: "text/plain; charset=iso-8859-1").verdict == .fail)
    #expect(Self.judge(Self.valid, type: nil).verdict == .fail)
    #expect(Self.judge(Self.valid, type: "text/plain").verdict == .review)
    #expect(Self.judge(Self.valid, type: "Text/Plain;Charset=\"UTF-8\"").verdict == .pass)
    let latin = HTTPResponse(
      url: Self.url, status: 200, fields: [.init(name: "content-type", value: Self.plain)],
      body: Array(Self.valid.utf8) + [0xE9])
    let trail = RedirectTrail(responses: [latin], end: .answered)
    #expect(Probe.judge(.init(trail: trail, hasLegacy: false), now: Self.now).verdict == .fail)
  }

  @Test func aMissingFileFailsAndAServerInTroubleIsUnknown() {
    #expect(Self.judge("", status: 404).verdict == .fail)
    #expect(Self.judge("", status: 403).verdict == .fail)
    #expect(Self.judge("", status: 503).verdict == .unknown)
    #expect(Self.judge("", status: 429).verdict == .unknown)
  }

  @Test(arguments: [
    ("2027-06-01T00:00:00Z", "2027-06-01T00:00:00Z"),
    ("2027-06-01T01:30:00+01:30", "2027-06-01T00:00:00Z"),
    ("2027-06-01T00:00:00-02:00", "2027-06-01T02:00:00Z"),
    ("2027-06-01T00:00:00.123Z", "2027-06-01T00:00:00Z"),
  ])
  func readsOffsets(_ text: String, _ expected: String) {
    #expect(SecurityTxt.dateTime(text)?.rfc3339 == expected)
  }

  @Test func tellsOfTheOldPlace() async throws {
    let authority = try TestAuthority()
    let server = try await ScriptedServer.http(tls: authority.server()) { path in
      path == "/security.txt" ? "HTTP/1.1 200 OK\r\n\r\n" : "HTTP/1.1 404 Not Found\r\n\r\n"
    }
    let finding = await Probe(parameters: Parameters()).run(
      in: .local(https: server.port, caFile: authority.file))
    #expect(finding.verdict == .fail)
    #expect(finding.message.contains("only the old place"))
  }

  @Test func aRedirectToAnotherHostIsUnknownAndNotFollowed() async throws {
    let other = try await ScriptedServer.start(.close)
    let authority = try TestAuthority()
    let server = try await ScriptedServer.http(tls: authority.server()) { _ in
      "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:\(other.port)/s\r\n\r\n"
    }
    let finding = await Probe(parameters: Parameters()).run(
      in: .local(https: server.port, caFile: authority.file))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("127.0.0.1"))
    #expect(other.connections == 0)
  }
}
