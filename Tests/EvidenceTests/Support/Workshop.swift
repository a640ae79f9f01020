import Evidence
import Foundation

/// A folder of its own for one test, removed at the end, in which programs are run.
final class Workshop {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "launchgate-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  /// Runs one shell script in the folder and gives its output and status.
  @discardableResult
  func run(_ script: String, expecting status: Int32? = 0) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder,
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1",
    ]
    let output = path(".output-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self)
    if let status, process.terminationStatus != status {
      throw Trouble(text: "\(script)\nended with \(process.terminationStatus):\n\(text)")
    }
    return text
  }

  struct Trouble: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
  }

  /// Makes a key pair without a passphrase; its path is that of the private key.
  func key(_ name: String, type: String = "ed25519", bits: Int? = nil) throws -> String {
    let size = bits.map { "-b \($0)" } ?? ""
    try run("ssh-keygen -q -t \(type) \(size) -N '' -C \(name)@x.test -f \(name)")
    return path(name)
  }

  /// The public key in one line.
  func publicKey(_ name: String) throws -> String {
    String(decoding: try read("\(name).pub"), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension Entry {
  /// The entry with one more signature by that key.
  func signed(with keyFile: String) throws -> Entry {
    var entry = self
    entry.add([try SSHKeygen.sign(bytes, key: keyFile)])
    return entry
  }
}
