internal import CNcurses
internal import Session
import TerminalUI

/// Reads keys through a pad of one cell, because reading from a window would refresh it.
struct Keyboard: ~Copyable {
  private let pad: UnsafeMutablePointer<WINDOW>
  private var decoder = KeyDecoder()
  /// Whether the last reading ended at its bound: there may be more, in ncurses where `poll` does
  /// not see it.
  private(set) var hasMore = false

  /// How many characters and keys one reading takes, so that a terminal which never stops typing
  /// cannot keep the screen from being painted or signals from being heard.
  static let limit = 4_096

  init?() {
    guard let pad = newpad(1, 1) else { return nil }
    self.pad = pad
    _ = keypad(pad, true)
    _ = nodelay(pad, true)
    _ = meta(pad, true)
    Self.defineKeys()
  }

  deinit {
    delwin(pad)
  }

  var isPasting: Bool { decoder.isPasting }

  /// What has been typed, up to the bound; empty when there is nothing.
  mutating func read() -> [Key] {
    var inputs: [KeyDecoder.Input] = []
    while inputs.count < Self.limit, let input = next() { inputs.append(input) }
    hasMore = inputs.count == Self.limit
    return decoder.keys(inputs, isCut: hasMore)
  }

  /// Ends a paste that stays unfinished.
  mutating func finishPaste() -> [Key] {
    decoder.finishPaste()
  }

  private func next() -> KeyDecoder.Input? {
    var value: wint_t = 0
    switch wget_wch(pad, &value) {
    case KEY_CODE_YES where CInt(bitPattern: value) == KEY_MOUSE:
      var row: CInt = 0
      var column: CInt = 0
      let kind = cnc_mouse_event(&row, &column)
      return .mouse(kind, row: Int(row), column: Int(column))
    case KEY_CODE_YES: return .code(CInt(bitPattern: value))
    case OK: return .character(value)
    default: return nil
    }
  }

  /// The brackets of a paste, and keys that descriptions of terminals leave out.
  private static func defineKeys() {
    let sequences: [(String, CInt)] = [
      ("\u{1B}[200~", KeyDecoder.pasteStart), ("\u{1B}[201~", KeyDecoder.pasteEnd),
      ("\u{1B}[H", KEY_HOME), ("\u{1B}[F", KEY_END), ("\u{1B}[1~", KEY_HOME),
      ("\u{1B}[4~", KEY_END), ("\u{1B}[7~", KEY_HOME), ("\u{1B}[8~", KEY_END),
      ("\u{1B}OH", KEY_HOME), ("\u{1B}OF", KEY_END), ("\u{1B}[Z", KEY_BTAB),
      ("\u{1B}[A", KEY_UP), ("\u{1B}[B", KEY_DOWN), ("\u{1B}[C", KEY_RIGHT),
      ("\u{1B}[D", KEY_LEFT), ("\u{1B}OP", KEY_F0 + 1), ("\u{1B}[11~", KEY_F0 + 1),
    ]
    for (sequence, code) in sequences where key_defined(sequence) == 0 {
      _ = define_key(sequence, code)
    }
  }
}
