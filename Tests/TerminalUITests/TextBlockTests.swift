import Session
import TerminalUI
import Testing

@Suite struct TextBlockTests {
  private func rows(_ text: String, _ width: Int, hanging: Int = 0) -> [String] {
    TextBlock([Line(text, hanging: hanging)]).rows(width: width).map(\.text)
  }

  @Test func breaksBetweenWords() {
    #expect(rows("the quick brown fox", 10) == ["the quick", "brown fox"])
    #expect(rows("the quick", 9) == ["the quick"])
    #expect(rows("abc  def", 4) == ["abc", "def"])
    #expect(rows("", 4) == [""])
    #expect(rows("ends in blanks   ", 14) == ["ends in blanks"])
  }

  @Test func breaksInsideWordsThatAreTooLong() {
    #expect(rows("a sha256:0123456789", 8) == ["a", "sha256:0", "12345678", "9"])
  }

  @Test func keepsTheIndentAndHangs() {
    #expect(rows("  - one two three", 9, hanging: 4) == ["  - one", "    two", "    three"])
  }

  @Test func breaksBesideWideCharactersButNotBeforeAFullStop() {
    #expect(rows("作者作者作者", 5) == ["作者", "作者", "作者"])
    #expect(rows("作者作者。作", 8) == ["作者作", "者。作"])
    #expect(rows("ab 作者", 4) == ["ab", "作者"])
  }

  @Test func stylesSurviveTheWrapping() {
    let line: Line = [Span("WHY ", .heading), Span("it failed today", .fail)]
    let rows = TextBlock([line]).rows(width: 10)
    #expect(rows.first?.spans == [Span("WHY ", .heading), Span("it", .fail)])
    #expect(rows.last?.spans == [Span("today", .fail)])
  }

  @Test func columnsAreAsWideAsAsked() {
    for width in 0...12 {
      #expect(Line("作者 and others").fitted(to: width).width == width)
    }
    #expect(Line("ab").fitted(to: 4).text == "ab  ")
    #expect(Line("作者作").fitted(to: 4).text == "作… ")
  }

  @Test func noWidthIsTooSmall() {
    for width in -1...3 {
      _ = rows("some 作者 text", width, hanging: 9)
    }
  }

  @Test func scrollingStopsAtTheEnd() {
    var surface = Surface(size: Size(rows: 2, columns: 5))
    let total = TextBlock("a\nb\nc").draw(into: &surface, in: surface.bounds, scroll: 9)
    #expect(total == 3)
    #expect(surface.text == ["b", "c"])
    #expect(Scroll.position(1, total: 3, visible: 2) == "2-3 of 3")
    #expect(Scroll.position(0, total: 2, visible: 2) == nil)
  }

  @Test(arguments: [
    (0, 0, 0), (3, 0, 0), (4, 0, 1), (9, 0, 5), (2, 5, 1), (5, 5, 4), (6, 5, 5),
  ])
  func theSelectionStaysVisible(index: Int, first: Int, expected: Int) {
    #expect(Scroll.following(index, first: first, total: 10, visible: 5) == expected)
  }
}
