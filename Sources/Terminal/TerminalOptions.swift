import Foundation

/// How the terminal is to be used.
public struct TerminalOptions: Sendable {
  /// The colours; by default as the environment tells.
  public var theme: Theme
  /// Whether clicks and the wheel are reported.
  public var mouse: Bool
  /// ASCII signs and borders even where the terminal has Unicode.
  public var ascii: Bool
  /// The cursor stays visible on the selected row, for screen readers and braille lines.
  public var alwaysShowsCursor: Bool
  /// A terminal to use instead of standard input and output, such as `/dev/tty`.
  public var device: String?
  /// The variables of the environment: TERM, NO_COLOR, LANG, ESCDELAY.
  public var environment: [String: String]

  /// The options; everything has a default.
  public init(
    theme: Theme? = nil, mouse: Bool = true, ascii: Bool = false, alwaysShowsCursor: Bool = false,
    device: String? = nil, environment: [String: String]? = nil
  ) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    self.theme = theme ?? .detected(in: environment)
    self.mouse = mouse
    self.ascii = ascii
    self.alwaysShowsCursor = alwaysShowsCursor
    self.device = device
    self.environment = environment
  }

  /// The locale of characters that the environment asks for; UTF-8 where it asks for nothing.
  var locale: String {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = environment[name], !value.isEmpty { return value }
    }
    return "C.UTF-8"
  }

  /// The names under which to open the terminal, the best first.
  ///
  /// New terminals are often newer than the machine's terminfo; they all understand xterm's language.
  func terminalTypes() throws(TerminalError) -> [String] {
    let name = environment["TERM"] ?? ""
    guard !name.isEmpty, name != "dumb", name != "unknown" else { throw .dumb }
    let modern = [
      "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole", "rio", "vte",
      "wezterm", "xterm",
    ]
    let isModern = modern.contains { name.lowercased().contains($0) }
    if isModern { return [name, "xterm-256color"] }
    return name.hasPrefix("tmux") ? [name, "screen-256color"] : [name]
  }
}
