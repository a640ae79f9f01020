import Checklist
import Foundation
import Testing

@testable import Probes

/// One judgement: which file, what is expected, and what comes of it.
private struct Case: CustomTestStringConvertible {
  var path: String
  var parameters: [String: JSONValue]
  var verdict: Finding.Verdict
  var says: String

  init(
    _ path: String, _ parameters: [String: JSONValue], _ verdict: Finding.Verdict, _ says: String
  ) {
    (self.path, self.parameters, self.verdict, self.says) = (path, parameters, verdict, says)
  }

  var testDescription: String { "\(path) \(parameters)" }
}

private let absent: [String: JSONValue] = ["exists": .bool(false)]

private let cases = [
  Case("a.txt", [:], .pass, "a.txt is as expected"),
  Case("./sub/b.json", [:], .pass, "as expected"),
  Case("none", [:], .fail, "there is nothing of that name"),
  Case("none/none", [:], .fail, "there is nothing of that name"),
  Case("a.txt/none", [:], .fail, "there is nothing of that name"),
  Case("none", absent, .pass, "none is not there, as expected"),
  Case("a.txt", absent, .fail, "it is there"),
  Case("sub", absent, .fail, "there is a folder of that name"),
  Case("pipe", absent, .fail, "there is a pipe of that name"),
  Case("link", absent, .fail, "there is a link of that name"),
  Case("broken", absent, .fail, "there is a link of that name"),
  Case("broken/x", absent, .unknown, "a link that leads nowhere"),
  Case("out/passwd", absent, .unknown, "leads out of the repository"),
  Case("out/passwd", [:], .unknown, "leads out of the repository"),
  Case("inside/b.json", [:], .pass, "as expected"),
  Case("sub", [:], .unknown, "it is a folder"),
  Case("pipe", ["pattern": .string("x")], .unknown, "it is a pipe"),
  Case("link", ["pattern": .string("version")], .unknown, "it is a link"),
  Case("../a.txt", [:], .unknown, "leads out by .."),
  Case("a.txt", ["mode": .string("0640")], .pass, "as expected"),
  Case("a.txt", ["mode": .integer(640)], .pass, "as expected"),
  Case("a.txt", ["mode": .string("600")], .fail, "mode 640 allows more than 600"),
  Case("a.txt", ["mode": .string("0999")], .unknown, "octal"),
  Case("a.txt", ["pattern": .string("^version [0-9]+$")], .pass, "as expected"),
  Case("a.txt", ["pattern": .string("^version 4")], .fail, "nothing in the file matches"),
  Case("a.txt", ["without": .string("version")], .fail, "line 1 of the file"),
  Case("a.txt", ["sha256": .string(String(repeating: "0", count: 64))], .fail, "SHA-256 is "),
  Case("a.txt", ["sha256": .string("abc")], .unknown, "64 hexadecimal digits"),
  Case("sub/b.json", ["json": .string("$.v"), "at-least": .integer(3)], .pass, "as expected"),
  Case("sub/b.json", ["json": .string("$.v"), "at-least": .integer(4)], .fail, "less than 4"),
  Case("a.txt", ["json": .string("$.v"), "equals": .integer(4)], .unknown, "no JSON"),
  Case("binary", ["pattern": .string("x")], .unknown, "no text in UTF-8"),
  Case("binary", [:], .pass, "as expected"),
  Case("large", ["pattern": .string("x")], .unknown, "more than is read"),
  Case("large", [:], .pass, "as expected"),
  Case("huge", ["sha256": .string(String(repeating: "0", count: 64))], .unknown, "more than"),
  Case("/etc/passwd", [:], .unknown, "is not one of the target's hosts"),
  Case("/nowhere", absent, .unknown, "is not one of the target's hosts"),
]

