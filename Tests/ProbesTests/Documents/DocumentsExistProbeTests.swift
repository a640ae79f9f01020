import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct DocumentsExistProbeTests {
  private static let body = String(repeating: "word ", count: 30) + "\n"
  private static let plan =
    "# Plan\n\(body)\n## Detection\nx\n\nContainment\n-----------\ny\n\n3. Recovery steps\nz\n"

  private func finding(
    _ text: String, _ sections: [String], change: DocumentObservation.Change = .committed(0),
    within: Period? = nil, now: Int = 0
  ) -> Finding {
    var document = DocumentObservation(name: "plan.md")
    document.outline = DocumentOutline(text)
    document.change = change
    return DocumentsExistProbe.judge(
      [document], sections, within: within, now: Timestamp(seconds: now))
  }

  @Test(arguments: [
    (["detection"], Finding.Verdict.pass), (["detection", "containment", "recovery"], .pass),
    (["eradication"], .fail), (["removal|recovery"], .pass), (["detection", "eradication"], .fail),
    (["word"], .review), ([], .pass),
  ])
  func judgesSections(_ sections: [String], _ expected: Finding.Verdict) {
    let finding = finding(Self.plan, sections)
    #expect(finding.verdict == expected, "\(finding.everything)")
  }

  @Test func aHeadingInACodeBlockIsNone() {
    #expect(finding(Self.body + "```\n# detection\n```\n", ["detection"]).verdict == .review)
  }

  @Test func aShellOfADocumentFails() {
    #expect(finding("# Detection\n# Recovery\n", ["detection"]).verdict == .fail)
    #expect(finding("", []).verdict == .fail)
  }

  @Test(arguments: [
    (DocumentObservation.Change.committed(0), Finding.Verdict.pass), (.committed(-100), .fail),
    (.committed(1_000_000), .review), (.notCommitted, .review), (.notKnown("x"), .review),
  ])
  func judgesTheAge(_ change: DocumentObservation.Change, _ expected: Finding.Verdict) {
    let finding = finding(
      Self.plan, [], change: change, within: Period(seconds: 60), now: 30)
    #expect(finding.verdict == expected, "\(finding.everything)")
  }

  @Test func lineWithoutEndIsReadOnce() {
    let start = ContinuousClock.now
    let text = "# " + String(repeating: " ", count: 1 << 20) + "x\n" + Self.body
    #expect(finding(text, ["x"]).verdict != .pass)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  private func run(
    _ sandbox: GitSandbox, _ parameters: [String: JSONValue], folder: String? = nil
  ) async -> Finding {
    var context = sandbox.context(folder: folder)
    context.now = .real
    return await DocumentsExistProbe(parameters: Parameters(parameters)).run(in: context)
  }

  @Test func looksAtTheRepository() async throws {
    let sandbox = try await GitSandbox()
    let plan: [String: JSONValue] = [
      "files": .strings(["docs/plan.md"]), "sections": .strings(["detection"]),
      "within": .string("365d"),
    ]
    #expect(await run(sandbox, plan).verdict == .fail, "it is not there")
    try sandbox.write("docs/plan.md", Self.plan)
    #expect(await run(sandbox, plan).verdict == .review, "it is not committed")
    try await sandbox.commit()
    let finding = await run(sandbox, plan)
    #expect(finding.verdict == .pass, "\(finding.everything)")
    try sandbox.write("docs/plan.md", Self.plan + "x\n")
    #expect(await run(sandbox, plan).verdict == .review, "changes that are not committed")
    try await sandbox.git("checkout", "-q", "docs/plan.md")
    let clone = sandbox.root + "/clone"
    try sandbox.write("other", "x")
    try await sandbox.commit()
    try await sandbox.git("clone", "-q", "--depth=1", "file://" + sandbox.top, clone)
    #expect(await run(sandbox, plan, folder: clone).verdict == .review, "a shallow clone")
    #expect(await run(sandbox, ["files": .strings([])]).verdict == .unknown)
    #expect(await run(sandbox, plan, folder: sandbox.root).verdict == .unknown)
  }

  @Test func filtersOfTheRepositoryAreNeverRun() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("plan.md", Self.plan)
    try await sandbox.commit()
    let mark = sandbox.root + "/ran"
    try await sandbox.git("config", "filter.x.clean", "touch \(mark); cat")
    try await sandbox.git("config", "core.fsmonitor", "touch \(mark)")
    try sandbox.write(".git/info/attributes", "*.md filter=x\n")
    try sandbox.write("plan.md", Self.plan + "more\n")
    let finding = await run(sandbox, ["files": .strings(["plan.md"])])
    #expect(finding.verdict == .review, "\(finding.everything)")
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func anOldDocumentFails() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("plan.md", Self.plan)
    try await sandbox.git("add", "-A")
    try await sandbox.git(
      "-c", "user.name=A", "commit", "-q", "-m", "x", "--date=2020-01-01T00:00:00Z")
    // The author's date is what anybody can write; the committer's date is what counts.
    let parameters: [String: JSONValue] = [
      "files": .strings(["plan.md"]), "within": .string("365d"),
    ]
    #expect(await run(sandbox, parameters).verdict == .pass)
    let tree = try await sandbox.git("write-tree")
    let dated = Command(
      program: "git", arguments: ["-C", sandbox.top, "commit-tree", "-m", "x", tree],
      environment: sandbox.environment.merging(["GIT_COMMITTER_DATE": "2020-01-01T00:00:00Z"]) {
        $1
      },
      deadline: .now + .seconds(60))
    let commit = try await dated.output().text.trimmingCharacters(in: .newlines)
    try await sandbox.git("reset", "-q", "--hard", commit)
    #expect(await run(sandbox, parameters).verdict == .fail)
  }

  @Test func linksAndPicturesAreNoText() async throws {
    let sandbox = try await GitSandbox()
    try Data(Self.plan.utf8).write(to: URL(fileURLWithPath: sandbox.root + "/out.md"))
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.top + "/plan.md", withDestinationPath: "../out.md")
    try sandbox.write("plan.pdf", Array("%PDF".utf8) + [0, 1])
    try sandbox.write("nul.md", Array(Self.plan.utf8) + [0])
    try await sandbox.commit()
    #expect(await run(sandbox, ["files": .strings(["plan.md"])]).verdict == .unknown)
    #expect(await run(sandbox, ["files": .strings(["nul.md"])]).verdict == .unknown)
    #expect(await run(sandbox, ["files": .strings(["plan.pdf"])]).verdict == .review)
    #expect(await run(sandbox, ["files": .strings(["../out.md"])]).verdict == .unknown)
  }
}
