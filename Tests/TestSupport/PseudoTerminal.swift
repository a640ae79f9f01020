import Glibc

/// A terminal of which a test is the screen and the keyboard.
///
/// The program under test has it as its controlling terminal, so that resizing it and closing it
/// reach the program as signals of the kernel.
public final class PseudoTerminal {
  /// Why there is no such terminal.
  public struct Failure: Error {
    /// What failed.
    public let call: String
    /// The number of the error.
    public let code: CInt
  }

  // Not in Glibc's module: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430
  private static let newSession: Int16 = 0x80

  private let screen: CInt
  private let device: String
  private var process: pid_t = 0
  private var status: CInt?
  private var isOpen = true
  /// Everything that the program has written.
  public private(set) var output = ""
  private var bytes: [UInt8] = []

  /// A terminal of a size; nothing runs in it yet.
  public init(rows: UInt16 = 24, columns: UInt16 = 80) throws {
    screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var locked: CInt = 0
    var number: CInt = 0
    guard screen >= 0, ioctl(screen, Self.setLock, &locked) == 0,
      ioctl(screen, Self.getNumber, &number) == 0
    else { throw Failure(call: "open of /dev/ptmx", code: errno) }
    device = "/dev/pts/\(number)"
    resize(rows: rows, columns: columns)
  }

  deinit {
    if process > 0, status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if isOpen { Glibc.close(screen) }
  }

  /// Starts the program in a session of its own.
  public func start(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its own.
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, device, O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads of a test may block signals, and children would inherit that.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Self.newSession | flags)

    var variables = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
    variables.merge(environment) { $1 }
    let argv = ([path] + arguments).map { strdup($0) }
    let envp = variables.map { strdup("\($0.key)=\($0.value)") }
    defer { (argv + envp).forEach { free($0) } }
    let code = posix_spawn(&process, path, &actions, &attributes, argv + [nil], envp + [nil])
    guard code == 0 else { throw Failure(call: "posix_spawn", code: code) }
  }

  /// Types.
  public func type(_ text: String) {
    let bytes = Array(text.utf8)
    typedBytes += max(0, write(screen, bytes, bytes.count))
  }

  /// How many bytes the terminal has taken from the keyboard.
  public private(set) var typedBytes = 0

  /// Types a text again and again, as fast as the program takes it, until something has come about;
  /// false when it does not in time.
  public func keepTyping(
    _ text: String, seconds: Int = 60, until hasComeAbout: () -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !hasComeAbout() {
      guard ContinuousClock.now < deadline else { return false }
      type(text)
      // Whoever waits for an answer leaves the program time to read all that was typed.
      readSome(within: 0)
    }
    return true
  }

  /// Types a long text as fast as the program takes it; false when it does not in time.
  public func typeAll(_ text: String, seconds: Int = 120) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      guard ContinuousClock.now < deadline else { return false }
      let count = rest.withUnsafeBytes { write(screen, $0.baseAddress, min($0.count, 4_096)) }
      if count > 0 { rest = rest.dropFirst(count) } else { readSome() }
    }
    return true
  }

  /// The most memory that the program has had, in KiB; nil when it has ended.
  public var peakMemory: Int? {
    let file = open("/proc/\(process)/status", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = read(file, &bytes, bytes.count)
    let status = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }

  /// Changes the size of the window.
  public func resize(rows: UInt16, columns: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
  }

  /// Sends a signal to the program alone.
  public func send(signal: CInt) {
    kill(process, signal)
  }

  /// Closes the window.
  public func hangUp() {
    if isOpen { Glibc.close(screen) }
    isOpen = false
  }

  /// The modes of the terminal, for comparing.
  public var modes: [UInt32] {
    var modes = termios()
    guard tcgetattr(screen, &modes) == 0 else { return [] }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  /// Reads until the program has written the text; false when it does not in time.
  public func waitFor(_ text: String, seconds: Int = 20) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !output.contains(text) {
      guard ContinuousClock.now < deadline else { return false }
      readSome()
    }
    return true
  }

  /// Reads until the frame that is being written has ended.
  public func waitForFrame(seconds: Int = 20) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !output.hasSuffix("\u{1B}[?2026l") {
      guard ContinuousClock.now < deadline else { return false }
      readSome()
    }
    return true
  }

  /// Forgets what has been written so far.
  public func clearOutput() {
    bytes = []
    output = ""
  }

  /// The exit code, or 128 and the signal; nil when the program does not end in time.
  public func waitForExit(seconds: Int = 20) -> CInt? {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !hasExited, ContinuousClock.now < deadline {
      if isOpen { readSome() } else { poll(nil, 0, 10) }
    }
    guard let status else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
  }

  /// Whether the program has ended.
  public var hasExited: Bool {
    var found: CInt = 0
    if status == nil, waitpid(process, &found, WNOHANG) == process { status = found }
    return status != nil
  }

  private func readSome(within milliseconds: CInt = 20) {
    var entry = pollfd(fd: screen, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(screen, &buffer, buffer.count)
    guard count > 0 else {
      poll(nil, 0, 10)
      return
    }
    bytes += buffer[..<count]
    output = String(decoding: bytes, as: UTF8.self)
  }
}
