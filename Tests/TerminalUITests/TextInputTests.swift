import Session
import TerminalUI
import Testing

@Suite struct TextInputTests {
  @Test func editsInTheMiddle() {
    var input = TextInput("hello")
    input.moveLeft()
    input.moveLeft()
    input.insert("作")
    #expect(input.text == "hel作lo")
    input.deleteBackward()
    input.deleteForward()
    #expect(input.text == "helo")
    #expect(input.cursor == 3)
  }

  @Test func aTypedMarkJoinsItsLetter() {
    var input = TextInput("e")
    _ = input.apply(.character("\u{301}"))
    #expect(input.characters.count == 1)
    #expect(input.cursor == 1)
    input.deleteBackward()
    #expect(input.isEmpty)
  }

  @Test func pasteKeepsNewlinesOnlyWhereThereAreLines() {
    var single = TextInput()
    _ = single.apply(.paste("a\r\nb\tc\u{1B}[31m"))
    #expect(single.text == "a b c[31m")
    var multi = TextInput(isMultiline: true)
    _ = multi.apply(.paste("a\r\nb\rc"))
    #expect(multi.text == "a\nb\nc")
  }

  @Test func deletesWordsAndLines() {
    var input = TextInput("one two  ")
    _ = input.apply(.control("w"))
    #expect(input.text == "one ")
    _ = input.apply(.control("u"))
    #expect(input.isEmpty)
    input = TextInput("one\ntwo three", isMultiline: true)
    input.moveWordLeft()
    _ = input.apply(.control("k"))
    #expect(input.text == "one\ntwo ")
    _ = input.apply(.control("u"))
    #expect(input.text == "one\n")
  }

  @Test func movesByWordsAndEnds() {
    var input = TextInput("one two", isMultiline: true)
    _ = input.apply(.home)
    input.moveWordRight()
    #expect(input.cursor == 3)
    _ = input.apply(.end)
    #expect(input.cursor == 7)
    input.moveRight()
    #expect(input.cursor == 7)
    input.move(to: -4)
    input.moveLeft()
    #expect(input.cursor == 0)
  }

  @Test func keysThatMeanNothingAreLeftToTheScreen() {
    var input = TextInput("x")
    for key in [Key.enter, .up, .tab, .escape, .control("s"), .function(1)] {
      let used = input.apply(key)
      #expect(!used)
    }
    #expect(input == TextInput("x"))
  }

  @Test func rowsWrapAtWords() {
    let input = TextInput("row counts match\n\nend", isMultiline: true)
    let rows = input.rows(width: 8).map { String(input.characters[$0]) }
    #expect(rows == ["row ", "counts ", "match", "", "end"])
    #expect(input.position(width: 8) == (4, 3))
    #expect(TextInput("").rows(width: 8) == [0..<0])
    #expect(TextInput("abcdefghij").rows(width: 4) == [0..<4, 4..<8, 8..<10])
    #expect(TextInput("作者作者").rows(width: 5) == [0..<2, 2..<4])
  }

  @Test func upAndDownMoveByLinesOfTheText() {
    var input = TextInput("row counts\nno\nmatch", isMultiline: true)
    for expected in [13, 2, 2] {
      _ = input.apply(.up)
      #expect(input.cursor == expected)
    }
    let up = input.apply(.up)
    #expect(!up)
    _ = input.apply(.down)
    #expect(input.cursor == 13)
    var single = TextInput("one line")
    let down = single.apply(.down)
    #expect(!down)
  }

  @Test func aSeamIsDividedAsThoughAllHadBeenTypedAtOnce() {
    for (head, added, tail) in [
      ("e", "\u{301}", "x"), ("a", "e", "\u{301}b"), ("🇦", "🇧🇨", "🇩🇪"), ("🇦🇧", "🇨", "🇩🇪🇫🇬x"),
      ("👩", "\u{200D}", "🚀"), ("", "\u{301}", "e"), ("क", "\u{94D}", "षx"), ("ab", "", "c"),
    ] {
      var input = TextInput(head + tail)
      input.move(to: head.count)
      input.insert(added)
      #expect(input.characters == Array(input.text), "\(head) \(added) \(tail)")
      #expect(input.cursor == min((head + added).count, input.characters.count))
    }
  }

  @Test func whatHasNoRoomIsRefusedAsAWhole() {
    var input = TextInput("abc", limit: 6)
    input.move(to: 1)
    input.insert("1234")
    #expect(input.text == "abc" && input.cursor == 1 && input.refusals == 1)
    input.insert("é")
    #expect(input.text == "aébc" && input.refusals == 1)
    input.insert("é")
    #expect(input.text == "aébc" && input.refusals == 2)
    // A mark takes room as well, though it makes no character.
    input.insert("\u{7}x")
    input.insert("\u{301}")
    #expect(input.text == "aéxbc" && input.refusals == 3)
    let taken = input.apply(.control("u"))
    #expect(taken && input.text == "bc")
    input.insert("1234")
    #expect(input.text == "1234bc" && input.refusals == 3)
    for key in [Key.delete, .control("w"), .control("k")] { _ = input.apply(key) }
    #expect(input.isEmpty)
    input.insert("123456")
    _ = input.apply(.backspace)
    input.insert("7")
    #expect(input.text == "123457" && input.refusals == 3)
  }

  /// It was kept when there was more room, and is not cut behind anybody's back.
  @Test func whatWasKeptStaysWhole() {
    var input = TextInput("aéb", limit: 2)
    #expect(input.text == "aéb" && input.refusals == 0)
    input.insert("c")
    #expect(input.text == "aéb" && input.refusals == 1)
    let taken = input.apply(.backspace)
    input.insert("c")
    #expect(taken && input.text == "aéc" && input.refusals == 1)
  }

  /// Each key would take as long as the whole text before; now thousands take a moment.
  @Test func everyKeyTakesTimeForItselfAlone() {
    let start = ContinuousClock.now
    var input = TextInput(String(repeating: "x", count: 200_000), limit: 1 << 20)
    for _ in 0..<20_000 { _ = input.apply(.character("y")) }
    #expect(input.characters.count == 220_000)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
