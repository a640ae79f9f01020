import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct LogsEntryContextProbeTests {
  private static let whole =
    #"{"time":"2026-11-21T10:35:01Z","user":"u17","action":"order.paid","outcome":"done"}"#

  private func judge(
    _ lines: [String], own: [String: LogEntry.Part] = [:]
  ) -> Finding {
    LogsEntryContextProbe.judge(
      [LogSample("app.log", bytes: Array(lines.joined(separator: "\n").utf8), written: 0)],
      own: own)
  }

  @Test(arguments: [
    whole, "time=2026-11-21T10:35:01Z user=u17 action=order.paid outcome=done",
    "Nov 21 10:35:01 shop[7]: session_id=\"a b\" msg=\"paid an order\" status=200",
    #"{"@timestamp":"x","event":{"action":"login","outcome":"failure"},"user":{"id":"7"}}"#,
    #"10:35:01 user.id=7 http.method=GET http.status_code=404"#,
  ])
  func anEntryThatTellsAllPasses(_ line: String) {
    let finding = judge(Array(repeating: line, count: 20))
    #expect(finding.verdict == .pass, "\(finding.everything)")
    #expect(finding.facts == ["app.log": ""])
    #expect(!finding.everything.contains("u17") && !finding.everything.contains("paid"))
  }

  @Test(arguments: [
    ("user=u17 action=order.paid outcome=done", "when"),
    ("10:35:01 action=order.paid outcome=done", "who"),
    ("10:35:01 user=- action=order.paid outcome=done", "who"),
    ("10:35:01 user= action=order.paid outcome=done", "who"),
    (#"{"ts":1,"user":"","action":"x","result":"ok"}"#, "who"),
    (#"{"ts":1,"user":null,"action":"x","result":"ok"}"#, "who"),
    // A name inside of a text is no field.
    (#"{"ts":1,"msg":"the \"user\": is 7","result":"ok"}"#, "who"),
    ("10:35:01 user=u17 outcome=done level=info", "what"),
    ("10:35:01 user=u17 action=order.paid took=12ms", "outcome"),
  ])
  func whatNoEntryTellsFails(_ line: String, _ missing: String) {
    let finding = judge(Array(repeating: line, count: 20))
    #expect(finding.verdict == .fail, "\(finding.everything)")
    #expect(finding.facts == ["app.log": missing])
  }

  @Test func whatSomeEntriesDoNotTellIsForAPerson() {
    let short = #"{"time":"x","action":"started","outcome":"ok"}"#
    let few = judge(Array(repeating: Self.whole, count: 19) + [short])
    #expect(few.verdict == .pass, "\(few.everything)")
    let many = judge(Array(repeating: Self.whole, count: 17) + [short, short, short])
    #expect(many.verdict == .review)
    #expect(many.message.contains("3 of 20 entries do not tell which user or session"))
    #expect(judge([Self.whole]).verdict == .review, "too few")
  }

  @Test func freeTextIsForAPerson() {
    let line = "Nov 21 10:35:01 INFO u17 paid an order, x=1"
    let finding = judge(Array(repeating: line, count: 50))
    #expect(finding.verdict == .review && finding.facts == ["app.log": "free text"])
  }

  @Test func namesOfOnesOwnCount() {
    let lines = Array(repeating: "10:35:01 kunde=7 action=x result=ok", count: 20)
    #expect(judge(lines).verdict == .fail)
    #expect(judge(lines, own: ["kunde": .who]).verdict == .pass)
  }

  @Test func whatCannotBeReadIsUnknown() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("app.log", String(repeating: Self.whole + "\n", count: 100))
    let run = { (parameters: [String: JSONValue]) in
      await LogsEntryContextProbe(parameters: Parameters(parameters))
        .run(in: ProbeContext(hostName: "here", now: .real, timeout: .seconds(60)))
    }
    #expect(await run(["files": .strings([path])]).verdict == .pass)
    #expect(await run(["files": .strings([path, folder.path + "/none"])]).verdict == .unknown)
    #expect(await run([:]).verdict == .unknown)
    let names = await run(["files": .strings([path]), "names": .strings(["kunde"])])
    #expect(names.verdict == .unknown && names.hint?.contains("who=NAME") == true)
    let late = LogsEntryContextProbe.judge(
      [LogSample("a", bytes: Array(Self.whole.utf8), written: 0)], deadline: .now - .seconds(1))
    #expect(late.verdict == .unknown)
    let compressed = LogsEntryContextProbe.judge(
      [LogSample("a", bytes: [0x1F, 0x8B, 8], written: 0)])
    #expect(compressed.verdict == .unknown)
  }

  @Test(arguments: ["{\"", "{\"a", "{\"a\":", "{\"a\\", "=", "a=", "a=\"", "\"", "{\"a\":\"\\"])
  func brokenLinesAreRead(_ line: String) {
    #expect(LogEntry(Array(line.utf8)).parts.isEmpty)
  }
}
