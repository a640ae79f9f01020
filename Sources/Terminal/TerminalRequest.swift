import Foundation
import TerminalUI

/// What a program may ask of a terminal besides showing cells.
public enum TerminalRequest: Hashable, Sendable {
  /// The title of the window.
  case title(String)
  case bell
  /// Puts a text on the clipboard, over SSH too where the terminal allows it (OSC 52).
  case copy(String)

  var sequence: String {
    switch self {
    case .title(let text): "\u{1B}]2;\(Sanitizer.clean(text))\u{1B}\\"
    case .bell: "\u{07}"
    case .copy(let text): "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
    }
  }
}
