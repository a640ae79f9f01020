import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct LogsNoSensitiveDataProbeTests {
  private static let harmless = "Nov 21 02:16:09 INFO request GET /orders/4711 200 12ms id=9f8e7d\n"

  private func judge(
    _ line: String, _ rules: [LogRule] = LogRule.allCases, lines: Int = 200
  ) -> Finding {
    let text = String(repeating: Self.harmless, count: lines) + line + "\n"
    return LogsNoSensitiveDataProbe.judge(
      [LogSample("app.log", bytes: Array(text.utf8), written: 0)], rules,
      now: Timestamp(seconds: 60))
  }

  @Test(arguments: [
    ("card 4111 1111 1111 1111 refused", Finding.Verdict.fail), ("pan=4111111111111111", .fail),
    ("pan=\"5555-5555-5555-4444\"", .fail), ("378282246310005", .fail),
    ("6011111111111117,x", .fail),
    ("Authorization: Bearer q7Vt2mZx9KpLw4c8.x", .fail),
    ("GET /cb?access_token=Zx9kQ2vLpTr7 200", .fail),
    ("GET /a?x=1&api_key=Zx9kQ2vLpTr7Wm", .fail), ("login by jo.doe+a@mail.shop.io", .fail),
    ("token " + PlantedSecret.checked("gh" + "p_"), .fail),
    ("connect postgres://app:Zx9" + "kQ2vLp@db.shop.io/x", .fail), ("password=hx7Kq2Lm", .review),
    ("user typed password: Sommer24", .review),
    ("card 4111 1111 1111 1112 refused", .pass), ("id 12345678901234567", .pass),
    ("trace 4111111111111111abc", .pass), ("0.4111111111111111", .pass),
    ("hash a4111111111111111", .pass),
    ("time 1732155369000", .pass), ("Authorization: Bearer [redacted]", .pass),
    ("Bearer of bad news", .pass), ("GET /cb?access_token=***", .pass),
    ("password=[FILTERED]", .pass),
    ("mail to user 42 sent", .pass), ("@timestamp 5", .pass), ("", .pass),
  ])
  func judgesLines(_ line: String, _ expected: Finding.Verdict) {
    let finding = judge(line)
    #expect(finding.verdict == expected, "\(line): \(finding.everything)")
    for secret in ["4111", "5555", "jo.doe", "Zx9", "hx7Kq2", "Sommer", "q7Vt2"] {
      #expect(!finding.everything.contains(secret))
    }
    if expected == .fail { #expect(finding.message.contains("line 201 of the sample")) }
  }

  @Test func aPassSpeaksOfTheSampleOnly() {
    #expect(judge("").message.contains("a sample of 201 lines"))
    #expect(judge("", lines: 5).verdict == .review, "too few lines")
    let old = LogsNoSensitiveDataProbe.judge(
      [LogSample("a", bytes: Array(String(repeating: Self.harmless, count: 200).utf8), written: 0)],
      LogRule.allCases, now: Timestamp(seconds: 8 * 86_400))
    #expect(old.verdict == .review)
  }

  @Test func onlyTheChosenKindsCount() {
    #expect(judge("login by jo.doe@shop.io", [.secrets, .tokens]).verdict == .pass)
    #expect(judge("login by jo.doe@shop.io", [.emails]).verdict == .fail)
  }

  @Test(
    arguments: [
      [0x1F, 0x8B, 0x08], Array("LPKSHHRH....".utf8), [], Array("a\u{0}b".utf8),
      [0x28, 0xB5, 0x2F, 0xFD],
    ] as [[UInt8]])
  func unknownForWhatIsNoText(_ bytes: [UInt8]) {
    let finding = LogsNoSensitiveDataProbe.judge(
      [LogSample("a", bytes: bytes, written: 0)], LogRule.allCases, now: Timestamp(seconds: 0))
    #expect(finding.verdict == .unknown)
    #expect(finding.hint?.contains("journalctl") == true)
  }

  @Test func readsTheEndOfALargeFile() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "app.log", "mail jo@shop.io\n" + String(repeating: Self.harmless, count: 150_000))
    let run = { (files: [String]) in
      await LogsNoSensitiveDataProbe(parameters: Parameters(["files": .strings(files)]))
        .run(in: ProbeContext(hostName: "here", now: .real, timeout: .seconds(120)))
    }
    let finding = await run([path])
    #expect(finding.verdict == .pass, "\(finding.everything)")
    #expect((finding.coverage["bytes"] ?? 0) <= LogSample.limit)
    #expect((finding.coverage["bytes"] ?? 0) > LogSample.limit - 100)
    #expect(await run([path, folder.path + "/none"]).verdict == .unknown)
    #expect(await run([folder.path]).verdict == .unknown)
    #expect(await run([]).verdict == .unknown)
  }

  @Test func unknownWithoutEnoughTime() {
    let text = String(repeating: Self.harmless, count: 5_000)
    let finding = LogsNoSensitiveDataProbe.judge(
      [LogSample("a", bytes: Array(text.utf8), written: 0)], LogRule.allCases,
      now: Timestamp(seconds: 0), deadline: .now - .seconds(1))
    #expect(finding.verdict == .unknown)
  }

  @Test func linesWithoutEndAreReadOnce() {
    let text =
      String(repeating: "a", count: 1 << 20) + "@\n"
      + String(repeating: "password ", count: 100_000)
    let start = ContinuousClock.now
    let finding = LogsNoSensitiveDataProbe.judge(
      [LogSample("a", bytes: Array(text.utf8), written: 0)], LogRule.allCases,
      now: Timestamp(seconds: 0), deadline: .now + .seconds(20))
    #expect(finding.verdict != .pass)
    #expect(ContinuousClock.now - start < .seconds(25))
  }

  @Test func checkDigits() {
    let digits = { (text: String) in text.utf8.map { $0 - 0x30 } }
    #expect(CardNumber.luhn(digits("79927398713")))
    for last in "012456789" { #expect(!CardNumber.luhn(digits("7992739871\(last)"))) }
    #expect(!CardNumber.isOne(digits("0000000000000000")))
  }
}
