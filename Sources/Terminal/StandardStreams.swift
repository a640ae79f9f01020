internal import CNcurses
import Glibc

/// Keeps standard output and error off the screen while it is ours.
///
/// A stray print or a message of the runtime would be drawn over the cells. It goes to a pipe, and
/// is shown when the screen has been left. Streams that the user has sent elsewhere are left alone.
struct StandardStreams {
  private(set) var output: CInt = -1
  private(set) var error: CInt = -1
  /// Where the strays can be read.
  private(set) var strays: CInt = -1

  /// Diverts those that are terminals, and remembers them.
  mutating func divert() {
    guard strays < 0 else { return }
    fflush(nil)
    var pipe: CInt = -1
    // Not blocking: when the pipe is full the rest is lost, and nobody waits.
    guard cnc_pipe(&strays, &pipe) else { return }
    output = diverted(STDOUT_FILENO, to: pipe)
    error = diverted(STDERR_FILENO, to: pipe)
    close(pipe)
  }

  /// Puts them back, and shows what went astray.
  mutating func restore() {
    guard strays >= 0 else { return }
    fflush(nil)
    restore(STDOUT_FILENO, from: &output)
    restore(STDERR_FILENO, from: &error)
    cnc_copy(strays, STDERR_FILENO)
    close(strays)
    strays = -1
  }

  private func diverted(_ descriptor: CInt, to pipe: CInt) -> CInt {
    guard isatty(descriptor) == 1 else { return -1 }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    if copy >= 0 { dup2(pipe, descriptor) }
    return copy
  }

  private func restore(_ descriptor: CInt, from copy: inout CInt) {
    guard copy >= 0 else { return }
    dup2(copy, descriptor)
    close(copy)
    copy = -1
  }
}
