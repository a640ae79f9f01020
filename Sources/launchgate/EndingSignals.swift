internal import Foundation

/// Does something before a signal ends the program, which then ends by that signal.
///
/// For commands without a screen; what ignores a signal already, as `nohup` does, goes on to.
final class EndingSignals {
  private var sources: [any DispatchSourceSignal] = []

  /// Takes INT, TERM and HUP from now on.
  init(_ before: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var former = sigaction()
      sigaction(number, nil, &former)
      // A handler that is not the default one is somebody's will: 1 is to ignore it.
      guard former.__sigaction_handler.sa_handler == nil else { continue }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        before()
        signal(number, SIG_DFL)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        // This thread may hold it back.
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(number)
      }
      source.resume()
      sources.append(source)
    }
  }

  /// Leaves them to the system again.
  func stop() {
    for source in sources {
      source.cancel()
      signal(CInt(source.handle), SIG_DFL)
    }
    sources = []
  }
}
