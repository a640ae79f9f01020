import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct SecretsGitHistoryProbeTests {
  private let probe = SecretsGitHistoryProbe(parameters: Parameters())
  private let token = PlantedSecret.checked("gh" + "p_")

  private func expectFound(
    _ finding: Finding, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(finding.verdict == .fail, "\(finding.message)", sourceLocation: sourceLocation)
    #expect(
      finding.details.contains { $0.verdict == .fail && $0.text.contains(place) },
      "\(finding.details.map(\.text))", sourceLocation: sourceLocation)
    #expect(!finding.everything.contains(token), sourceLocation: sourceLocation)
    #expect(
      !finding.everything.contains(token.dropFirst(4).prefix(8)), sourceLocation: sourceLocation)
  }

  @Test func passesACleanRepository() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a.txt", "nothing\n")
    try await sandbox.commit()
    try await sandbox.git("tag", "-m", "first", "v1")
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .pass, "\(finding.message)")
    #expect(
      finding.coverage == [
        "objects": 4, "blobs": 1, "commits": 1, "tags": 1, "worktree-files": 1,
        "bytes": finding.coverage["bytes"] ?? 0,
      ])
    #expect(finding.facts.filter { $0.key != "digest" } == ["complete": "yes", "secrets": "0"])
  }

  @Test func passesARepositoryWithoutCommits() async throws {
    let sandbox = try await GitSandbox()
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .pass, "\(finding.message)")
  }

  @Test func failsOnAFileThatWasDeletedAgain() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("deploy/prod.env", "A=1\n\nTOKEN=\(token)\n")
    try await sandbox.commit()
    let commit = try await sandbox.git("rev-parse", "HEAD")
    try sandbox.remove("deploy/prod.env")
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    expectFound(
      finding, "github.token: GitHub token in deploy/prod.env:3 (commit \(commit.prefix(10)))")
    #expect(
      finding.facts.contains {
        $0.key.hasSuffix(":3:github.token") && $0.value == "deploy/prod.env"
      })
    #expect(finding.facts.keys.allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  @Test func failsOnWhatOnlyAMergeBroughtIn() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a", "1")
    try await sandbox.commit()
    try await sandbox.git("checkout", "-q", "-b", "side")
    try sandbox.write("b", "2")
    try await sandbox.commit()
    try await sandbox.git("checkout", "-q", "main")
    try sandbox.write("c", "3")
    try await sandbox.commit()
    try await sandbox.git("merge", "-q", "--no-ff", "--no-commit", "side")
    try sandbox.write("evil", token)
    try await sandbox.commit("merge")
    let merge = try await sandbox.git("rev-parse", "HEAD")
    try sandbox.remove("evil")
    try await sandbox.commit()
    expectFound(await sandbox.run(probe), "evil:1 (commit \(merge.prefix(10)))")
  }

  @Test func failsOnStashUnreachableCommitAndReflog() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a", "1")
    try await sandbox.commit()
    try sandbox.write("a", token)
    try await sandbox.git("stash", "-q")
    expectFound(await sandbox.run(probe), "a:1 (commit")
    try await sandbox.git("stash", "drop", "-q")
    try await sandbox.git("reflog", "expire", "--expire=now", "--all")
    expectFound(await sandbox.run(probe), "a:1 (commit")
  }

  @Test func failsOnMessages() async throws {
    let sandbox = try await GitSandbox()
    try await sandbox.commit("use\n\n\(token)")
    expectFound(await sandbox.run(probe), "the message of a commit, line")
    let other = try await GitSandbox()
    try await other.commit()
    try await other.git("tag", "-m", "release with \(token)", "v1")
    expectFound(await other.run(probe), "the message of a tag, line")
  }

  @Test func failsOnIndexAndWorkingTree() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write(".gitignore", "ignored.env\n")
    try await sandbox.commit()
    try sandbox.write("ignored.env", token)
    #expect(await sandbox.run(probe).verdict == .pass, "ignored files are meant to hold secrets")
    try sandbox.write("new.env", token)
    expectFound(await sandbox.run(probe), "new.env:1 (working tree)")
    try await sandbox.git("add", "new.env")
    try sandbox.write("new.env", "clean")
    expectFound(await sandbox.run(probe), "new.env:1 (object")
  }

  @Test func failsInABareHistoryOfAnotherBranch() async throws {
    let sandbox = try await GitSandbox()
    try await sandbox.commit()
    try await sandbox.git("checkout", "-q", "--orphan", "other")
    try sandbox.write("k.pem", PlantedSecret.armoured("EC PRIVATE KEY"))
    try await sandbox.commit()
    try await sandbox.git("checkout", "-q", "main")
    #expect(await sandbox.run(probe).verdict == .fail)
  }

  @Test func leavesTestsAndGuessesToAPerson() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("Tests/fixtures/a.txt", token)
    try sandbox.write("config.yml", "db_password: \"k7Gh!" + "2wQz9\"\n")
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .review, "\(finding.message)")
    #expect(finding.details.count == 2)
    try await sandbox.git("mv", "Tests/fixtures/a.txt", "a.txt")
    try await sandbox.commit()
    expectFound(await sandbox.run(probe), "a.txt:1")
  }

  @Test func unitesVersionsOfAFile() async throws {
    let sandbox = try await GitSandbox()
    for version in 1...4 {
      try sandbox.write("a", "\(token)\nversion \(version)\n")
      try await sandbox.commit()
    }
    let finding = await sandbox.run(probe)
    #expect(finding.details.count == 1)
    expectFound(finding, "and in 3 more versions")
  }

  @Test func namesTheRepositoriesInside() async throws {
    let sandbox = try await GitSandbox()
    let other = try await GitSandbox()
    try await other.commit()
    try await sandbox.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.top, "inner")
    try await sandbox.commit()
    try await sandbox.git("clone", "-q", other.top, "nested")
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .pass, "\(finding.message)")
    #expect(finding.details.map(\.verdict) == [.notApplicable, .notApplicable])
    #expect(finding.details.allSatisfy { $0.text.contains("separately") })
  }

  @Test func leavesTheTestsOfAFileOfRustToAPerson() async throws {
    let mark = "#[cfg(test)]\nmod tests {}\n"
    for (path, text, verdict) in [
      ("a.rs", mark + token, Finding.Verdict.review), ("a.rs", token + "\n" + mark, .fail),
      ("a.env", mark + token, .fail),
    ] {
      let sandbox = try await GitSandbox()
      try sandbox.write(path, text)
      try await sandbox.commit()
      try await sandbox.git("repack", "-adq")
      #expect(await sandbox.run(probe).verdict == verdict, "\(path)")
      #expect(await sandbox.run(probe).verdict == verdict, "remembered")
      try sandbox.write(path, text + "\n")
      #expect(await sandbox.run(probe).verdict == verdict)
      try sandbox.write(path, token + "\n")
      #expect(await sandbox.run(probe).verdict == .fail, "it has left the tests")
      try await sandbox.commit()
      #expect(await sandbox.run(probe).verdict == .fail)
    }
  }

  @Test func findsTheFirstCommitOfALongHistory() async throws {
    let sandbox = try await GitSandbox()
    var stream = "blob\nmark :1\ndata \(token.utf8.count)\n\(token)\n"
    for number in 1...2_500 {
      stream += "commit refs/heads/main\ncommitter A <a@host> \(number) +0000\ndata 1\nx\n"
      if number == 2 { stream += "M 100644 :1 Tests/first\n" }
      if number == 2_400 { stream += "M 100644 :1 last\n" }
    }
    try await sandbox.git("fast-import", "--quiet", input: stream)
    let finding = await sandbox.run(probe)
    let first = try await sandbox.git("log", "--format=%H", "--diff-filter=A", "--", "Tests/first")
    expectFound(finding, "last:1 (commit \(first.prefix(10))")
  }

  @Test func namesFaultsThatAPersonCanAccept() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a", token)
    let loose = try #require(await sandbox.run(probe).faults)
    #expect(loose.facts.count == 1 && loose.rest == .pass)
    try await sandbox.commit()
    let committed = await sandbox.run(probe)
    #expect(committed.faults == loose, "what is committed unchanged keeps its name")
    #expect(committed.facts[loose.facts[0]] == "a")
    try sandbox.write("Tests/b", PlantedSecret.checked("gh" + "o_"))
    #expect(await sandbox.run(probe).faults == .init(loose.facts, rest: .review))
    try sandbox.remove("Tests/b")
    try sandbox.write("a", PlantedSecret.checked("gh" + "p_", seed: 5))
    let other = try #require(await sandbox.run(probe).faults)
    #expect(other.facts.count == 2, "another secret in the same place is another fault")
    try await sandbox.commit()
    let clone = sandbox.root + "/clone"
    try await sandbox.git("clone", "-q", "--depth=1", "file://" + sandbox.top, clone)
    let shallow = await probe.run(in: sandbox.context(folder: clone))
    #expect(shallow.faults?.rest == .unknown, "what was not looked at is not accepted with it")
  }

  @Test func looksAtWhatGitLFSKeeps() async throws {
    let sandbox = try await GitSandbox()
    let content = String(repeating: "0123456789abcdef", count: 4)
    try sandbox.write(
      "big.env", "version https://git-lfs.github.com/spec/v1\noid sha256:\(content)\nsize 41\n")
    try await sandbox.commit()
    let absent = await sandbox.run(probe)
    #expect(absent.verdict == .unknown, "\(absent.message)")
    #expect(absent.hint == "git lfs fetch --all")
    #expect(absent.details.contains { $0.text.hasPrefix("big.env is kept by Git LFS") })
    let stored = ".git/lfs/objects/01/23/\(content)"
    try sandbox.write(stored, "nothing here\n")
    #expect(await sandbox.run(probe).verdict == .pass)
    try sandbox.write(stored, "\n\(token)\n")
    expectFound(await sandbox.run(probe), "big.env:2 (commit")
  }

  @Test func readsARepositoryWithLongerIds() async throws {
    let sandbox = try await GitSandbox()
    let folder = sandbox.root + "/long"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try await sandbox.git("init", "-q", "--object-format=sha256", in: folder)
    try Data(token.utf8).write(to: URL(fileURLWithPath: folder + "/a"))
    try await sandbox.git("add", "a", in: folder)
    try await sandbox.git("commit", "-q", "-m", "a", in: folder)
    expectFound(await probe.run(in: sandbox.context(folder: folder)), "a:1 (commit")
  }

  @Test func readsAWorktreeAndAFolderInside() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("sub/a", token)
    try await sandbox.commit()
    try await sandbox.git("worktree", "add", "-q", sandbox.root + "/tree", "-b", "side")
    expectFound(
      await probe.run(in: sandbox.context(folder: sandbox.root + "/tree")), "sub/a:1 (commit")
    expectFound(await probe.run(in: sandbox.context(folder: sandbox.top + "/sub")), "sub/a:1")
  }

  @Test func groupsWhatAPersonJudges() async throws {
    let sandbox = try await GitSandbox()
    let lines = (1...4).map { PlantedSecret.checked("gh" + "p_", seed: $0) }
    try sandbox.write("Tests/a.txt", lines.joined(separator: "\n"))
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .review)
    #expect(finding.details.count == 1)
    #expect(finding.details.first?.text.hasSuffix("and 3 more places in it") == true)
    #expect(finding.facts["secrets"] == "4")
    try sandbox.write(
      "Tests/a.txt",
      lines.dropLast().joined(separator: "\n") + "\n" + PlantedSecret.checked("gh" + "p_", seed: 9))
    let other = await sandbox.run(probe)
    #expect(other.facts["digest"] != finding.facts["digest"], "a new secret is a new fact")
  }

  @Test func factsStayTheSameInAnotherClone() async throws {
    let sandbox = try await GitSandbox()
    for version in 1...3 {
      try sandbox.write("a", "\(token)\n\(version)\n")
      try await sandbox.commit()
    }
    let clone = sandbox.root + "/clone"
    try await sandbox.git("clone", "-q", "file://" + sandbox.top, clone)
    try await sandbox.git("repack", "-adq")
    let here = await sandbox.run(probe)
    let there = await probe.run(in: sandbox.context(folder: clone))
    #expect(here.facts == there.facts)
    #expect(here.facts.count == 4)
  }

  @Test func obeysNoAllowListOfTheRepository() async throws {
    let sandbox = try await GitSandbox()
    for name in [".gitleaks.toml", ".secretsignore", ".gitleaksignore"] {
      try sandbox.write(name, "[allowlist]\npaths = ['.*']\n*\n")
    }
    try sandbox.write("a", token + " # gitleaks:allow pragma: allowlist secret nosec")
    try await sandbox.commit()
    expectFound(await sandbox.run(probe), "a:1")
  }

  @Test func seesThroughReplacementsAndGrafts() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a", token)
    try await sandbox.commit()
    let blob = try await sandbox.git("rev-parse", "HEAD:a")
    try sandbox.write("a", "clean")
    try await sandbox.commit()
    try await sandbox.git("replace", blob, "HEAD:a")
    expectFound(await sandbox.run(probe), "a:1")
  }

  @Test func failsInAnIncompleteRepositoryThatShowsASecret() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a", "1")
    try await sandbox.commit()
    try sandbox.write("a", token)
    try await sandbox.commit()
    let clone = sandbox.root + "/clone"
    try await sandbox.git("clone", "-q", "--depth=1", "file://" + sandbox.top, clone)
    let finding = await probe.run(in: sandbox.context(folder: clone))
    expectFound(finding, "a:1")
    #expect(finding.message.contains("not all was looked at"))
  }

  @Test func survivesHostileNames() async throws {
    let sandbox = try await GitSandbox()
    let names = ["new\nline", "quo\"te'", "esc\u{1B}[31m", "\u{01}tab\t", ":0 0 0 0 A", " ", "-rf"]
    for name in names { try sandbox.write(name, token + "\n" + name) }
    try sandbox.write(String(decoding: [0x61, 0x62], as: UTF8.self), "x")
    try await sandbox.commit()
    let link = sandbox.top + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .fail)
    #expect(finding.details.count == names.count)
    for name in names { #expect(finding.facts.values.contains(name), "\(name.debugDescription)") }
  }

  @Test func runsNothingThatTheRepositoryConfigures() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write(".gitattributes", "* filter=evil diff=evil\n")
    try sandbox.write("a", "1\n")
    try await sandbox.commit()
    let trap = "touch \(sandbox.root)/trapped; cat"
    for key in [
      "core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process",
      "diff.evil.textconv", "diff.evil.command", "diff.external", "core.pager", "gpg.program",
      "core.sshCommand", "core.alternateRefsCommand", "pager.log", "pager.cat-file",
    ] { try await sandbox.git("config", key, trap) }
    try await sandbox.git("config", "log.showSignature", "true")
    try await sandbox.git("config", "alias.log", "!\(trap)")
    try sandbox.write("a", "2 \(token)\n")
    _ = await sandbox.run(probe)
    #expect(!FileManager.default.fileExists(atPath: sandbox.root + "/trapped"))
  }
}
