/// Why there is no full screen.
public enum TerminalError: Error, Hashable, Sendable {
  /// Input or output is a file or a pipe.
  case notATerminal
  /// TERM is not set, empty or `dumb`.
  case dumb
  /// There is no description of this TERM on the machine.
  case unknownType(String)
  /// A call to the system failed.
  case system(String, code: CInt)
}

extension TerminalError: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .notATerminal: "input or output is not a terminal"
    case .dumb: "TERM is not set or dumb: this terminal cannot show a full screen"
    case .unknownType(let name): "unknown terminal type '\(name)'"
    case .system(let call, let code): "\(call) failed with error \(code)"
    }
  }

  /// What the user can do about it.
  public var hint: String {
    switch self {
    case .notATerminal, .dumb: "use a command that prints plain lines, such as 'status'"
    case .unknownType: "install its terminfo entry, or try TERM=xterm-256color"
    case .system: "try again in another terminal"
    }
  }
}
