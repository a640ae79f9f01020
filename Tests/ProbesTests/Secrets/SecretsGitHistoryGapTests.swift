import Checklist
import Foundation
import Testing

@testable import Probes

/// What could not be looked at is never a pass.
@Suite struct SecretsGitHistoryGapTests {
  private let probe = SecretsGitHistoryProbe(parameters: Parameters())

  @Test func unknownInAShallowClone() async throws {
    let sandbox = try await GitSandbox()
    for version in 1...3 {
      try sandbox.write("a", "\(version)")
      try await sandbox.commit()
    }
    let clone = sandbox.root + "/clone"
    try await sandbox.git("clone", "-q", "--depth=1", "file://" + sandbox.top, clone)
    let finding = await probe.run(in: sandbox.context(folder: clone))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("shallow"))
    #expect(finding.hint?.contains("--unshallow") == true)
  }

  @Test func unknownInAPartialCloneAndFetchesNothing() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a", "old")
    try await sandbox.commit()
    try sandbox.write("a", "new")
    try await sandbox.commit()
    try await sandbox.git("config", "uploadpack.allowFilter", "true")
    let clone = sandbox.root + "/clone"
    try await sandbox.git(
      "clone", "-q", "--filter=blob:none", "file://" + sandbox.top, clone)
    let before = try await sandbox.git("count-objects", "-v", in: clone)
    let finding = await probe.run(in: sandbox.context(folder: clone))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("partial"))
    #expect(try await sandbox.git("count-objects", "-v", in: clone) == before)
  }

  @Test func unknownWhenAnObjectIsMissingOrDamaged() async throws {
    for damage in [true, false] {
      let sandbox = try await GitSandbox()
      for name in ["a", "b", "c"] { try sandbox.write(name, "content of \(name)") }
      try await sandbox.commit()
      let blob = try await sandbox.git("rev-parse", "HEAD:b")
      let path = ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
      try sandbox.remove(path)
      if damage { try sandbox.write(path, "no zlib stream") }
      let finding = await sandbox.run(probe)
      #expect(finding.verdict == .unknown, "damage \(damage): \(finding.message)")
      #expect(finding.hint?.contains("fsck") == true)
    }
  }

  @Test func unknownWithoutRepositoryOrGitOrTime() async throws {
    let sandbox = try await GitSandbox()
    try await sandbox.commit()
    var context = sandbox.context(folder: sandbox.root)
    #expect(await probe.run(in: context).verdict == .unknown)
    context = sandbox.context()
    context.environment["PATH"] = "/nonexistent"
    let withoutGit = await probe.run(in: context)
    #expect(withoutGit.verdict == .unknown)
    #expect(withoutGit.message == "git is not installed")
    let withoutTime = await probe.run(in: sandbox.context(timeout: .zero))
    #expect(withoutTime.verdict == .unknown)
    #expect(withoutTime.message.contains("in time"))
  }

  @Test func unknownWhenSomethingIsTooLarge() {
    var observation = SecretObservation()
    observation.gaps = ["1 objects above 64 MiB were skipped"]
    #expect(SecretsGitHistoryProbe.judge(observation).verdict == .unknown)
  }

  @Test func unknownWhereTheConfigurationPointsElsewhere() async throws {
    let sandbox = try await GitSandbox()
    try await sandbox.commit()
    try await sandbox.git("config", "core.worktree", sandbox.root + "/home")
    #expect(await sandbox.run(probe).verdict == .unknown)
  }

  @Test func endsEarlyWhenCancelled() async throws {
    let sandbox = try await GitSandbox()
    try await sandbox.commit()
    let probe = probe
    let context = sandbox.context()
    let task = Task { await probe.run(in: context) }
    task.cancel()
    #expect(await task.value.verdict == .unknown)
  }
}
