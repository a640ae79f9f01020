import Checklist
import Testing

@testable import Probes

@Suite struct SecurityHeaderRulesTests {
  static let page = TargetURL(scheme: .https, host: testHost)

  static func verdict(
    _ header: String, _ fields: [(String, String)], _ parameters: Parameters = Parameters()
  ) -> Finding.Verdict? {
    let response = HTTPResponse(
      url: page, status: 200, fields: fields.map { .init(name: $0.0, value: $0.1) })
    return SecurityHeaderRules(parameters).opinion(on: header, in: response)?.verdict
  }

  static func verdict(
    _ header: String, _ values: [String], _ parameters: Parameters = Parameters()
  ) -> Finding.Verdict? {
    verdict(header, values.map { (header.uppercased(), $0) }, parameters)
  }

  @Test(arguments: [
    ([], Finding.Verdict.fail), (["max-age=31536000"], .pass), (["MAX-AGE=\"31536000\""], .pass),
    (["max-age = 63072000 ; includeSubDomains; preload"], .pass), (["max-age=0"], .fail),
    (["max-age=31535999"], .fail), (["includeSubDomains"], .fail), (["max-age"], .fail),
    (["max-age=-1"], .fail), (["max-age=1; max-age=31536000"], .fail), (["max-age=1e9"], .fail),
    (["max-age=0", "max-age=31536000"], .fail), (["max-age=31536000", "max-age=0"], .pass),
    (["max-age=99999999999999999999999"], .pass), ([""], .fail), (["max-age=٣٣٣٣٣٣٣٣٣"], .fail),
    (["; ;max-age=31536000;;"], .pass),
  ])
  func strictTransportSecurity(_ values: [String], _ verdict: Finding.Verdict) {
    #expect(Self.verdict("strict-transport-security", values) == verdict)
  }

  @Test(arguments: [
    ([], Finding.Verdict.fail), ([""], .fail), (["default-src 'self'"], .pass),
    (["script-src 'self'; object-src 'none'"], .pass), (["script-src 'self'"], .review),
    (["default-src 'self' 'unsafe-inline'"], .review),
    (["default-src 'self' 'unsafe-inline' 'nonce-abc'"], .pass),
    (["default-src 'self' 'unsafe-eval'"], .review), (["default-src *"], .review),
    (["default-src https:"], .review), (["default-src 'self' data:"], .review),
    (["default-src 'self'; object-src *"], .review), (["img-src 'self'"], .review),
    (["default-src 'self' http://cdn.example"], .review),
    (["default-src 'self' 'strict-dynamic'"], .review),
    (["script-src 'strict-dynamic' 'nonce-x' https:; object-src 'none'"], .pass),
    (["default-src 'self'; default-src *"], .fail),
    (["default-src *", "default-src 'self'"], .pass),
    (["default-src *, default-src 'self'"], .pass),
    (["frame-ancestors 'none'"], .review), (["DEFAULT-SRC 'SELF'"], .pass),
    (["default-src 'none'; script-src 'self' 'sha256-abc=' 'unsafe-inline'"], .pass),
    (["default-src 'self'; script-src-elem *"], .review),
    (["default-src 'self'; script-src-attr 'unsafe-inline'"], .review),
    (["default-src 'self'; object-src data:"], .review),
    (["default-src: 'self'"], .fail), (["<default-src 'self'>"], .fail),
    (["default_src 'self'; default-src 'self'"], .fail),
  ])
  func contentSecurityPolicy(_ values: [String], _ verdict: Finding.Verdict) {
    #expect(Self.verdict("content-security-policy", values) == verdict)
  }

  @Test(arguments: [
    ("default-src 'self'", "img-src 'self' data: https:", Finding.Verdict.pass),
    ("default-src 'self'; img-src *", "img-src 'self' data: https:", .review),
    ("default-src 'self'; img-src 'self' DATA:", "img-src 'self' data: https:", .pass),
    ("default-src 'self'; img-src 'none'", "img-src 'self'", .pass),
    ("default-src 'self'", "object-src 'none'", .review),
    ("default-src 'self'; object-src 'none'", "object-src 'none'", .pass),
    ("default-src 'self'; object-src", "object-src 'none'", .pass),
    // base-uri does not fall back to default-src, frame-src does by way of child-src.
    ("default-src 'none'", "base-uri 'self'", .review),
    ("default-src 'self'; base-uri 'none'", "base-uri 'self'", .pass),
    ("default-src 'self'; child-src https:", "frame-src 'self'", .review),
    ("default-src 'self'; script-src 'self' 'nonce-a1'", "script-src 'self'", .pass),
    ("script-src 'self'; object-src 'none'", "default-src 'self'", .review),
    ("default-src 'self'; img-src *, img-src 'self'", "img-src 'self'", .pass),
  ])
  func aPolicyWiderThanTheChecklistSaysIsForReview(
    _ policy: String, _ limit: String, _ verdict: Finding.Verdict
  ) {
    let parameters = Parameters(["csp-at-most": .strings([limit])])
    #expect(Self.verdict("content-security-policy", [policy], parameters) == verdict)
  }

