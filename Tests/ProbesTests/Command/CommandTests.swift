import Foundation
import Synchronization
import Testing

@testable import Probes

@Suite struct CommandTests {
  private func shell(_ script: String, seconds: Double = 30, limit: Int = 1 << 20) -> Command {
    Command(
      program: "sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin", "A": "1"],
      deadline: .now + .seconds(seconds), outputLimit: limit)
  }

  @Test func collectsWhatIsWritten() async throws {
    let answer = try await shell("cat; echo err >&2; exit 3").output(input: Array("in".utf8))
    #expect(answer == CommandOutput(status: 3, bytes: Array("in".utf8), errors: "err\n"))
    #expect(!answer.succeeded)
    #expect(answer.complaint == "err")
  }

  @Test func handsOnOnlyItsOwnEnvironment() async throws {
    let answer = try await shell("env | cut -d= -f1 | sort").output()
    let names = Set(answer.text.split(separator: "\n").map(String.init))
    #expect(names.isSubset(of: ["A", "PATH", "PWD", "SHLVL", "_", "OLDPWD"]))
  }

  @Test func saysThatAProgramIsMissing() async {
    var command = shell("")
    command.program = "no-such-program"
    await #expect(throws: CommandFailure.notInstalled("no-such-program")) {
      try await command.output()
    }
  }

  @Test func endsAtTheDeadlineWithAllChildren() async throws {
    let mark = "launchgate-\(UUID().uuidString)"
    await #expect(throws: CommandFailure.timedOut("sh")) {
      try await shell("(sleep 300; echo \(mark)) & sleep 300", seconds: 0.3).output()
    }
    // Both the program and its child carry the mark in their command lines.
    for _ in 0..<100 where Self.isRunning(mark) { try await Task.sleep(for: .milliseconds(100)) }
    #expect(!Self.isRunning(mark))
  }

  private static func isRunning(_ mark: String) -> Bool {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.contains { process in
      guard Int(process) != nil,
        let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
      else { return false }
      return String(decoding: line, as: UTF8.self).contains(mark)
    }
  }

  @Test func endsWhenCancelled() async {
    let command = shell("sleep 600")
    let start = ContinuousClock.now
    let task = Task { try await command.output() }
    try? await Task.sleep(for: .milliseconds(200))
    task.cancel()
    await #expect(throws: CommandFailure.cancelled) { try await task.value }
    #expect(ContinuousClock.now - start < .seconds(120))
  }

  @Test func boundsTheOutput() async {
    await #expect(throws: CommandFailure.outputTooLarge("sh")) {
      try await shell("head -c 100000 /dev/zero", limit: 1_000).output()
    }
    await #expect(throws: CommandFailure.outputTooLarge("sh")) {
      try await shell("yes >&2").output()
    }
  }

  @Test func streamsAllOfALongOutput() async throws {
    final class Count: Sendable { let bytes = Mutex(0) }
    let count = Count()
    let answer = try await shell("head -c 30000000 /dev/zero; exit 5").stream(input: []) { piece in
      count.bytes.withLock { $0 += piece.count }
    }
    #expect(answer.status == 5)
    #expect(count.bytes.withLock { $0 } == 30_000_000)
  }

  @Test func endsTheProgramWhenTheReceiverThrows() async {
    struct Enough: Error {}
    let start = ContinuousClock.now
    await #expect(throws: CommandFailure.self) {
      try await shell("yes").stream(input: []) { _ in throw Enough() }
    }
    #expect(ContinuousClock.now - start < .seconds(120))
  }
}
