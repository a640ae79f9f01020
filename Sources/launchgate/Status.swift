internal import ArgumentParser
internal import Gate

/// The exit codes of all commands.
enum Status {
  /// GO, or done.
  static let done = ExitCode(0)
  /// Something in the program or the machine failed.
  static let failure = ExitCode(1)
  /// Something is wrong with the launch.
  static let noGo = ExitCode(2)
  /// Something about the launch is not known yet.
  static let incomplete = ExitCode(3)
  /// The evidence is not intact.
  static let damaged = ExitCode(4)
  /// A probe could not look, and that was asked for.
  static let couldNotLook = ExitCode(5)
  /// The evidence is intact, but not trusted.
  static let untrusted = ExitCode(6)
  /// The command was called wrongly.
  static let usage = ExitCode(64)

  /// The code of a verdict.
  static func of(_ verdict: GateVerdict) -> ExitCode {
    switch verdict {
    case .go: done
    case .noGo: noGo
    case .incomplete: incomplete
    }
  }
}
