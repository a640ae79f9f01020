import Glibc

/// The descriptors of a terminal, apart from standard input and output.
///
/// Those may be sent elsewhere while the screen is ours.
package struct TerminalDescriptors: ~Copyable {
  package let input: CInt
  package let output: CInt

  /// The terminal behind a path, or behind standard input and output.
  static func open(_ device: String?) throws(TerminalError) -> TerminalDescriptors {
    var (input, output) = (STDIN_FILENO, STDOUT_FILENO)
    if let device {
      input = Glibc.open(device, O_RDWR | O_NOCTTY | O_CLOEXEC)
      output = input
      guard input >= 0 else { throw .system("open", code: errno) }
    }
    defer { if device != nil { close(input) } }
    guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
    return TerminalDescriptors(input: input, output: output)
  }

  /// Copies of two descriptors.
  package init(input: CInt, output: CInt) {
    self.input = fcntl(input, F_DUPFD_CLOEXEC, 3)
    self.output = fcntl(output, F_DUPFD_CLOEXEC, 3)
  }

  deinit {
    close(input)
    close(output)
  }

  func write(_ text: String) {
    Self.write(text, to: output)
  }

  /// Writes at once, past the buffer of ncurses, which is empty between two frames.
  static func write(_ text: String, to descriptor: CInt) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return }
    }
  }
}
