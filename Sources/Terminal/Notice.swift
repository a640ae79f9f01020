import TerminalUI

/// Tells a user who looks elsewhere that something has ended.
///
/// The bell everywhere; where the terminal is known to understand it also a notification: OSC 777
/// (rxvt-unicode, foot, Ghostty, WezTerm) or OSC 9 (iTerm2, kitty, ConEmu). Anything else might
/// print the sequence, and what runs inside of tmux or screen does not reach the terminal.
enum Notice {
  static func sequence(_ text: String, environment: [String: String]) -> String {
    let clean = Sanitizer.clean(text).replacing(";", with: ",")
    let isInside = environment["TMUX"] != nil || environment["STY"] != nil
    if isInside { return "\u{07}" }
    let program = (environment["TERM_PROGRAM"] ?? "").lowercased()
    let type = environment["TERM"] ?? ""
    if ["ghostty", "wezterm"].contains(program)
      || ["foot", "rxvt-unicode", "xterm-ghostty"].contains(where: type.hasPrefix)
    {
      return "\u{07}\u{1B}]777;notify;launchgate;\(clean)\u{1B}\\"
    }
    if program == "iterm.app" || type.hasPrefix("xterm-kitty") || environment["ConEmuANSI"] == "ON"
    {
      return "\u{07}\u{1B}]9;\(clean)\u{1B}\\"
    }
    return "\u{07}"
  }
}
