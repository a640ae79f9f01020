import ArgumentParser
import Checklist
import Evidence
import Foundation
import Session
import Testing

@testable import launchgate

/// Runs are always recorded, however long and whatever is in them.
@Suite struct RecorderTests {
  private func recorder(_ folder: TemporaryFolder) throws -> LaunchRecorder {
    let path = try Initialisation(folder: folder.path).write(
      SetupAnswers(
        subject: "shop", release: "1.0", environment: "production", url: nil,
        isAuthorised: false, identity: Identity()))
    return LaunchRecorder(workspace: try Workspace(GlobalOptions.parse(["--config", path])))
  }

  private func finding(_ point: String, _ finding: Finding) -> ProbeFinding {
    ProbeFinding(point: point, probe: "p", version: 1, parameters: [:], finding: finding)
  }

  /// The findings as they are on disk after a run of these.
  private func recorded(_ findings: [ProbeFinding]) throws -> [[ProbeFinding]] {
    let folder = try TemporaryFolder()
    let recorder = try recorder(folder)
    let written = try recorder.add(recorder.drafts(findings, by: .mara))
    let read = try #require(try recorder.workspace.evidence.read())
    #expect(read.entries.map(\.id) == written.entries.map(\.id))
    #expect(read.entries.allSatisfy { $0.bytes.count <= Limits.recordBytes })
    return read.entries.compactMap { entry in
      if case .run(let run) = entry.record.body { run.findings } else { nil }
    }
  }

  @Test func aLongRunBecomesSeveralRecords() throws {
    let findings = (0..<60).map { number in
      finding(
        "\(number).1",
        Finding(
          .fail, "m\(number)",
          details: (0..<20).map { .init(.fail, "\($0) " + String(repeating: "x", count: 900)) },
          transcript: String(repeating: "line\n", count: 2_000)))
    }
    let runs = try recorded(findings)
    #expect(runs.count > 1)
    #expect(runs.flatMap(\.self).map(\.point) == findings.map(\.point))
  }

  @Test(arguments: [
    "\u{7F}", "\u{1}", "\n", "\"\\", "\u{202E}", "é", "作", "🚀", "e\u{301}\u{301}", "\u{0}",
  ])
  func noTextKeepsARunFromBeingRecorded(text: String) throws {
    let long = String(repeating: text, count: 40_000 / text.utf8.count)
    let hostile = Finding(
      .fail, long, hint: long,
      details: (0..<210).map { _ in .init(.fail, String(long.prefix(1_100))) },
      facts: Dictionary(
        (0..<100).map { ("\($0)\(text)\(String(long.prefix(600)))", String(long.prefix(6_000))) },
        uniquingKeysWith: { first, _ in first }),
      coverage: ["\(text)": -1, "b": .max], transcript: long, reproduce: long,
      vantage: Vantage(host: long, network: .internet))
    let runs = try recorded([finding("1.1", hostile), finding("1.2", Finding(.pass, "fine"))])
    #expect(runs.flatMap(\.self).map(\.point) == ["1.1", "1.2"])
  }

  @Test func aTranscriptOfManyMegabytesIsCut() throws {
    let huge = String(repeating: "0123456789abcdef\n", count: 5 << 16)
    let runs = try recorded(
      [finding("1.0", Finding(.pass, "m", transcript: huge))])
    let kept = try #require(runs.first?.first)
    #expect(kept.finding.transcript.utf8.count <= 16 << 10)
    #expect(kept.transcriptDigest == Digest(of: huge.utf8))
  }

  private func draft(_ point: String, _ files: [String]) -> DecisionDraft {
    DecisionDraft(
      point: point, answer: .met, note: "n", attachments: files, pointDigest: Digest(of: "p".utf8))
  }

  @Test func attachmentsAreFilesOfAnySizeAndListsOfThem() throws {
    let folder = try TemporaryFolder()
    let recorder = try recorder(folder)
    try folder.write("a.txt", "a")
    try folder.write("list", "\(folder.path)/a.txt\n\(folder.path)/large\n")
    try folder.write("large", "")
    // Sparse: what is read whole into memory takes all of it.
    let handle = try #require(FileHandle(forWritingAtPath: "\(folder.path)/large"))
    try handle.truncate(atOffset: 64 << 20)
    let files = try Words.paths(["@\(folder.path)/list", "\(folder.path)/a.txt"])
    #expect(files.count == 3)
    let start = ContinuousClock.now
    let decisions = try recorder.decisions((0..<200).map { draft("\($0).1", files) })
    #expect(decisions.allSatisfy { $0.attachments.map(\.size) == [1, 64 << 20, 1] })
    #expect(decisions[0].attachments[0].digest == Digest(of: "a".utf8))
    #expect(ContinuousClock.now - start < .seconds(60), "each file is read once")
  }

  @Test func whatHasNoEndIsNoAttachment() throws {
    let folder = try TemporaryFolder()
    let recorder = try recorder(folder)
    mkfifo("\(folder.path)/pipe", 0o600)
    for path in ["/dev/zero", "\(folder.path)/pipe", folder.path, "\(folder.path)/none"] {
      #expect(throws: Problem.self) { try recorder.decisions([draft("1.1", [path])]) }
    }
  }
}
