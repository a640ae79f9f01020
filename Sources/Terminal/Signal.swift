import Glibc

/// A signal that reached the process.
public enum Signal: Hashable, Sendable {
  case interrupt
  case terminate
  case hangUp
  case windowChanged
  case stop
  case continued

  init?(number: CInt) {
    switch number {
    case SIGINT: self = .interrupt
    case SIGTERM: self = .terminate
    case SIGHUP: self = .hangUp
    case SIGWINCH: self = .windowChanged
    case SIGTSTP: self = .stop
    case SIGCONT: self = .continued
    default: return nil
    }
  }

  /// The exit code of a program that ends for this signal; nil when it asks for no end.
  public var exitCode: CInt? {
    switch self {
    case .interrupt: 128 + SIGINT
    case .terminate: 128 + SIGTERM
    case .hangUp: 128 + SIGHUP
    case .windowChanged, .stop, .continued: nil
    }
  }
}
