/// Why a program gave no usable answer.
enum CommandFailure: Error, Equatable, Sendable {
  case notInstalled(String)
  case timedOut(String)
  case outputTooLarge(String)
  case cancelled
  case broken(String, reason: String)

  /// One clause for a finding's message.
  var reason: String {
    switch self {
    case .notInstalled(let program): "\(program) is not installed"
    case .timedOut(let program): "\(program) did not finish in time"
    case .outputTooLarge(let program): "\(program) wrote more than is read"
    case .cancelled: "the probe was cancelled"
    case .broken(let program, let reason): "\(program) failed: \(reason)"
    }
  }

  /// How it ended, for the log of programs.
  var shortly: String {
    switch self {
    case .notInstalled: "not installed"
    case .timedOut: "timed out"
    case .outputTooLarge: "wrote too much"
    case .cancelled: "stopped"
    case .broken: "failed"
    }
  }

  /// The way out of the unknown that follows from it.
  var hint: String {
    switch self {
    case .notInstalled(let program): "install \(program) and make sure that PATH leads to it"
    case .timedOut: "allow more time with --timeout"
    case .outputTooLarge: "look by hand, with the command that reproduces the finding"
    case .cancelled: "run the probe again"
    case .broken(let program, _): "run \(program) by hand in that folder and repair what it reports"
    }
  }
}
