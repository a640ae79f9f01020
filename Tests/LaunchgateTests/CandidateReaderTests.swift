import Evidence
import Testing

@testable import launchgate

/// What is to be shipped, read from real repositories.
@Suite struct CandidateReaderTests {
  private func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    folder.git("init", "-q", "-b", "main")
    try folder.write("src/main.c", "int main() {}\n")
    try folder.write("docs/read.md", "read\n")
    try folder.write(".gitignore", "*.log\n")
    folder.git("add", "-A")
    folder.git("commit", "-q", "-m", "first")
    return folder
  }

  private func candidate(
    _ folder: TemporaryFolder, _ paths: [String] = [], excluded: [String] = []
  ) -> Candidate? {
    CandidateReader(
      repository: folder.path, paths: paths,
      excluded: excluded.map { "\(folder.path)/\($0)" }
    ).read()
  }

  private func commit(_ folder: TemporaryFolder) -> String {
    String(folder.git("rev-parse", "HEAD").prefix(40))
  }

  @Test func aCleanTreeIsItsCommit() throws {
    let folder = try repository()
    let read = try #require(candidate(folder))
    #expect(read.commit == commit(folder))
    #expect(Array(read.trees.keys) == ["."])
    #expect(candidate(folder) == read)
  }

  /// With such settings `git ls-files --others` would list a whole home, to be read file by file.
  @Test func aWorkingTreeElsewhereIsNoCandidate() throws {
    let folder = try repository()
    folder.git("config", "core.worktree", "/")
    #expect(candidate(folder) == nil)
    folder.git("config", "core.worktree", folder.path)
    #expect(candidate(folder)?.commit == commit(folder))
  }

  @Test func aChangeIsPartOfIt() throws {
    let folder = try repository()
    let clean = try #require(candidate(folder))
    try folder.write("src/main.c", "int main() { return 1; }\n")
    let changed = try #require(candidate(folder))
    #expect(changed.commit == "\(commit(folder))+changes")
    #expect(changed.trees != clean.trees)
    folder.git("add", "-A")
    #expect(candidate(folder) == changed)
    try folder.write("src/main.c", "int main() {}\n")
    #expect(candidate(folder) == clean)
  }

  @Test func anUntrackedFileIsPartOfItByItsContent() throws {
    let folder = try repository()
    let clean = try #require(candidate(folder))
    try folder.write("src/new file é.c", "one\n")
    let first = try #require(candidate(folder))
    try folder.write("src/new file é.c", "two\n")
    let second = try #require(candidate(folder))
    #expect(first.commit == "\(commit(folder))+changes")
    #expect(Set([clean.trees, first.trees, second.trees]).count == 3)
    try folder.write("noise.log", "ignored\n")
    #expect(candidate(folder) == second)
  }

  @Test func evidenceAndConfigurationDoNotBelongToIt() throws {
    let folder = try repository()
    let names = ["gate.evidence.json", "launchgate.yaml"]
    let before = try #require(candidate(folder, excluded: names))
    for name in names { try folder.write(name, "x\n") }
    #expect(candidate(folder, excluded: names) == before)
    folder.git("add", "-A")
    folder.git("commit", "-q", "-m", "evidence")
    let committed = try #require(candidate(folder, excluded: names))
    #expect(committed.trees == before.trees)
    try folder.write(names[0], "y\n")
    #expect(candidate(folder, excluded: names) == committed)
  }

  @Test func onlyDeclaredPathsCount() throws {
    let folder = try repository()
    let before = try #require(candidate(folder, ["src"]))
    try folder.write("docs/read.md", "read more\n")
    #expect(candidate(folder, ["src"]) == before)
    #expect(candidate(folder, ["docs"])?.commit == "\(commit(folder))+changes")
    folder.git("commit", "-q", "-a", "-m", "docs")
    #expect(candidate(folder, ["src"])?.trees == before.trees)
    #expect(candidate(folder, ["src", "docs"])?.trees.keys.sorted() == ["docs", "src"])
  }

  @Test func withoutACommitThereIsNone() throws {
    let folder = try TemporaryFolder()
    #expect(candidate(folder) == nil)
    folder.git("init", "-q")
    #expect(candidate(folder) == nil)
  }
}
