internal import CNcurses
internal import Session
import TerminalUI

/// Turns what ncurses reports into keys.
struct KeyDecoder {
  /// One report of ncurses.
  enum Input: Hashable {
    case character(UInt32)
    case code(CInt)
    case mouse(CInt, row: Int, column: Int)
  }

  /// The codes under which the brackets of a paste are reported.
  static let pasteStart: CInt = 0x7001
  static let pasteEnd: CInt = 0x7002
  /// Bytes of a paste that are kept: more than anyone pastes into a form.
  static let pasteLimit = 1 << 20

  private var paste: String.UnicodeScalarView?
  /// How many bytes the paste has: to count them at every character would take for ever.
  private var pasted = 0
  /// The beginning of a sequence of which the rest has not been read yet.
  private var held: [Input] = []

  /// True from the start of a paste to its end.
  var isPasting: Bool { paste != nil }

  /// The keys in what was read at once.
  ///
  /// - Parameter isCut: whether more may follow at once, so that a sequence may be cut in two.
  mutating func keys(_ inputs: [Input], isCut: Bool = false) -> [Key] {
    var keys: [Key] = []
    var rest = (held + inputs)[...]
    held = []
    while let input = rest.popFirst() {
      if paste != nil {
        keys += continuePaste(input)
      } else if input == .character(0x1B) {
        keys += escape(&rest, isCut: isCut)
      } else if input == .code(Self.pasteStart) {
        paste = String.UnicodeScalarView()
        pasted = 0
      } else if let key = Self.key(input) {
        keys.append(key)
      }
    }
    return keys
  }

  /// Ends a paste of which the end has not come.
  mutating func finishPaste() -> [Key] {
    guard let text = paste else { return [] }
    paste = nil
    return [.paste(String(text))]
  }

  private mutating func continuePaste(_ input: Input) -> [Key] {
    switch input {
    case .code(Self.pasteEnd): return finishPaste()
    case .character(let value):
      if let scalar = Unicode.Scalar(value) {
        pasted += UTF8.width(scalar)
        if pasted <= Self.pasteLimit { paste?.append(scalar) }
      }
    case .code, .mouse: break
    }
    return []
  }

  /// Escape alone, Alt with a key, or a sequence that terminfo does not know.
  ///
  /// An unknown sequence is swallowed: read as keys it would be a row of commands.
  private mutating func escape(_ rest: inout ArraySlice<Input>, isCut: Bool) -> [Key] {
    if isCut, rest.isEmpty {
      held = [.character(0x1B)]
      return []
    }
    guard case .character(let next)? = rest.first, next != 0x1B, let scalar = Unicode.Scalar(next)
    else { return [.escape] }
    rest.removeFirst()
    guard scalar == "[" || scalar == "O", isCut || !rest.isEmpty else {
      let character = Character(scalar)
      if Key.altCharacters.contains(character) { return [.alt(character)] }
      // A slow line brings an Esc together with the key that was pressed after it.
      return [.escape] + (Self.character(next).map { [$0] } ?? [])
    }
    // A paste that begins before the sequence has ended is none of its characters.
    while case .character(let value)? = rest.first {
      rest.removeFirst()
      if (0x40...0x7E).contains(value) { return [] }
    }
    // What stands between is left out, so that a sequence without an end takes no room.
    if isCut, rest.isEmpty { held = [.character(0x1B), .character(next)] }
    return []
  }

  private static func key(_ input: Input) -> Key? {
    switch input {
    case .character(let value): character(value)
    case .code(let code): named[code] ?? function(code)
    case .mouse(let kind, let row, let column):
      switch UInt32(bitPattern: kind) {
      case CNC_MOUSE_CLICK.rawValue: .click(row: row, column: column)
      case CNC_MOUSE_WHEEL_UP.rawValue: .wheelUp(row: row, column: column)
      case CNC_MOUSE_WHEEL_DOWN.rawValue: .wheelDown(row: row, column: column)
      default: nil
      }
    }
  }

  private static func character(_ value: UInt32) -> Key? {
    switch value {
    case 0x0D, 0x0A: return .enter
    case 0x09: return .tab
    case 0x08, 0x7F: return .backspace
    case 0x01...0x1A:
      return Unicode.Scalar(value + 0x60).map { .control(Character($0)) }
    case 0x00...0x1F, 0x80...0x9F: return nil
    default: return Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }

  private static func function(_ code: CInt) -> Key? {
    (KEY_F0 + 1...KEY_F0 + 12).contains(code) ? .function(Int(code - KEY_F0)) : nil
  }

  private static let named: [CInt: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home,
    KEY_END: .end, KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_BTAB: .backTab,
    KEY_ENTER: .enter, KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_FIND: .home,
    KEY_SELECT: .end, KEY_A1: .home, KEY_C1: .end, KEY_A3: .pageUp, KEY_C3: .pageDown,
  ]
}