@Suite(.timeLimit(.minutes(2))) struct FileProbeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let files = FileManager.default
    try files.createDirectory(atPath: "\(folder.path)/sub", withIntermediateDirectories: true)
    chmod(try folder.write("a.txt", "version 3\n"), 0o640)
    _ = try folder.write("sub/b.json", "{\"v\": 3}")
    for (name, target) in [
      ("link", "a.txt"), ("broken", "nowhere"), ("out", "/etc"), ("inside", "sub"),
    ] {
      try files.createSymbolicLink(atPath: "\(folder.path)/\(name)", withDestinationPath: target)
    }
    mkfifo("\(folder.path)/pipe", 0o600)
    try Data([0x78, 0xFF, 0]).write(to: URL(fileURLWithPath: "\(folder.path)/binary"))
    for (name, size) in [("large", 2 << 20), ("huge", 65 << 20)] {
      _ = files.createFile(atPath: "\(folder.path)/\(name)", contents: nil)
      truncate("\(folder.path)/\(name)", size)
    }
  }

  private func find(
    _ path: String, _ parameters: [String: JSONValue], host: String? = nil
  ) async -> Finding {
    let all = parameters.merging(["path": .string(path)]) { _, new in new }
    let context = ProbeContext(
      target: host.map { Target(hosts: [$0]) }, repository: folder.path, hostName: "here",
      now: .real)
    return await FileProbe(parameters: Parameters(all)).run(in: context)
  }

  @Test(arguments: cases)
  private func judges(_ one: Case) async {
    let finding = await find(one.path, one.parameters)
    #expect(finding.verdict == one.verdict, "\(finding)")
    #expect(finding.message.contains(one.says), "\(finding.message)")
    #expect((finding.hint == nil) == (one.verdict == .pass))
    #expect(finding.vantage == Vantage(host: "here", network: .local))
  }

  @Test func theDigestIsThatOfItsBytes() async throws {
    let finding = await find("a.txt", ["sha256": .string(String(repeating: "0", count: 64))])
    let seen = try #require(finding.message.split(separator: " ").last).lowercased()
    #expect(await find("a.txt", ["sha256": .string(seen.uppercased())]).verdict == .pass)
    _ = try folder.write("a.txt", "version 4\n")
    #expect(await find("a.txt", ["sha256": .string(seen)]).verdict == .fail)
  }

  @Test func whatMayNotBeReadIsUnknown() async throws {
    guard geteuid() != 0 else { return }
    chmod("\(folder.path)/a.txt", 0)
    #expect(await find("a.txt", ["pattern": .string("version")]).verdict == .unknown)
    #expect(await find("a.txt", ["mode": .string("0600")]).verdict == .pass)
    chmod("\(folder.path)/sub", 0)
    #expect(await find("sub/b.json", [:]).verdict == .unknown)
    #expect(await find("sub/none", absent).verdict == .unknown)
    chmod("\(folder.path)/sub", 0o700)
  }

  @Test func nothingIsAbsentFromAFolderThatIsNotThere() async {
    let probe = FileProbe(parameters: Parameters(["path": .string("x"), "exists": .bool(false)]))
    let context = ProbeContext(repository: "\(folder.path)/gone", hostName: "here", now: .real)
    let finding = await probe.run(in: context)
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("the folder of the repository is not there"))
  }

  @Test func aHostsFileIsLookedAtOnThatHostAlone() async {
    #expect(await find("\(folder.path)/a.txt", [:], host: "elsewhere").verdict == .unknown)
    #expect(await find("\(folder.path)/a.txt", [:], host: "here").verdict == .pass)
    #expect(await find("\(folder.path)/link", [:], host: "here").verdict == .pass)
    #expect(await find("\(folder.path)/none", absent, host: "here").verdict == .pass)
    #expect(await find("\(folder.path)/broken", absent, host: "here").verdict == .fail)
    #expect(await find("/dev/zero", ["pattern": .string("x")], host: "here").verdict == .unknown)
  }

  @Test func theFactsHoldNoContent() async throws {
    _ = try folder.write("a.txt", "password=Tr0ub4dor+3x\n")
    let finding = await find("a.txt", ["pattern": .string("password"), "mode": .string("666")])
    #expect(finding.facts == ["exists": "pass", "mode": "pass", "pattern": "pass"])
    #expect(!"\(finding)".contains("Tr0ub"))
  }
}
