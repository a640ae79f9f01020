import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct FilesPermissionsProbeTests {
  private let folder = try? TemporaryFolder()

  private func file(_ name: String, _ mode: Int) throws -> String {
    let folder = try #require(folder)
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private func run(_ paths: [String], hosts: [String] = ["here"]) async -> Finding {
    let context = ProbeContext(
      target: Target(hosts: hosts), hostName: "here", now: Timestamp(seconds: 0))
    return await FilesPermissionsProbe(parameters: Parameters(["paths": .strings(paths)]))
      .run(in: context)
  }

  @Test(arguments: [
    (".env", 0o600, Finding.Verdict.pass), ("app.key", 0o400, .pass), (".env", 0o640, .review),
    (".env", 0o620, .review), (".env.production", 0o644, .fail), ("id_rsa", 0o604, .fail),
    ("a.pem", 0o602, .fail), ("whatever", 0o644, .fail), ("whatever", 0o600, .pass),
    ("app.service", 0o644, .pass), ("app.service", 0o664, .review), ("app.service", 0o646, .fail),
  ])
  func judgesModes(_ name: String, _ mode: Int, _ expected: Finding.Verdict) async throws {
    let path = try file(name, mode)
    let finding = await run([path])
    #expect(finding.verdict == expected, "\(finding.everything)")
    #expect(finding.facts[path] == String(mode, radix: 8))
  }

  @Test func looksThroughFoldersAndNotThroughLinks() async throws {
    let folder = try #require(folder)
    _ = try file("a/b/.env", 0o600)
    _ = try file("a/README.md", 0o644)
    #expect(await run([folder.path + "/a"]).verdict == .pass)
    _ = try file("c/open.key", 0o644)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a/link", withDestinationPath: folder.path + "/c")
    #expect(await run([folder.path + "/a"]).verdict == .pass)
    #expect(await run([folder.path + "/a", folder.path + "/c"]).verdict == .fail)
    #expect(await run([folder.path + "/a/link"]).verdict == .fail, "a named link is followed")
  }

  @Test func unknownWhereItSeesNothing() async throws {
    let folder = try #require(folder)
    let path = try file("x/.env", 0o600)
    #expect(await run([path]).verdict == .pass)
    #expect(await run([path], hosts: ["web1"]).verdict == .unknown)
    #expect(await run([path], hosts: []).verdict == .unknown)
    #expect(await run([path, folder.path + "/none"]).verdict == .unknown)
    #expect(await run([]).verdict == .unknown)
    #expect(await run(["x/.env"]).verdict == .unknown, "a relative path names no file of the host")
    #expect(await run([path + "\u{0}"]).verdict == .unknown)
    #expect(await run(["/dev/null"]).verdict == .unknown)
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: true)
    #expect(await run([folder.path + "/empty"]).verdict == .unknown)
  }

  @Test func unknownBelowTheLimitOfDepth() async throws {
    let folder = try #require(folder)
    _ = try file("d/.env", 0o600)
    _ = try file("d/" + (0..<20).map { "\($0)/" }.joined() + ".env", 0o644)
    let finding = await run([folder.path + "/d"])
    #expect(finding.verdict == .unknown, "\(finding.everything)")
  }
}
