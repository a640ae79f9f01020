internal import Foundation
internal import Probes

/// Runs git for what the program itself needs to know of a repository.
///
/// Nothing that the repository's own configuration names is run: no hooks, no monitor, no external
/// diffs, no filters, no transport.
struct GitCommand {
  var folder: String

  /// What git printed, or nil where it failed or is missing; input is given where needed.
  func output(_ arguments: [String], input: Data? = nil) -> Data? {
    // Only what compares the working tree would run filters.
    let settings = Self.harmless + (arguments.first == "diff" ? filtersOff : [])
    return run(arguments, settings, input: input)
  }

  /// The first line of what git printed.
  func line(_ arguments: [String]) -> String? {
    output(arguments).map { String(decoding: $0, as: UTF8.self) }?
      .split(separator: "\n").first.map(String.init)
  }

  /// The top folder of the working tree; nil where the repository's settings put it elsewhere.
  ///
  /// Whoever sets `GIT_WORK_TREE` says it for this call, which is nobody else's decision.
  var top: String? {
    guard let top = line(["rev-parse", "--show-toplevel"]),
      let repository = line(["rev-parse", "--absolute-git-dir"]),
      ProcessInfo.processInfo.environment["GIT_WORK_TREE"] != nil
        || WorkingTree.leadsBack(top, to: repository)
    else { return nil }
    return top
  }

  private static let harmless = [
    ("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("core.pager", "cat"),
    ("diff.external", ""), ("diff.ignoreSubmodules", "dirty"), ("log.showSignature", "false"),
    ("protocol.allow", "never"), ("submodule.recurse", "false"),
  ]

  /// Settings that turn off the filters which the repository configures.
  ///
  /// Those of the user's own configuration, such as Git LFS, stay: without them files would seem
  /// to be changed that are not.
  private var filtersOff: [(String, String)] {
    let listing = run(
      ["config", "--null", "--show-scope", "--get-regexp", "^filter\\."], Self.harmless)
    let parts = (listing ?? Data()).split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var own: [String: String] = [:]
    var foreign: Set<String> = []
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let pair = parts[index + 1].split(separator: "\n", maxSplits: 1).map(String.init)
      guard let key = pair.first, let dot = key.lastIndex(of: ".") else { continue }
      if ["local", "worktree"].contains(parts[index]) {
        foreign.insert(String(key[..<dot]))
      } else {
        own[key] = pair.count > 1 ? pair[1] : ""
      }
    }
    return foreign.sorted().flatMap { name in
      [("clean", ""), ("smudge", ""), ("process", ""), ("required", "false")].map {
        ("\(name).\($0.0)", own["\(name).\($0.0)"] ?? $0.1)
      }
    }
  }

  private static let program = ProgramPath.find(
    "git", in: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")

  private func run(
    _ arguments: [String], _ settings: [(String, String)], input: Data? = nil
  ) -> Data? {
    guard let program = Self.program else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-C", folder, "--no-pager"] + arguments
    process.environment = Self.environment(settings)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let standardInput = Pipe()
    process.standardInput = input == nil ? FileHandle.nullDevice : standardInput
    let running = CommandLog.current?.start(["git", "-C", folder] + arguments)
    guard (try? process.run()) != nil else {
      running?.end("not started")
      return nil
    }
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
    running?.end("exit \(process.terminationStatus)")
    return process.terminationStatus == 0 ? data : nil
  }

  /// Settings go by variables: on the command line a name with `=` in it could not be set.
  private static func environment(_ settings: [(String, String)]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.merging([
      "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1",
      "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C.UTF-8",
      "GIT_CONFIG_COUNT": String(settings.count),
    ]) { $1 }
    environment["GIT_EXTERNAL_DIFF"] = nil
    for (index, setting) in settings.enumerated() {
      environment["GIT_CONFIG_KEY_\(index)"] = setting.0
      environment["GIT_CONFIG_VALUE_\(index)"] = setting.1
    }
    return environment
  }
}
