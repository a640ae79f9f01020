import Checklist
import Testing

@testable import Probes

@Suite struct HeadersBannerProbeTests {
  typealias Probe = HeadersBannerProbe

  static func judge(_ fields: [(String, String)], status: Int = 200, asked: Int = 1) -> Finding {
    let response = HTTPResponse(
      url: TargetURL(scheme: .https, host: testHost), status: status,
      fields: fields.map { .init(name: $0.0, value: $0.1) })
    return Probe.judge(
      [PageObservation(label: "/", trail: .init(responses: [response], end: .answered))],
      asked: asked)
  }

  @Test(arguments: [
    ([], Finding.Verdict.pass), ([("Server", "nginx")], .pass), ([("Server", "cloudflare")], .pass),
    ([("server", "nginx/1.22.1")], .review), ([("Server", "Microsoft-IIS/10.0")], .review),
    ([("X-Powered-By", "Express")], .pass), ([("X-Powered-By", "PHP/8.2.7")], .review),
    ([("Server", "nginx"), ("X-AspNet-Version", "4.0.30319")], .review),
    ([("X-Generator", "Drupal 10")], .review),
    // The first word of Via is the version of the protocol.
    ([("Via", "1.1 varnish")], .pass), ([("Via", "1.1 a.example, HTTP/2 b2")], .pass),
    ([("Via", "1.1 proxy (Varnish/6.0)")], .review), ([("Via", "1.1 squid/5.7")], .review),
    ([("X-Other", "7.4")], .pass),
  ])
  func judges(_ fields: [(String, String)], _ verdict: Finding.Verdict) {
    let finding = Self.judge(fields)
    #expect(finding.verdict == verdict, "\(finding.summary)")
    #expect((finding.facts["versions"] == "none") == (verdict == .pass))
  }

  @Test func whatWasNotSeenIsUnknown() {
    #expect(Self.judge([("Server", "nginx/1.22.1")], status: 503).verdict == .unknown)
    #expect(Self.judge([], asked: 2).verdict == .unknown)
    #expect(Probe.judge([], asked: 0).verdict == .unknown)
  }
}
