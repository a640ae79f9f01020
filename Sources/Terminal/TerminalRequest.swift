import Foundation
import TerminalUI

/// What a program may ask of a terminal besides showing cells.
public enum TerminalRequest: Hashable, Sendable {
  /// The title of the window.
  case title(String)
  case bell
  /// Tells a user who looks elsewhere that something has ended.
  case notify(String)
  /// Puts a text on the clipboard, over SSH too where the terminal allows it (OSC 52).
  case copy(String)
  /// Whether clicks and the wheel are reported; without, the terminal's own selection works.
  case mouse(Bool)
  case theme(Theme)

  /// What to write; nil when it is a matter for ncurses.
  var sequence: String? {
    switch self {
    case .title(let text): "\u{1B}]2;\(Sanitizer.clean(text))\u{1B}\\"
    case .bell: "\u{07}"
    case .copy(let text): "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
    case .mouse, .theme, .notify: nil
    }
  }
}
