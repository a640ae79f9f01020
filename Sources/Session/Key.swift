/// What the user did, as decoded from the terminal.
public enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl and a lower-case letter.
  case control(Character)
  /// Alt and a character.
  case alt(Character)
  case enter, tab, backTab, escape, backspace, delete
  case up, down, left, right
  case home, end, pageUp, pageDown
  case function(Int)
  /// Text that was pasted; it is never a command.
  case paste(String)
  case click(row: Int, column: Int)
  case wheelUp(row: Int, column: Int)
  case wheelDown(row: Int, column: Int)
  case resize(Size)

  /// Characters that mean something with Alt; before any other one the Esc stands for itself.
  public static let altCharacters: Set<Character> = ["b", "f", "\u{7F}"]
}
