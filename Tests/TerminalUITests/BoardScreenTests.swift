import Checklist
import Session
import TerminalUI
import TestSupport
import Testing

/// The board as it is drawn.
@Suite struct BoardScreenTests {
  private func rows(_ words: (String) -> String = { $0 }) throws -> [BoardRow] {
    var finished = try SampleLaunch(subject: words("search"), release: words("2.0.1"))
    try finished.finish()
    try finished.seal()
    var failing = try SampleLaunch(subject: words("acme-shop"))
    try failing.run(.pass)
    try failing.run(.fail, ["3.1"], message: words("no policy on 2 of 3 pages"))
    try failing.sign(["2.1"])
    var begun = try SampleLaunch(subject: words("billing"), environment: words("staging"))
    try begun.run(.review, ["1.2"], message: words("weak suites"))
    let launches = [finished, failing, begun]
    return BoardRow.sorted(
      try launches.enumerated().map { index, launch in
        BoardRow(
          file: words("/srv/\(index).evidence.json"),
          outcome: .judged(BoardEntry(try launch.report())))
      } + [
        BoardRow(
          file: words("/srv/old.evidence.json"),
          outcome: .damaged(
            reason: words("line 7: the id is not the digest of the record"),
            hint: words("take the line from git")))
      ])
  }

  private func drawn(_ board: BoardState, _ size: Size, _ glyphs: Glyphs = .unicode) -> Surface {
    var board = board
    _ = board.handle(.resize(size))
    var surface = Surface(size: size, glyphs: glyphs)
    BoardScreen.draw(board, into: &surface)
    return surface
  }

  private func check(_ board: BoardState, _ name: String) {
    for size in [Size(rows: 30, columns: 100), Size(rows: 24, columns: 80)] {
      let mismatch = Golden.mismatch(
        drawn(board, size), "\(name)@\(size.columns)x\(size.rows)")
      #expect(mismatch == nil, "\(mismatch ?? "")")
    }
    let ascii = drawn(board, Size(rows: 30, columns: 100), .ascii)
    #expect(ascii.text.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test func list() throws { check(BoardState(try rows()), "screen-board") }

  @Test func oneLaunch() throws {
    var board = BoardState(try rows())
    for key: Key in [.down, .enter] { _ = board.handle(key) }
    check(board, "screen-board-open")
  }

  @Test func aDamagedFile() throws {
    var board = BoardState(try rows())
    _ = board.handle(.enter)
    check(board, "screen-board-damaged")
  }

  @Test func nothingThatFilesSayReachesTheTerminal() throws {
    var board = BoardState(try rows { "\u{1B}[2J\u{202E}\($0)\u{9B}\u{0}\u{301}" })
    for isOpen in [false, true] {
      if isOpen { _ = board.handle(.enter) }
      for size in [Size(rows: 24, columns: 80), Size(rows: 18, columns: 60)] {
        let text = drawn(board, size).text.joined()
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x9B })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
      }
    }
  }

  @Test func aSmallWindowSaysSo() throws {
    for size in [Size(rows: 1, columns: 1), Size(rows: 5, columns: 20)] {
      _ = drawn(BoardState(try rows()), size)
    }
  }
}
