import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct SecretsEnvIgnoredProbeTests {
  private let probe = SecretsEnvIgnoredProbe(parameters: Parameters())

  private func sandbox(_ rules: String, _ files: [String] = []) async throws -> GitSandbox {
    let sandbox = try await GitSandbox()
    try sandbox.write(".gitignore", rules)
    for file in files {
      try sandbox.write(file, "A=1\n")
      try await sandbox.git("add", "-f", file)
    }
    try await sandbox.commit()
    return sandbox
  }

  @Test(arguments: [
    ".env*\n!.env.example\n", ".env\n.env.*\n", "*.env\n.env.*\n",
    "**/.env*\r\n".replacing("\r", with: ""),
  ])
  func passes(_ rules: String) async throws {
    let finding = await (try await sandbox(rules)).run(probe)
    #expect(finding.verdict == .pass, "\(finding.everything)")
    #expect(finding.facts["ignored:.env"] != "no")
  }

  @Test(arguments: [
    "# .env files\n!.env.example\n", ".env*\n!.env\n", "/.env\n/.env.*\n", ".env\n", "env\n", "",
    ".env*\n!.env.production\n", " # .env\n", "\\.env*x\n",
  ])
  func failsOnRulesThatOnlyLookRight(_ rules: String) async throws {
    let finding = await (try await sandbox(rules)).run(probe)
    #expect(finding.verdict == .fail, "\(finding.everything)")
    #expect(finding.hint?.contains(".gitignore") == true)
  }

  @Test(arguments: [".env", ".env.production", "api/.env.local", ".env-prod", ".ENV"])
  func failsOnATrackedEnvFile(_ file: String) async throws {
    let finding = await (try await sandbox(".env*\n.ENV\n", [file])).run(probe)
    #expect(finding.verdict == .fail, "\(finding.everything)")
    #expect(finding.everything.contains("\(file) is tracked"))
    #expect(finding.hint?.contains("rotate") == true)
    #expect(finding.facts["ignored:.env"] == ".env*", "a tracked file does not hide its rule")
  }

  @Test(arguments: [
    ".env.example", ".env.sample", "api/.env.template", ".env.dist", ".env.production.example",
  ])
  func acceptsTrackedExamples(_ file: String) async throws {
    let finding = await (try await sandbox(".env*\n", [file])).run(probe)
    #expect(finding.verdict == .pass, "\(finding.everything)")
  }

  @Test func failsOnAnEnvFileOfThePast() async throws {
    let sandbox = try await sandbox(".env*\n", ["api/.env"])
    try await sandbox.git("mv", "-f", "api/.env", "settings.txt")
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .fail)
    #expect(finding.everything.contains("api/.env was committed once"))
    #expect(finding.facts["tracked:api/.env"] == "earlier")
  }

  @Test func failsOnAFileThatWasOnceRenamedToAnEnvFile() async throws {
    let sandbox = try await sandbox(".env*\n", ["settings.txt"])
    try await sandbox.git("mv", "settings.txt", ".env.production")
    try await sandbox.commit()
    try await sandbox.git("mv", ".env.production", "settings.txt")
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .fail)
    #expect(finding.everything.contains(".env.production was committed once"))
  }

  @Test func failsWhereOnlyOnePersonIgnores() async throws {
    let sandbox = try await sandbox("")
    try sandbox.write(".git/info/exclude", ".env*\n")
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .fail)
    #expect(finding.everything.contains("only for you"))
    let other = try await self.sandbox("")
    try Data(".env*\n".utf8).write(to: URL(fileURLWithPath: other.root + "/home/ignore"))
    try await other.git("config", "--global", "core.excludesFile", other.root + "/home/ignore")
    let second = await other.run(probe)
    #expect(second.verdict == .fail)
    #expect(second.everything.contains("only for you"))
  }

  @Test func reviewsAnUncommittedRule() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write(".gitignore", ".env*\n")
    #expect(await sandbox.run(probe).verdict == .review)
  }

  @Test func wantsAnExampleOnlyWhereEnvFilesAreUsed() async throws {
    let sandbox = try await sandbox(".env*\n!.env.example\n")
    try sandbox.write(".env", "A=1\n")
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .review)
    #expect(finding.message.contains(".env.example"))
    try sandbox.write(".env.example", "A=\n")
    try await sandbox.commit()
    #expect(await sandbox.run(probe).verdict == .pass)
  }

  @Test func asksAboutTheFoldersOfTheService() async throws {
    let sandbox = try await sandbox(".env*\n")
    try sandbox.write("api/.gitignore", "!.env\n")
    try await sandbox.commit()
    #expect(await sandbox.run(probe).verdict == .pass)
    let finding = await probe.run(in: sandbox.context(paths: ["api"]))
    #expect(finding.verdict == .fail)
    #expect(finding.everything.contains("api/.gitignore takes it back"))
  }

  @Test func unknownWhereItCannotLook() async throws {
    let sandbox = try await sandbox(".env*\n")
    try await sandbox.commit()
    #expect(await probe.run(in: sandbox.context(folder: sandbox.root)).verdict == .unknown)
    let clone = sandbox.root + "/clone"
    try await sandbox.git("clone", "-q", "--depth=1", "file://" + sandbox.top, clone)
    let finding = await probe.run(in: sandbox.context(folder: clone))
    #expect(finding.verdict == .unknown, "\(finding.everything)")
    #expect(finding.hint?.contains("--unshallow") == true)
  }

  @Test func worksInARepositoryWithoutCommits() async throws {
    let sandbox = try await GitSandbox()
    #expect(await sandbox.run(probe).verdict == .fail)
  }
}
