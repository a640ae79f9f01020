import Foundation
import Synchronization
import Testing

@testable import Checklist
@testable import Probes

/// A folder with a git repository of its own, gone at the end of the test.
final class GitSandbox: Sendable {
  let root: String
  var top: String { root + "/work" }

  /// An empty repository on branch `main`.
  init() async throws {
    root = NSTemporaryDirectory() + "launchgate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: root + "/work", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: root + "/home", withIntermediateDirectories: true)
    try await git("init", "-q", "-b", "main")
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Runs git as a person would, with a home folder of its own.
  @discardableResult
  func git(
    _ arguments: String..., input: String = "", in folder: String? = nil
  ) async throws -> String {
    let command = Command(
      program: "git", arguments: ["-C", folder ?? top] + arguments, environment: environment,
      deadline: .now + .seconds(60))
    let answer = try await command.output(input: Array(input.utf8))
    try #require(answer.succeeded, "git \(arguments): \(answer.errors)")
    return answer.text.trimmingCharacters(in: .newlines)
  }

  var environment: [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": root + "/home", "LC_ALL": "C.UTF-8",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@host",
      "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@host",
    ]
  }

  /// Writes a file below the top folder.
  func write(_ path: String, _ text: String) throws { try write(path, Array(text.utf8)) }

  /// Writes a file below the top folder.
  func write(_ path: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: top + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: top + "/" + path)
  }

  /// Commits all that is there.
  func commit(_ message: String = "change") async throws {
    try await git("add", "-A")
    try await git("commit", "-q", "--allow-empty", "-m", message)
  }

  /// What a probe is given.
  func context(
    paths: [String] = [], folder: String? = nil, timeout: Duration = .seconds(60)
  ) -> ProbeContext {
    ProbeContext(
      repository: folder ?? top, paths: paths, hostName: "here", now: Timestamp(seconds: 0),
      timeout: timeout, environment: ["PATH": "/usr/bin:/bin", "HOME": root + "/home"])
  }

  func run(_ probe: any Probe) async -> Finding { await probe.run(in: context()) }
}

extension Finding {
  /// All of its words, to look for something in them.
  var everything: String {
    ([message, hint ?? "", transcript] + details.map(\.text) + facts.map { $0 + $1 })
      .joined(separator: "\n")
  }
}
