internal import Foundation

/// Runs git for what the program itself needs to know of a repository.
struct GitCommand {
  var folder: String

  /// What git printed, or nil where it failed or is missing; input is given where needed.
  func output(_ arguments: [String], input: Data? = nil) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Nothing that the repository's own configuration names may be run here.
    process.arguments =
      ["git", "-C", folder, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]
      + arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8",
    ]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let standardInput = Pipe()
    process.standardInput = input == nil ? FileHandle.nullDevice : standardInput
    guard (try? process.run()) != nil else { return nil }
    if let input {
      let handle = standardInput.fileHandleForWriting
      // Written beside the reading, or two full pipes would wait for each other.
      Thread.detachNewThread {
        try? handle.write(contentsOf: input)
        try? handle.close()
      }
    }
    let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }

  /// The first line of what git printed.
  func line(_ arguments: [String]) -> String? {
    output(arguments).map { String(decoding: $0, as: UTF8.self) }?
      .split(separator: "\n").first.map(String.init)
  }
}
