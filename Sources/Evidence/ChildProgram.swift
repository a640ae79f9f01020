internal import Foundation

/// Another program that is run to its end, such as `ssh-keygen`.
///
/// It stays in this process group, so that it may ask on the terminal; Foundation's `Process`
/// begins a new one, in which asking stops for ever.
struct ChildProgram {
  /// What it left behind.
  struct Outcome {
    /// Its exit code, or 128 and the signal that ended it.
    var status: Int32
    /// Standard output, at most 1 MiB.
    var output: [UInt8]
    /// Standard error, at most 4 KiB; empty where it went to the terminal.
    var complaint: String

    /// The last line that it complained in, for one sentence.
    var reason: String {
      complaint.split(separator: "\n").last.map(String.init) ?? "it gave no reason"
    }
  }

  /// Why it could not be run.
  struct Failure: Error {
    var reason: String
    /// Whether it is not installed.
    var isMissing = false
  }

  var name: String
  var arguments: [String]
  /// Variables beside those of this process.
  var environment: [String: String] = [:]
  /// Whether it may talk to a person on standard error, where that is a terminal.
  var talks = false

  /// Runs it with that input.
  func run(input: [UInt8] = []) throws(Failure) -> Outcome {
    let files = [try Self.file(input), try Self.file([]), try Self.file([])]
    defer { for file in files { close(file) } }
    let isTalking = talks && isatty(STDERR_FILENO) == 1
    let process = try spawn(
      input: files[0], output: files[1], errors: isTalking ? STDERR_FILENO : files[2])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return Outcome(
      status: status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f,
      output: Self.content(of: files[1], limit: 1 << 20),
      complaint: String(decoding: Self.content(of: files[2], limit: 4 << 10), as: UTF8.self))
  }

  private func spawn(
    input: Int32, output: Int32, errors: Int32
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This process blocks and ignores signals that must end or stop a program that asks.
    var (none, normal) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&normal)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&normal, signal) }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &normal)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let words = ([name] + arguments).map { strdup($0) }
    let settings = variables.map { strdup("\($0.key)=\($0.value)") }
    defer { for text in words + settings { free(text) } }
    var process: pid_t = 0
    let code = posix_spawnp(
      &process, name, &actions, &attributes, words + [nil], settings + [nil])
    guard code == 0 else {
      throw Failure(
        reason: code == ENOENT
          ? "\(name) is not installed"
          : "\(name) could not be run: \(String(cString: strerror(code)))",
        isMissing: code == ENOENT)
    }
    return process
  }

  /// A file without a name that holds those bytes: nothing is left behind, and no pipe can block.
  private static func file(_ bytes: [UInt8]) throws(Failure) -> Int32 {
    let folder = FileManager.default.temporaryDirectory.path
    let path = "\(folder)/launchgate-\(UUID().uuidString)"
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Failure(reason: "a temporary file could not be made") }
    unlink(path)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(file, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        close(file)
        throw Failure(reason: "a temporary file could not be written")
      }
      written += count
    }
    lseek(file, 0, SEEK_SET)
    return file
  }

  private static func content(of file: Int32, limit: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    var length = 0
    while length < limit {
      let count = bytes.withUnsafeMutableBytes {
        pread(file, $0.baseAddress.map { $0 + length }, limit - length, off_t(length))
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      length += count
    }
    return Array(bytes.prefix(length))
  }
}

/// A folder that only this user can read, for programs that want files with names.
struct PrivateFolder: ~Copyable {
  let path: String

  init() throws(ChildProgram.Failure) {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("launchgate-\(UUID().uuidString)").path
    guard mkdir(path, 0o700) == 0 else {
      throw ChildProgram.Failure(reason: "a temporary folder could not be made")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file into it, and says where it is.
  func write(_ bytes: [UInt8], _ name: String) throws(ChildProgram.Failure) -> String {
    let file = "\(path)/\(name)"
    guard
      FileManager.default.createFile(
        atPath: file, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
    else { throw ChildProgram.Failure(reason: "a temporary file could not be written") }
    return file
  }
}
