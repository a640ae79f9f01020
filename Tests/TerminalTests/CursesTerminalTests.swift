import CNcurses
import Glibc
import Session
import TerminalUI
import Testing

@testable import Terminal

/// The driver on a screen that nobody sees: what ncurses holds is read back.
@Suite(.serialized) struct CursesTerminalTests {
  private func terminal(
    _ environment: [String: String] = [:], input: CInt? = nil
  ) throws -> CursesTerminal {
    let nowhere = open("/dev/null", O_RDWR)
    defer { close(nowhere) }
    var variables = ["TERM": "xterm-256color"]
    variables.merge(environment) { $1 }
    return try CursesTerminal(
      TerminalOptions(environment: variables),
      on: TerminalDescriptors(input: input ?? nowhere, output: nowhere))
  }

  /// However much has been typed, one reading takes a part of it, and all of it in the end.
  @Test func aReadingIsBounded() throws {
    var ends: [CInt] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    var terminal = try terminal(input: ends[0])
    // The answer of a terminal lies across the bound: read as keys it would be commands.
    let count = Keyboard.limit - 1
    let typed =
      Array(String(repeating: "j", count: count).utf8) + Array("\u{1B}[1;5R".utf8)
      + Array(String(repeating: "k", count: count).utf8)
    let written = write(ends[1], typed, typed.count)
    #expect(written == typed.count)
    var readings: [[Key]] = []
    repeat { readings.append(terminal.readKeys()) } while terminal.hasUnread
    #expect(readings.map(\.count).max() == count)
    #expect(readings.count >= 2)
    let keys = readings.flatMap(\.self)
    let expected =
      [Key](repeating: .character("j"), count: count)
      + [Key](repeating: .character("k"), count: count)
    let isWhole = keys == expected
    #expect(isWhole)
  }

  private func text(_ terminal: borrowing CursesTerminal, row: Int) -> String {
    var result = ""
    var column = 0
    while column < terminal.size.columns {
      let cell = cell(terminal, row, column)
      result += cell.text
      column += DisplayWidth.of(cell.text) == 2 ? 2 : 1
    }
    while result.last == " " { result.removeLast() }
    return result
  }

  private func cell(
    _ terminal: borrowing CursesTerminal, _ row: Int, _ column: Int
  ) -> (text: String, attributes: UInt32, pair: Int16) {
    var characters = [wchar_t](repeating: 0, count: 8)
    var attributes: UInt32 = 0
    var pair: Int16 = 0
    cnc_get(terminal.window, CInt(row), CInt(column), &characters, &attributes, &pair)
    let scalars = characters.prefix { $0 != 0 }.compactMap { Unicode.Scalar(UInt32($0)) }
    return (String(String.UnicodeScalarView(scalars)), attributes, pair)
  }

  @Test func theScreenIsTheSurface() throws {
    var terminal = try terminal(["LANG": "xx_XX.UTF-8"])
    let size = terminal.size
    #expect(size == Size(rows: 24, columns: 80))
    var surface = Surface(size: size)
    Frame(title: "作者 e\u{301}", bottom: "2 of 25").draw(into: &surface, in: surface.bounds)
    surface.put("NO-GO", row: 2, column: 3, style: .verdictNoGo)
    terminal.present(surface)
    for row in 0..<size.rows {
      let shown = text(terminal, row: row)
      #expect(shown == surface.text[row])
    }
    let verdict = cell(terminal, 2, 3)
    #expect(verdict.attributes == cnc_attribute_bold() | cnc_attribute_reverse())
    #expect(verdict.pair == 2)

    var next = Surface(size: size)
    next.put("者作", row: 0, column: 3)
    terminal.present(next)
    let rows = [text(terminal, row: 0), text(terminal, row: 2), text(terminal, row: 23)]
    #expect(rows == ["   者作", "", ""])
  }

  @Test func noColourMeansNoPairs() throws {
    var terminal = try terminal(["NO_COLOR": "1"])
    var surface = Surface(size: terminal.size)
    surface.put("x", row: 0, column: 0, style: .fail)
    terminal.present(surface)
    let shown = cell(terminal, 0, 0)
    #expect(shown.pair == 0)
    #expect(shown.attributes == cnc_attribute_bold())

    terminal.perform(.theme(.dark))
    terminal.present(surface)
    let pair = cell(terminal, 0, 0).pair
    #expect(pair == 2)
  }

  @Test func aTerminalThatIsLentIsNotDrawnOn() throws {
    var terminal = try terminal()
    var surface = Surface(size: terminal.size)
    terminal.release()
    surface.put("x", row: 0, column: 0)
    terminal.present(surface)
    let before = cell(terminal, 0, 0).text
    terminal.resume()
    terminal.present(surface)
    let after = cell(terminal, 0, 0).text
    #expect(before == " ")
    #expect(after == "x")
  }

  @Test func asciiWhereTheLocaleHasNothingElse() throws {
    var terminal = try terminal(["LC_ALL": "C"])
    let glyphs = terminal.glyphs
    #expect(glyphs == .ascii)
    var surface = Surface(size: terminal.size, glyphs: glyphs)
    surface.put("é作 x", row: 0, column: 0)
    terminal.present(surface)
    let shown = text(terminal, row: 0)
    #expect(shown == "??? x")
  }

  @Test func anUnknownTypeIsAnError() {
    #expect(throws: TerminalError.unknownType("nonsense")) {
      _ = try terminal(["TERM": "nonsense"])
    }
  }
}
