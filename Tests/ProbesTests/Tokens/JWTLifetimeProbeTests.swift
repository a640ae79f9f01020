import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct JWTLifetimeProbeTests {
  private func encoded(_ text: String) -> String {
    Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  private func token(
    _ claims: String, _ header: String = #"{"alg":"HS256"}"#, signature: String = "c2ln"
  ) -> String {
    "\(encoded(header)).\(encoded(claims)).\(signature)"
  }

  private func run(
    _ text: String, _ parameters: [String: JSONValue] = [:], now: Int = 1_000
  ) async -> Finding {
    let context = ProbeContext(
      hostName: "here", now: Timestamp(seconds: now), environment: ["TOKEN": text])
    let all = parameters.merging(["variable": .string("TOKEN")]) { first, _ in first }
    return await JWTLifetimeProbe(parameters: Parameters(all)).run(in: context)
  }

  @Test(arguments: [
    (#"{"iat":1000,"exp":1900}"#, Finding.Verdict.pass), (#"{"iat":1000,"exp":4600}"#, .pass),
    (#"{"iat":1000,"exp":4601}"#, .review), (#"{"iat":1000,"exp":87400}"#, .review),
    (#"{"iat":1000,"exp":87401}"#, .fail), (#"{"iat":1000}"#, .fail), ("{}", .fail),
    (#"{"iat":1000,"exp":"1900"}"#, .fail), (#"{"iat":1000,"exp":true}"#, .fail),
    (#"{"iat":1000,"exp":1e300}"#, .fail), (#"{"exp":1900}"#, .review), (#"{"exp":200000}"#, .fail),
    (#"{"iat":1000,"exp":900}"#, .review), (#"{"iat":1000.5,"exp":1900.5}"#, .pass),
    (#"{"iat":1000,"exp":1900,"email":"a"}"#, .review), (#"{"iat":1000,"exp":null}"#, .fail),
  ])
  func judgesLifetimes(_ claims: String, _ expected: Finding.Verdict) async {
    let finding = await run(token(claims))
    #expect(finding.verdict == expected, "\(claims): \(finding.everything)")
  }

  @Test(arguments: [#"{"alg":"none"}"#, #"{"alg":"NONE"}"#, #"{"alg":"nOnE"}"#])
  func failsWithoutSignature(_ header: String) async {
    #expect(await run(token(#"{"iat":1000,"exp":1900}"#, header)).verdict == .fail)
    #expect(await run(token(#"{"iat":1000,"exp":1900}"#, signature: "")).verdict == .fail)
  }

  @Test func unknownForWhatIsNoToken() async {
    for text in [
      "", "a", "a.b", "a.b.c", "a.b.c.d.e", "\(encoded("[]")).\(encoded("{}")).x", "..",
      token("{", #"{"alg":"HS256"}"#), token("{}", "{}"), token("{}") + "\n" + token("{}"), "ü.ü.ü",
    ] {
      let finding = await run(text)
      #expect(finding.verdict == .unknown, "\(text): \(finding.everything)")
    }
    #expect(await run(token("{}"), ["variable": .string("OTHER")]).verdict == .unknown)
  }

  @Test func thePartsOfATokenAreNeverShown() async {
    let text = token(#"{"iat":1000,"exp":1900,"email":"jo@shop.io"}"#)
    let finding = await run("Bearer " + text)
    #expect(finding.verdict == .review)
    for part in text.split(separator: ".").map(String.init) + ["jo@shop.io"] {
      #expect(!finding.everything.contains(part))
    }
    #expect(finding.everything.contains("email"))
  }

  @Test func theProfileSetsTheLimits() async {
    let text = token(#"{"iat":1000,"exp":1900}"#)
    #expect(await run(text, ["maximum": .string("5m")]).verdict == .review)
    #expect(await run(text, ["maximum": .string("5m"), "limit": .string("10m")]).verdict == .fail)
  }

  @Test func factsDoNotDependOnTheMoment() async {
    let text = token(#"{"exp":1900}"#)
    #expect(await run(text, now: 1_000).facts == (await run(text, now: 1_500).facts))
  }
}
