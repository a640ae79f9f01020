internal import Foundation
internal import Probes
internal import Session

/// The editor that the user has chosen, for notes that are longer than a field.
struct Editor: Sendable {
  /// A note of more bytes is not taken; a file of that size is attached instead.
  static let limit = TextInput.note

  /// Program and arguments: `VISUAL`, else `EDITOR`, else `vi`; split at blanks, without a shell.
  let words: [String]

  init(_ environment: [String: String]) {
    words =
      ["VISUAL", "EDITOR"].lazy
      .map { (environment[$0] ?? "").split(whereSeparator: \.isWhitespace).map(String.init) }
      .first { !$0.isEmpty } ?? ["vi"]
  }

  /// Blocks until the user has left the editor, which has the terminal meanwhile.
  ///
  /// - Parameters:
  ///   - name: what the file is called, as far as its characters will do.
  ///   - folder: the drafts' private folder; nothing stays in it.
  /// - Returns: the text, at most `limit` bytes.
  /// - Throws: where there is no terminal or no such program, where it fails, is ended by a signal,
  ///   or leaves nothing or too much; what was there before is the caller's still.
  func edit(
    _ text: String, named name: String, in folder: String, log: CommandLog?
  ) throws -> String {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw Problem("there is no terminal for an editor", hint: "type the note as a line")
    }
    let file = try NoteFile(text, named: name, in: folder)
    let running = log?.start(words + [file.path])
    do {
      try run(file.path)
    } catch {
      running?.end(error.outcome)
      throw Problem("\(words[0]) \(error.reason)", hint: error.hint)
    }
    running?.end("exit 0")
    return try file.text(limit: Self.limit)
  }

  private func run(_ path: String) throws(Failure) {
    var modes = termios()
    let hasModes = tcgetattr(STDIN_FILENO, &modes) == 0
    // One that is killed leaves the terminal as it needed it.
    defer { if hasModes { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes) } }
    var process: pid_t = 0
    let code = spawn(words + [path], &process)
    guard code == 0 else { throw .notStarted(code) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    if status & 0x7f != 0 { throw .ended(bySignal: status & 0x7f) }
    if (status >> 8) & 0xff != 0 { throw .failed((status >> 8) & 0xff) }
  }

  /// Starts it in this process group: it may use the terminal, and stops together with us.
  private func spawn(_ command: [String], _ process: inout pid_t) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of this process block signals that the program must get.
    var (none, normal) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&normal)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &normal)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = command.map { strdup($0) }
    let settings = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for text in words + settings { free(text) } }
    return posix_spawnp(
      &process, command[0], nil, &attributes, words + [nil], settings + [nil])
  }

  private enum Failure: Error {
    case notStarted(Int32)
    case failed(Int32)
    case ended(bySignal: Int32)

    var reason: String {
      switch self {
      case .notStarted(ENOENT): "is not installed"
      case .notStarted(let code): "could not be run: \(String(cString: strerror(code)))"
      case .failed(let code): "ended with exit \(code)"
      case .ended(let signal): "was ended by signal \(signal)"
      }
    }

    var hint: String {
      switch self {
      case .notStarted: "the note is as it was; VISUAL or EDITOR names an editor"
      case .failed, .ended:
        "the note is as it was; leave the editor without an error to take it over"
      }
    }

    var outcome: String {
      switch self {
      case .notStarted: "not run"
      case .failed(let code): "exit \(code)"
      case .ended(let signal): "signal \(signal)"
      }
    }
  }
}