  @Test func aPolicyThatOnlyReportsForbidsNothing() {
    let fields = [("Content-Security-Policy-Report-Only", "default-src 'self'")]
    #expect(Self.verdict("content-security-policy", fields) == .fail)
    let lenient = Parameters(["csp-report-only-suffices": .bool(true)])
    #expect(Self.verdict("content-security-policy", fields, lenient) == .review)
    #expect(Self.verdict("content-security-policy", [(String, String)](), lenient) == .fail)
  }

  @Test(arguments: [
    (["nosniff"], Finding.Verdict.pass), (["NoSniff"], .pass), (["nosniff", "nosniff"], .pass),
    ([], .fail), (["sniff"], .fail), (["nosniff, x"], .fail), ([""], .fail), (["no sniff"], .fail),
  ])
  func contentTypeOptions(_ values: [String], _ verdict: Finding.Verdict) {
    #expect(Self.verdict("x-content-type-options", values) == verdict)
  }

  static let framingCases: [([String], [String], Finding.Verdict, Finding.Verdict)] = [
    // X-Frame-Options, policies, verdict where frame-ancestors suffices, and where not.
    (["DENY"], [], .pass, .pass), (["sameorigin"], [], .pass, .pass), ([], [], .fail, .fail),
    (["SAMEORIGIN", "SAMEORIGIN"], [], .pass, .pass), (["DENY", "SAMEORIGIN"], [], .fail, .fail),
    (["ALLOW-FROM https://a.example"], [], .fail, .fail), (["ALLOWALL"], [], .fail, .fail),
    ([], ["frame-ancestors 'none'"], .pass, .fail), ([], ["frame-ancestors *"], .fail, .fail),
    (["DENY"], ["frame-ancestors *"], .fail, .fail), ([], ["default-src 'none'"], .fail, .fail),
    (["DENY"], ["frame-ancestors https:"], .fail, .fail),
    ([], ["frame-ancestors https://a.example"], .pass, .fail),
    ([], ["frame-ancestors *", "frame-ancestors 'self'"], .pass, .fail),
  ]

  @Test(arguments: framingCases.indices) func framing(_ index: Int) {
    let (options, policies, suffices, doesNot) = Self.framingCases[index]
    let fields =
      options.map { ("X-Frame-Options", $0) }
      + policies.map { ("Content-Security-Policy", $0) }
    #expect(Self.verdict("x-frame-options", fields) == suffices)
    let strict = Parameters(["frame-ancestors-suffices": .bool(false)])
    #expect(Self.verdict("x-frame-options", fields, strict) == doesNot)
  }

  @Test(arguments: [
    (["no-referrer"], Finding.Verdict.pass), (["strict-origin-when-cross-origin"], .pass),
    (["no-referrer, unsafe-url"], .fail), (["unsafe-url, same-origin"], .pass),
    (["same-origin, future-policy"], .pass), ([], .fail), ([""], .fail), (["nonsense"], .fail),
    (["origin"], .fail), (["no-referrer-when-downgrade"], .fail),
  ])
  func referrerPolicy(_ values: [String], _ verdict: Finding.Verdict) {
    #expect(Self.verdict("referrer-policy", values) == verdict)
  }

  @Test func acceptedReferrerPoliciesAreAParameter() {
    let only = Parameters(["referrer-policy": .strings(["no-referrer"])])
    #expect(Self.verdict("referrer-policy", ["same-origin"], only) == .fail)
    #expect(Self.verdict("referrer-policy", ["no-referrer"], only) == .pass)
  }

  @Test(arguments: [
    (["camera=()"], Finding.Verdict.pass),
    (["camera=(), geolocation=(self \"https://a.b\")"], .pass),
    (["fullscreen=*, picture-in-picture=self"], .pass), (["camera=()", "usb=()"], .pass),
    ([], .fail), ([""], .fail), (["geolocation 'none'"], .fail), (["camera"], .fail),
    (["camera=("], .fail), (["Camera=()"], .fail), (["camera=none"], .fail),
  ])
  func permissionsPolicy(_ values: [String], _ verdict: Finding.Verdict) {
    #expect(Self.verdict("permissions-policy", values) == verdict)
  }

  @Test func hasNoOpinionOnOtherFields() {
    #expect(Self.verdict("server", ["nginx"]) == nil)
  }
}
