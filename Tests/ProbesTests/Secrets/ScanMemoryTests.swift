import Checklist
import Foundation
import Testing

@testable import Probes

/// A cache that lies would be a false green: here it is damaged, forged and moved about.
@Suite struct ScanMemoryTests {
  private let probe = SecretsGitHistoryProbe(parameters: Parameters())
  private let token = PlantedSecret.checked("gh" + "p_")

  private func folder(_ sandbox: GitSandbox) -> String {
    sandbox.root + "/home/.cache/launchgate/secrets"
  }

  private func files(_ sandbox: GitSandbox) throws -> [String] {
    let folder = folder(sandbox)
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder).map { folder + "/" + $0 }
  }

  /// Three packed versions of a file, the second with a secret.
  private func packed() async throws -> GitSandbox {
    let sandbox = try await GitSandbox()
    for (version, text) in ["1", token, "3"].enumerated() {
      try sandbox.write("a.env", text)
      try sandbox.write("b", "\(version)")
      try await sandbox.commit()
    }
    try await sandbox.git("repack", "-adq")
    return sandbox
  }

  @Test func aSecondScanFindsTheSameInLessWork() async throws {
    let sandbox = try await packed()
    let first = await sandbox.run(probe)
    #expect(first.coverage["objects-seen-before"] == nil)
    let second = await sandbox.run(probe)
    #expect(second.coverage["objects-seen-before"] == first.coverage["objects"])
    #expect(first.verdict == .fail && second.verdict == .fail)
    #expect(second.facts == first.facts && second.details == first.details)
    var coverage = second.coverage
    coverage["objects-seen-before"] = nil
    #expect(coverage == first.coverage)
  }

  @Test func whatIsNewIsLookedAt() async throws {
    let sandbox = try await packed()
    _ = await sandbox.run(probe)
    let other = PlantedSecret.checked("gh" + "o_", seed: 4)
    try sandbox.write("new.env", other)
    try await sandbox.commit()
    for _ in 1...2 {
      let finding = await sandbox.run(probe)
      #expect(finding.details.contains { $0.text.contains("new.env:1 (commit") })
      #expect(finding.details.contains { $0.text.contains("a.env:1 (commit") })
      #expect(finding.coverage["objects"] == 14)
      try await sandbox.git("repack", "-dq")
    }
    try await sandbox.git("repack", "-adq")
    #expect(await sandbox.run(probe).details.count == 2)
    #expect(await sandbox.run(probe).coverage["objects-seen-before"] == 14)
  }

  @Test func aNewPathOfAKnownBlobCounts() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("Tests/a.txt", token)
    try await sandbox.commit()
    try await sandbox.git("repack", "-adq")
    #expect(await sandbox.run(probe).verdict == .review)
    try await sandbox.git("mv", "Tests/a.txt", "prod.txt")
    try await sandbox.commit()
    try await sandbox.git("rm", "-q", "prod.txt")
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    #expect(finding.coverage["objects-seen-before"] != nil)
    #expect(finding.verdict == .fail, "\(finding.details.map(\.text))")
  }

  @Test func agreesWithAScanWithoutMemory() async throws {
    let sandbox = try await packed()
    for step in 1...6 {
      try sandbox.write("f\(step)", step % 2 == 0 ? token + "\(step)\n" + token : "x\(step)")
      try await sandbox.commit()
      if step == 3 { try await sandbox.git("repack", "-dq") }
      if step == 5 {
        try await sandbox.git("reset", "-q", "--hard", "HEAD~2")
        try await sandbox.git("reflog", "expire", "--expire=now", "--all")
        try await sandbox.git("gc", "-q", "--prune=now")
      }
      let remembered = await sandbox.run(probe)
      var context = sandbox.context()
      context.environment["HOME"] = nil
      let fresh = await probe.run(in: context)
      #expect(remembered.facts == fresh.facts, "\(step)")
      #expect(remembered.details == fresh.details, "\(step)")
      #expect(remembered.verdict == fresh.verdict)
    }
  }

  @Test func everyDamagedByteMeansALookAtEverything() async throws {
    let sandbox = try await packed()
    let first = await sandbox.run(probe)
    let file = try #require(try files(sandbox).first)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 24)) {
      var damaged = whole
      damaged[place] ^= 1
      #expect(ScanMemory(damaged, scanner: ScanMemoryStore.scanner ?? "") == nil, "\(place)")
      #expect(ScanMemory(Array(whole[..<place]), scanner: ScanMemoryStore.scanner ?? "") == nil)
    }
    #expect(ScanMemory(whole, scanner: ScanMemoryStore.scanner ?? "") != nil)
    #expect(ScanMemory(whole, scanner: "other rules") == nil)
    try Data(whole.dropLast()).write(to: URL(fileURLWithPath: file))
    let again = await sandbox.run(probe)
    #expect(again.coverage == first.coverage && again.facts == first.facts)
  }

  @Test func liesForThisUserAlone() async throws {
    let sandbox = try await packed()
    _ = await sandbox.run(probe)
    let file = try #require(try files(sandbox).first)
    #expect(try files(sandbox).count == 1)
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(file) == 0o600)
    #expect(try mode(folder(sandbox)) == 0o700)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(!text.contains(token) && !text.contains(token.dropFirst(4).prefix(8)))
    for (path, wide, narrow) in [(file, 0o644, 0o600), (folder(sandbox), 0o755, 0o700)] {
      try FileManager.default.setAttributes([.posixPermissions: wide], ofItemAtPath: path)
      #expect(await sandbox.run(probe).coverage["objects-seen-before"] == nil, "others may write")
      try FileManager.default.setAttributes([.posixPermissions: narrow], ofItemAtPath: path)
    }
    #expect(await sandbox.run(probe).coverage["objects-seen-before"] != nil)
    try FileManager.default.moveItem(atPath: file, toPath: sandbox.root + "/elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: file, withDestinationPath: sandbox.root + "/elsewhere")
    #expect(await sandbox.run(probe).coverage["objects-seen-before"] == nil, "a link")
  }

  @Test func isNeverKeptInsideTheRepository() async throws {
    let sandbox = try await packed()
    var context = sandbox.context()
    for (name, value) in [
      ("XDG_CACHE_HOME", sandbox.top + "/cache"), ("XDG_CACHE_HOME", sandbox.top + "/.git"),
      ("HOME", sandbox.top), ("XDG_CACHE_HOME", "/dev/null/x"),
    ] {
      context.environment = ["PATH": "/usr/bin:/bin", name: value]
      for _ in 1...2 {
        let finding = await probe.run(in: context)
        #expect(finding.coverage["objects-seen-before"] == nil, "\(value)")
        #expect(finding.verdict == .fail)
      }
    }
    #expect(try await sandbox.git("status", "--porcelain") == "")
  }

  @Test func aPackOfTheSameNameWithOtherContentIsAnother() async throws {
    let clean = try await GitSandbox()
    try clean.write("a", "clean")
    try await clean.commit()
    try await clean.git("repack", "-adq")
    #expect(await clean.run(probe).verdict == .pass)
    // The forger swaps what lies in the packs and keeps their names.
    let bad = try await packed()
    let (from, to) = (bad.top + "/.git/objects/pack", clean.top + "/.git/objects/pack")
    let files = FileManager.default
    let names = try files.contentsOfDirectory(atPath: to)
    for name in try files.contentsOfDirectory(atPath: from) {
      let kind = "." + (name.split(separator: ".").last ?? "")
      guard let old = names.first(where: { $0.hasSuffix(kind) }) else { continue }
      try files.removeItem(atPath: to + "/" + old)
      try files.copyItem(atPath: from + "/" + name, toPath: to + "/" + old)
    }
    #expect(await clean.run(probe).verdict == .fail)
  }

  @Test func whatIsInTwoPacksIsLookedAtEachTime() async throws {
    let sandbox = try await packed()
    _ = await sandbox.run(probe)
    let blob = try await sandbox.git("rev-parse", "HEAD~1:a.env")
    let name = try await sandbox.git(
      "pack-objects", "-q", sandbox.top + "/.git/objects/pack/pack", input: blob + "\n")
    #expect(name.count == 40)
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .fail)
    #expect(finding.coverage["objects-seen-before"] == 10, "eleven, of which one lies in both")
    #expect(finding.coverage["objects"] == 11)
  }

  @Test func indexesBesideThePacksHideNothing() async throws {
    let sandbox = try await packed()
    try sandbox.write(".git/objects/pack/multi-pack-index", "garbage")
    try sandbox.write(".git/objects/info/commit-graph", "garbage")
    for isSecond in [false, true] {
      let finding = await sandbox.run(probe)
      #expect(finding.verdict == .fail && !finding.message.contains("not all"))
      #expect((finding.coverage["objects-seen-before"] != nil) == isSecond)
    }
  }

  @Test func anIncompleteScanIsNotRemembered() async throws {
    let sandbox = try await packed()
    try sandbox.write("c", "loose")
    try await sandbox.commit()
    let blob = try await sandbox.git("rev-parse", "HEAD:c")
    let path = ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try sandbox.remove(path)
    try sandbox.write(path, "damage")
    #expect(await sandbox.run(probe).message.contains("not all was looked at"))
    #expect(try files(sandbox) == [])
  }

  @Test(arguments: [20, 32]) func readsIndexesAsGitWritesThem(_ width: Int) throws {
    func index(_ names: [[UInt8]], count: Int? = nil) -> [UInt8] {
      let number = count ?? names.count
      let last = (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
      return [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2] + [UInt8](repeating: 0, count: 1_020) + last
        + names.flatMap { $0 } + [UInt8](repeating: 0, count: names.count * 8 + 2 * width)
    }
    let names = (1...3).map { [UInt8](repeating: UInt8($0), count: width) }
    #expect(
      PackFile.names(index(names), width)?.map(\.hex.count) == [width * 2, width * 2, width * 2])
    #expect(PackFile.names(index([]), width) == [])
    #expect(PackFile.names(index(names.reversed()), width) == nil, "not in order")
    #expect(PackFile.names(index(names, count: 4), width) == nil, "a name is missing")
    #expect(PackFile.names(index(names, count: 0xFFFF_FFFF), width) == nil)
    for length in stride(from: 0, to: index(names).count - 1, by: 7) {
      #expect(PackFile.names(Array(index(names).prefix(length)), width) == nil)
    }
  }
}
