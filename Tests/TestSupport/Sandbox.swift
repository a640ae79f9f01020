import Foundation
import Glibc

/// A folder of its own for one test, with a home in it, that is removed in the end.
public final class Sandbox: Sendable {
  /// What a program left behind.
  public struct Result: Sendable {
    /// The exit code, or 128 and the signal.
    public let code: Int32
    /// Standard output and standard error as they came.
    public let output: String
    /// Standard output alone.
    public let answer: String
  }

  /// Why something could not be run.
  public struct Failure: Error, CustomStringConvertible {
    /// What failed.
    public let description: String

    /// Because of this.
    public init(_ description: String) { self.description = description }
  }

  /// Path of the folder.
  public let folder: String
  /// The empty folder in which programs start.
  public var work: String { "\(folder)/work" }

  /// A folder that nobody else uses.
  public init() throws {
    // Short, because paths of sockets are limited to about 100 bytes.
    folder = "/tmp/launchgate-\(UInt32.random(in: 0...UInt32.max))"
    for path in ["home", "state", "temporary", "work"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
    }
  }

  deinit {
    if ProcessInfo.processInfo.environment["KEEP_SANDBOXES"] == nil {
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// The program under test, built beside the tests; another one where LAUNCHGATE_PROGRAM says so.
  public static let program: String = {
    if let other = ProcessInfo.processInfo.environment["LAUNCHGATE_PROGRAM"] { return other }
    let bundles = [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
    let folders =
      (bundles + CommandLine.arguments).flatMap { path in
        let url = URL(fileURLWithPath: path)
        return [url, url.deletingLastPathComponent()]
      }
    let paths = folders.map { $0.appendingPathComponent("launchgate").path }
    return paths.first { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue
    } ?? "launchgate"
  }()

  /// Variables that keep a program away from the user's own settings.
  public var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": "\(folder)/home", "XDG_STATE_HOME": "\(folder)/state",
      "TMPDIR": "\(folder)/temporary", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
      "TZ": "UTC", "LAUNCHGATE": Self.program, "SHELL": "/bin/sh",
    ]
  }

  /// Runs a program in the sandbox until it ends.
  public func run(
    _ path: String, _ arguments: [String] = [], in folder: String? = nil, seconds: Int = 300
  ) throws -> Result {
    let name = "\(self.folder)/\(UUID().uuidString)"
    defer { for ending in ["out", "err"] { unlink("\(name).\(ending)") } }
    let process = try spawn([path] + arguments, in: folder ?? work, output: name)
    let deadline = ContinuousClock.now + .seconds(seconds)
    var status: CInt = 0
    while waitpid(process, &status, WNOHANG) != process {
      if ContinuousClock.now > deadline {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw Failure("\(path) \(arguments) has not ended in \(seconds) s")
      }
      usleep(3_000)
    }
    let (answer, errors) = (text("\(name).out"), text("\(name).err"))
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
    return Result(code: code, output: answer + errors, answer: answer)
  }

  // Not Foundation's Process: that waits for daemons too, such as tmux's server.
  private func spawn(
    _ command: [String], in folder: String, output: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let create = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "\(output).out", create, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "\(output).err", create, 0o600)
    // The threads of a test may block signals, and children would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder]
    let arguments = (shell + command).map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { (arguments + variables).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(
      &process, shell[0], &actions, &attributes, arguments + [nil], variables + [nil])
    guard code == 0 else { throw Failure("\(command) cannot be run: \(code)") }
    return process
  }

  /// Runs the program under test in the sandbox until it ends.
  public func launchgate(_ arguments: [String], in folder: String? = nil) throws -> Result {
    try run(Self.program, arguments, in: folder)
  }

  /// The content of a file, or nothing.
  public func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
