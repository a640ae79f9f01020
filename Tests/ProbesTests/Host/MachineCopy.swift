import Checklist
import Foundation

@testable import Probes

/// A copy of some files of a machine, and what its programs would answer.
final class MachineCopy: Sendable {
  let folder: TemporaryFolder

  init(_ files: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    for (path, text) in files { try write(path, text) }
  }

  func write(_ path: String, _ text: String) throws {
    let url = URL(fileURLWithPath: folder.path + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  func link(_ path: String, to target: String) throws {
    let url = URL(fileURLWithPath: folder.path + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
  }

  /// Processes of those names, with ids from 100 on.
  func processes(_ names: String...) throws {
    for (number, name) in names.enumerated() {
      try write("/proc/\(100 + number)/comm", name + "\n")
    }
  }

  /// The machine; a program without an answer here is not installed.
  func machine(_ answers: [String: String] = [:]) -> Machine {
    Machine(
      root: folder.path, deadline: .now + .seconds(30),
      answers: answers.mapValues { CommandOutput(status: 0, bytes: Array($0.utf8), errors: "") })
  }
}

extension Machine {
  /// The machine on which the tests run.
  static var real: Machine { Machine(deadline: .now + .seconds(60)) }
}
