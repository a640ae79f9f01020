import Glibc

/// Keeps standard output and error off the screen while it is ours.
///
/// A stray print or a message of the runtime would be drawn over the cells. Streams that the user
/// has sent elsewhere are left alone.
struct StandardStreams {
  private(set) var output: CInt = -1
  private(set) var error: CInt = -1

  /// Sends those that are terminals to nowhere, and remembers them.
  mutating func divert() {
    fflush(nil)
    output = diverted(STDOUT_FILENO, remembered: output)
    error = diverted(STDERR_FILENO, remembered: error)
  }

  /// Puts them back for as long as someone else has the terminal.
  mutating func restore() {
    restore(STDOUT_FILENO, from: &output)
    restore(STDERR_FILENO, from: &error)
  }

  private func diverted(_ descriptor: CInt, remembered: CInt) -> CInt {
    guard remembered < 0, isatty(descriptor) == 1 else { return remembered }
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard nowhere >= 0 else { return -1 }
    defer { close(nowhere) }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    if copy >= 0 { dup2(nowhere, descriptor) }
    return copy
  }

  private func restore(_ descriptor: CInt, from copy: inout CInt) {
    guard copy >= 0 else { return }
    fflush(nil)
    dup2(copy, descriptor)
    close(copy)
    copy = -1
  }
}
