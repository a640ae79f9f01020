import Session
import TerminalUI
import Testing

@Suite struct SurfaceTests {
  private func surface(_ columns: Int, rows: Int = 1) -> Surface {
    Surface(size: Size(rows: rows, columns: columns))
  }

  @Test func longTextEndsInAnEllipsis() {
    var surface = surface(10)
    let used = surface.put("abcdefgh", row: 0, column: 0, width: 5)
    #expect(used == 5)
    #expect(surface.text == ["abcd…"])
  }

  @Test func textThatFitsIsLeftAlone() {
    var surface = surface(5)
    let used = surface.put("abcde", row: 0, column: 0)
    #expect(used == 5)
    #expect(surface.text == ["abcde"])
  }

  @Test func aWideCharacterIsNeverCut() {
    var surface = surface(5)
    surface.put("作者作者", row: 0, column: 0)
    #expect(surface.text == ["作者…"])
    #expect(surface[0, 1].width == 0)
    var narrow = self.surface(4)
    narrow.put("a作者作", row: 0, column: 0)
    #expect(narrow.text == ["a作…"])
  }

  @Test func aWideCharacterAtTheEdgeBecomesABlank() {
    var surface = surface(3)
    surface.put("作", row: 0, column: 2)
    #expect(surface.text == ["…"].map { "  " + $0 })
  }

  @Test func overwritingHalfOfAWideCharacterBlanksTheOther() {
    var surface = surface(4)
    surface.put("作者", row: 0, column: 0)
    surface.put("x", row: 0, column: 1)
    #expect(surface.text == [" x者"])
    surface.put("y", row: 0, column: 2)
    #expect(surface.text == [" xy"])
    surface.put("作", row: 0, column: 1)
    #expect(surface.text == [" 作"])
    surface.put("者", row: 0, column: 0)
    #expect(surface.text == ["者"])
    #expect((0..<4).reduce(0) { $0 + surface[0, $1].width } == 4)
  }

  @Test func nothingIsWrittenOutside() {
    var surface = surface(3, rows: 2)
    let blank = surface
    surface.put("abc", row: 2, column: 0)
    surface.put("abc", row: -1, column: 0)
    surface.put("abc", row: 0, column: 3)
    #expect(surface == blank)
    surface.put("abc", row: 0, column: -1)
    #expect(surface.text == ["bc", ""])
    surface.fill(Rect(row: -5, column: -5, rows: 20, columns: 20), with: "#")
    #expect(surface.text == ["###", "###"])
    surface.restyle(Rect(row: -5, column: 1, rows: 20, columns: 20)) { _ in .fail }
    #expect(surface[1, 0].style == .plain)
    #expect(surface[1, 2].style == .fail)
  }

  @Test func aHostileBannerStaysInItsPlace() {
    var surface = surface(20)
    surface.put("NO-GO", row: 0, column: 0)
    surface.put("banner\r   GO\u{1B}[2K", row: 0, column: 6)
    #expect(surface.text == ["NO-GO banner    GO·…"])
  }

  @Test func asciiReplacesInAscii() {
    var surface = Surface(size: Size(rows: 1, columns: 6), glyphs: .ascii)
    surface.put("\u{1B}bcdefgh", row: 0, column: 0)
    #expect(surface.text == ["?bcde~"])
  }

  @Test func anEmptySurfaceCanBeDrawnInto() {
    var surface = Surface(size: Size(rows: 0, columns: -3))
    surface.put("x", row: 0, column: 0)
    Frame(title: "x").draw(into: &surface, in: surface.bounds)
    #expect(surface.text == [])
  }

  @Test func splitsCoverTheWhole() {
    let rect = Rect(row: 1, column: 2, rows: 10, columns: 20)
    #expect(rect.splitTop(3).bottom == Rect(row: 4, column: 2, rows: 7, columns: 20))
    #expect(rect.splitBottom(3).bottom == Rect(row: 8, column: 2, rows: 3, columns: 20))
    #expect(rect.splitLeft(5).right == Rect(row: 1, column: 7, rows: 10, columns: 15))
    #expect(rect.splitRight(5).right == Rect(row: 1, column: 17, rows: 10, columns: 5))
    #expect(rect.splitTop(99).bottom.isEmpty)
    let middle = rect.centred(Size(rows: 4, columns: 10))
    #expect(middle == Rect(row: 4, column: 7, rows: 4, columns: 10))
    #expect(rect.inset(rows: 9, columns: 1).rows == 0)
    #expect(rect.line(10).isEmpty)
  }
}
