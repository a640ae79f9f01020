internal import CNcurses
import TerminalUI

/// Writes cells into a window of ncurses.
struct CellWriter {
  let window: UnsafeMutablePointer<WINDOW>
  var palette: Palette
  /// False: the locale can show ASCII only.
  let isUnicode: Bool

  /// Writes as much of a row as the window is wide.
  func write(_ row: ArraySlice<Cell>, row number: Int, columns: Int) {
    for (column, cell) in row.enumerated() where cell.width > 0 && column + cell.width <= columns {
      let look = palette.look(of: cell.style)
      var column = column
      for piece in pieces(of: cell) {
        cnc_put(window, CInt(number), CInt(column), piece, attributes(look), pair(look))
        column += 1
      }
    }
  }

  /// The cell as the C library will measure it.
  ///
  /// ncurses asks `wcwidth`; where that disagrees with our table the rest of the row would be
  /// shifted, so that the character is replaced.
  private func pieces(of cell: Cell) -> [[wchar_t]] {
    let scalars = cell.text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    guard let base = scalars.first else { return [] }
    let isShown = base < 0x7F || isUnicode && cnc_width(base) == CInt(cell.width)
    guard isShown else { return Array(repeating: [63, 0], count: cell.width) }
    return [[base] + scalars.dropFirst().filter { cnc_width($0) == 0 } + [0]]
  }

  private func attributes(_ look: Palette.Look) -> UInt32 {
    var attributes: UInt32 = 0
    if look.isBold { attributes |= cnc_attribute_bold() }
    if look.isDim { attributes |= cnc_attribute_dim() }
    if look.isReverse { attributes |= cnc_attribute_reverse() }
    if look.isUnderlined { attributes |= cnc_attribute_underline() }
    return attributes
  }

  private func pair(_ look: Palette.Look) -> Int16 {
    Int16(palette.pairs.firstIndex(of: look.colour).map { $0 + 1 } ?? 0)
  }
}
