internal import CNcurses
import Glibc

/// Signals as bytes on a pipe that `poll` can watch.
///
/// To be opened before the terminal, because ncurses takes the signals that nobody has, and draws
/// in its handlers.
struct SignalPipe: ~Copyable {
  let descriptor: CInt

  init() throws(TerminalError) {
    descriptor = cnc_signals_install()
    guard descriptor >= 0 else { throw .system("pipe", code: errno) }
  }

  deinit {
    cnc_signals_remove()
  }

  /// The signals since the last call, each once.
  func drain() -> [Signal] {
    var bytes = [UInt8](repeating: 0, count: 64)
    var signals: [Signal] = []
    while case let count = read(descriptor, &bytes, bytes.count), count > 0 {
      for byte in bytes[..<count] {
        if let signal = Signal(number: CInt(byte)), !signals.contains(signal) {
          signals.append(signal)
        }
      }
    }
    cnc_signals_seen()
    return signals
  }

  /// Another program has the terminal: stop together with it.
  func lend() {
    cnc_signals_lend(true)
  }

  /// The other program has ended; what was typed at it is not for us.
  func takeBack() {
    cnc_signals_lend(false)
    let ends = drain().filter { $0 == .terminate || $0 == .hangUp }
    for signal in ends { kill(getpid(), signal == .terminate ? SIGTERM : SIGHUP) }
  }
}
