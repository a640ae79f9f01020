import Checklist
import Foundation
import Testing

@testable import Probes

/// One judgement: what the program does, what is expected, and what comes of it.
private struct Case: CustomTestStringConvertible {
  var script: String
  var parameters: [String: JSONValue]
  var verdict: Finding.Verdict
  var says: String

  init(
    _ script: String, _ parameters: [String: JSONValue], _ verdict: Finding.Verdict, _ says: String
  ) {
    (self.script, self.parameters, self.verdict, self.says) = (script, parameters, verdict, says)
  }

  var testDescription: String { "\(script) \(parameters.keys.sorted())" }
}

private let json = #"echo '{"a": {"b": [3, "x"]}, "ok": true}'"#

private let cases = [
  Case("exit 0", [:], .pass, "exit 0, as expected"),
  Case("exit 1", [:], .fail, "exit 1 is not what is expected"),
  Case("echo why >&2; exit 3", [:], .fail, "exit 3 is not what is expected: why"),
  Case("exit 2", ["exit": .integer(2)], .pass, "exit 2"),
  Case("exit 2", ["exit": .array([.integer(0), .integer(2)])], .pass, "exit 2"),
  Case("exit 2", ["unknown-exits": .integer(2)], .unknown, "says that it could not look"),
  Case("exit 127", [:], .unknown, "exit 127 says that it could not look"),
  Case("exit 126", [:], .unknown, "exit 126 says that it could not look"),
  Case("kill -9 $$", [:], .unknown, "it was ended by signal 9"),
  Case("kill -15 $$", ["exit": .integer(143)], .unknown, "it was ended by signal 15"),
  Case("echo v22.1", ["pattern": .string("^v2[0-9]")], .pass, "it wrote what is expected"),
  Case("echo v18.1", ["pattern": .string("^v2[0-9]")], .fail, "matches the pattern"),
  Case(":", ["pattern": .string("x")], .fail, "nothing in its output"),
  Case("echo a; echo ERROR", ["without": .string("ERROR")], .fail, "line 2 of its output"),
  Case("echo fine", ["without": .string("ERROR")], .pass, "it wrote"),
  Case("echo x >&2", ["pattern": .string("x")], .fail, "nothing in its output"),
  // An exit that is not expected makes the output worthless, whatever it says.
  Case("echo v22; exit 1", ["pattern": .string("v22")], .unknown, "its output says nothing"),
  Case("echo v22; exit 1", ["pattern": .string("v22"), "exit": .integer(1)], .pass, "exit 1"),
  Case(json, ["json": .string("$.a.b[0]"), "equals": .integer(3)], .pass, "exit 0"),
  Case(json, ["json": .string("$.a.b[0]"), "equals": .integer(4)], .fail, "is 3, not 4"),
  Case(json, ["json": .string("$.a.b[0]"), "at-most": .integer(2)], .fail, "more than 2"),
  Case(json, ["json": .string("$.a.b[0]"), "at-least": .integer(3)], .pass, "exit 0"),
  Case(json, ["json": .string("$.a.b[1]"), "at-least": .integer(3)], .unknown, "is no number"),
  Case(json, ["json": .string("$.a.b.length()"), "equals": .integer(2)], .pass, "exit 0"),
  Case(json, ["json": .string("$.a.c"), "equals": .integer(3)], .unknown, "has no $.a.c"),
  Case(json, ["json": .string("$.a"), "equals": .integer(3)], .unknown, "an object of 1"),
  Case(json, ["json": .string("$.ok"), "equals": .bool(true)], .pass, "exit 0"),
  Case(json, ["json": .string("$.ok"), "equals": .string("true")], .fail, "not \"true\""),
  Case("echo no", ["json": .string("$.a"), "equals": .integer(3)], .unknown, "is no JSON"),
  Case(
    "echo '{\"a\":1} x'", ["json": .string("$.a"), "equals": .integer(1)], .unknown, "is no JSON"),
  Case(
    "echo '{\"a\":1,\"a\":2}'", ["json": .string("$.a"), "equals": .integer(1)], .unknown,
    "a name stands twice"),
  Case(":", ["json": .string("$.a"), "equals": .integer(3)], .unknown, "is no JSON"),
  Case(
    #"printf 'ok\200'"#, ["pattern": .string("ok")], .unknown, "its output is no text in UTF-8"),
  Case(#"printf 'ok\000'"#, ["pattern": .string("ok")], .unknown, "no text"),
  Case("head -c 100000 /dev/urandom", [:], .pass, "exit 0"),
  Case("yes", [:], .unknown, "wrote more than is read"),
  Case("head -c 1100000000 /dev/zero", [:], .unknown, "wrote more than is read"),
  Case("head -c 17000000 /dev/zero >&2", [:], .unknown, "wrote more than is read"),
  Case("sleep 60", ["seconds": .integer(1)], .unknown, "did not finish in time"),
  Case(
    "trap '' TERM INT HUP; while :; do sleep 1; done", ["seconds": .integer(1)], .unknown,
    "did not finish in time"),
  Case("[ -t 0 ] || ! read x", [:], .pass, "exit 0"),
]

@Suite(.timeLimit(.minutes(3))) struct CommandProbeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func context(_ environment: [String: String] = [:]) -> ProbeContext {
    ProbeContext(
      repository: folder.path, hostName: "here", now: .real, timeout: .seconds(600),
      environment: ["PATH": "/usr/bin:/bin"].merging(environment) { _, new in new })
  }

  private func find(
    _ words: [String], _ parameters: [String: JSONValue] = [:],
    environment: [String: String] = [:]
  ) async -> Finding {
    let all = parameters.merging(["arguments": .strings(words)]) { _, new in new }
    return await CommandProbe(parameters: Parameters(all)).run(in: context(environment))
  }

  @Test(arguments: cases)
  private func judges(_ one: Case) async {
    let start = ContinuousClock.now
    let finding = await find(["sh", "-c", one.script], one.parameters)
    #expect(finding.verdict == one.verdict, "\(finding)")
    #expect("\(finding.message)".contains(one.says), "\(finding.message)")
    #expect((finding.hint == nil) == (one.verdict == .pass))
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(finding.transcript.utf8.count < 65_536)
    #expect(finding.vantage == Vantage(host: "here", network: .local))
  }

  @Test func whatIsNotThereIsUnknown() async throws {
    for program in ["no-such-program", "/no/such/program", folder.path] {
      let finding = await find([program])
      #expect(finding.verdict == .unknown)
      #expect(finding.message == "\(program) is not there, or may not be run")
    }
    // A text without #! is nothing that the kernel runs, and no shell is asked instead.
    let text = try folder.write("text", "exit 0\n")
    chmod(text, 0o755)
    #expect(await find([text]).verdict == .unknown)
    #expect(await find(["./text"]).message.contains("absolute path or a name in PATH"))
    // Neither is what the repository holds found by a relative PATH.
    let relative = await find(["text"], environment: ["PATH": ".:"])
    #expect(relative.message.hasPrefix("text is not there"))
  }

  @Test func argumentsAreHandedOnAsTheyAre() async throws {
    let words = ["a b", "$HOME", "`id`", "*", "", "; exit 3", "--"]
    let finding = await find(
      ["printf", "%s\\n"] + words,
      ["pattern": .string("^\\$HOME$\\n^`id`$\\n^\\*$\\n^$\\n^; exit 3$")])
    #expect(finding.verdict == .pass, "\(finding)")
    #expect(finding.reproduce == "printf '%s\\n' 'a b' '$HOME' '`id`' '*' '' '; exit 3' --")
  }

  @Test func theEnvironmentIsSmallAndTheFolderThatOfTheLaunch() async throws {
    let finding = await find(
      ["sh", "-c", "env | cut -d= -f1 | sort | tr '\\n' ' '; pwd -P"],
      [
        "environment": .strings(["GIVEN"]),
        "pattern": .string("^GIVEN HOME LC_ALL (OLDPWD )?PATH PWD "),
      ],
      environment: ["HOME": "/root", "GIVEN": "geheim-7", "AWS_SECRET_ACCESS_KEY": "no"])
    #expect(finding.verdict == .pass, "\(finding)")
    #expect(finding.transcript.contains(folder.path))
    let missing = await find(["true"], ["environment": .strings(["ABSENT"])])
    #expect(missing.verdict == .unknown)
    #expect(missing.message.contains("ABSENT is not set"))
  }

  @Test func whatLooksLikeASecretIsNotKept() async throws {
    let token = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O52oDw4C"
    let cases = [
      "echo token \(token)", "echo password=Tr0ub4dor+3x >&2; exit 1", "echo given $GIVEN",
    ]
    for script in cases {
      let finding = await find(
        ["sh", "-c", "S=\(script.count); " + script.replacing(token, with: "$(cat t)")],
        ["environment": .strings(["GIVEN"])], environment: ["GIVEN": "geheim-geheim"])
      #expect(!"\(finding)".contains("geheim-geheim"))
    }
    _ = try folder.write("t", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYzq8dW3kLmN\n")
    let finding = await find(["cat", "t"])
    #expect(finding.verdict == .pass)
    #expect(!"\(finding)".contains("wJalr"), "\(finding.transcript)")
    #expect(finding.transcript.contains("not kept"))
  }

  @Test func controlCharactersAreNotKept() async {
    let finding = await find(["printf", "\\033[2Jred\\007\\177\\302\\233"])
    #expect(finding.verdict == .pass)
    #expect(
      finding.transcript.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
      })
  }

  @Test func theFactsStayTheSameFromRunToRun() async {
    let script = "date +%N; echo $$; echo fine"
    let first = await find(["sh", "-c", script], ["pattern": .string("^fine$")])
    let second = await find(["sh", "-c", script], ["pattern": .string("^fine$")])
    #expect(first.facts == ["exit": "pass", "pattern": "pass"])
    #expect(first.facts == second.facts)
  }

  /// What a placeholder stands for is whatever the configuration says.
  @Test func aParameterOfAnotherKindIsNoParameterThatIsNotSet() async {
    let wrong: [[String: JSONValue]] = [
      ["pattern": .integer(3)], ["without": .bool(true)], ["json": .integer(1)],
      ["json": .string("$"), "equals": .array([])], ["exit": .string("1")],
      ["exit": .array([.integer(0), .string("1")])], ["seconds": .string("5")],
      ["environment": .string("HOME")], ["unknown-exits": .string("1")],
    ]
    for parameters in wrong {
      let finding = await find(["true"], parameters)
      #expect(finding.verdict == .unknown, "\(parameters)")
      #expect(finding.message.contains("has to be"), "\(finding.message)")
    }
    let numbers = CommandProbe(
      parameters: Parameters([
        "arguments": .array([.string("test"), .integer(3), .string("-eq"), .integer(3)])
      ]))
    #expect(await numbers.run(in: context()).verdict == .pass)
    let others: [JSONValue] = [
      .string("true"), .array([]), .array([.bool(true)]), .array([.string("test"), .null]),
    ]
    for value in others {
      let probe = CommandProbe(parameters: Parameters(["arguments": value]))
      #expect(await probe.run(in: context()).verdict == .unknown)
    }
    let file = FileProbe(
      parameters: Parameters(["path": .string("x"), "exists": .string("false")]))
    #expect(await file.run(in: context()).message == "exists has to be true or false, and is text")
  }

  @Test func whatItStartsIsEndedWithIt() async throws {
    let mark = "\(folder.path)/\(UUID().uuidString)"
    // A child that holds the output open, and goes on after the program has ended.
    let script = "(sleep 300; echo \(mark)) & echo ok"
    let start = ContinuousClock.now
    #expect(await find(["sh", "-c", script]).verdict == .pass)
    let judged = await find(["sh", "-c", script], ["pattern": .string("ok")])
    #expect(judged.verdict == .unknown)
    #expect(judged.message.contains("what it left running"))
    #expect(ContinuousClock.now - start < .seconds(60))
    let deaf = "trap '' TERM; (trap '' TERM; sleep 300; echo \(mark)) & wait"
    #expect(await find(["sh", "-c", deaf], ["seconds": .integer(1)]).verdict == .unknown)
    for _ in 0..<50 where Self.isRunning(mark) { try await Task.sleep(for: .milliseconds(100)) }
    #expect(!Self.isRunning(mark))
  }

  @Test func isEndedWhenTheRunIsStopped() async throws {
    let mark = "\(folder.path)/\(UUID().uuidString)"
    let probe = CommandProbe(
      parameters: Parameters(["arguments": .strings(["sh", "-c", "sleep 300; echo \(mark)"])]))
    let context = context()
    let task = Task { await probe.run(in: context) }
    for _ in 0..<100 where !Self.isRunning(mark) { try await Task.sleep(for: .milliseconds(20)) }
    #expect(Self.isRunning(mark))
    let start = ContinuousClock.now
    task.cancel()
    #expect(await task.value.verdict == .unknown)
    #expect(ContinuousClock.now - start < .seconds(60))
    for _ in 0..<50 where Self.isRunning(mark) { try await Task.sleep(for: .milliseconds(100)) }
    #expect(!Self.isRunning(mark))
  }

  @Test func isToldToTheLogOfPrograms() async {
    let log = LogSink()
    await CommandLog.$current.withValue(log.log) {
      _ = await find(["sh", "-c", "exit 7"])
      _ = await find(["sleep", "9"], ["seconds": .integer(1)])
    }
    #expect(log.lines == ["/usr/bin/sh -c exit 7: exit 7", "/usr/bin/sleep 9: timed out"])
  }

  /// Whether a program of that mark runs; both it and its children carry it.
  private static func isRunning(_ mark: String) -> Bool {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.contains { process in
      guard Int(process) != nil,
        let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
      else { return false }
      return String(decoding: line, as: UTF8.self).contains(mark)
    }
  }
}
