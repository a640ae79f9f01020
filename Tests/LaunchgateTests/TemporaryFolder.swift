import Evidence
import Foundation

@testable import launchgate

/// A folder that is removed with its last reference.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/launchgate-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, folders included.
  func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Runs git here, as somebody.
  @discardableResult
  func git(_ arguments: String...) -> String {
    let data = GitCommand(folder: path).output(
      ["-c", "user.name=T", "-c", "user.email=t@x.test", "-c", "commit.gpgsign=false"]
        + arguments)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "failed"
  }
}

extension Author {
  /// Somebody.
  static let mara = Author(
    identity: .person(
      Author.Signer(id: "m@x.test", name: "Mara", email: "m@x.test", role: "release-manager")),
    user: "mara", host: "desk", tool: "launchgate 1.0.0")
}
