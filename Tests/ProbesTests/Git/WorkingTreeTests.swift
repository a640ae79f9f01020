import Checklist
import Foundation
import Testing

@testable import Probes

/// Real repositories whose settings put the working tree in many places.
@Suite struct WorkingTreeTests {
  private func open(_ sandbox: GitSandbox, _ folder: String) async -> Result<String, GitFailure> {
    await captured { () async throws(GitFailure) -> String in
      try await GitRepository(
        sandbox.context(folder: folder), deadline: .now + .seconds(60)
      ).top
    }
  }

  @Test func aRepositoryThatNamesSomebodyElsesFolderIsNotLookedAt() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a", "a")
    try await sandbox.commit()
    // All that lies beside it is inside of the folder that it names.
    for elsewhere in [sandbox.root, sandbox.root + "/home", "/"] {
      try await sandbox.git("config", "core.worktree", elsewhere)
      let opened = await open(sandbox, sandbox.top)
      #expect(opened == .failure(.elsewhere(elsewhere)), "\(opened)")
    }
    // A repository of somebody else's is another one.
    try await sandbox.git("config", "--unset", "core.worktree")
    try await sandbox.git("init", "-q", in: sandbox.root)
    try await sandbox.git("config", "core.worktree", sandbox.root)
    #expect(await open(sandbox, sandbox.top) == .failure(.elsewhere(sandbox.root)))
  }

  @Test func worktreesSubmodulesAndRepositoriesElsewhereAreTheirOwn() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("sub/a", "a")
    try await sandbox.commit()
    #expect(await open(sandbox, sandbox.top + "/sub") == .success(sandbox.top))
    try await sandbox.git("config", "core.worktree", sandbox.top)
    #expect(await open(sandbox, sandbox.top) == .success(sandbox.top))
    try await sandbox.git("config", "--unset", "core.worktree")
    try await sandbox.git("worktree", "add", "-q", sandbox.root + "/tree", "-b", "side")
    #expect(await open(sandbox, sandbox.root + "/tree") == .success(sandbox.root + "/tree"))
    try await sandbox.git(
      "-c", "protocol.file.allow=always", "submodule", "add", "-q", sandbox.top, "inner",
      in: sandbox.root + "/tree")
    let inner = sandbox.root + "/tree/inner"
    #expect(await open(sandbox, inner) == .success(inner))
    try await sandbox.git("init", "-q", "--separate-git-dir", sandbox.root + "/apart")
    #expect(await open(sandbox, sandbox.top) == .success(sandbox.top))
  }
}
