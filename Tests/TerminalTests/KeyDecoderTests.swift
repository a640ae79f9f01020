import CNcurses
import Session
import TerminalUI
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
  private func typed(_ text: String) -> [KeyDecoder.Input] {
    text.unicodeScalars.map { .character($0.value) }
  }

  private func keys(_ inputs: [KeyDecoder.Input]) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.keys(inputs)
  }

  /// What is pasted behind a sequence that never ended is text all the same.
  @Test func aPasteBehindAnUnfinishedSequenceIsText() {
    let paste = [.code(KeyDecoder.pasteStart)] + typed("qR") + [.code(KeyDecoder.pasteEnd)]
    #expect(keys(typed("\u{1B}[1;") + paste) == [.paste("qR")])
    var decoder = KeyDecoder()
    #expect(decoder.keys(typed("\u{1B}[1;"), isCut: true).isEmpty)
    #expect(decoder.keys(paste) == [.paste("qR")])
  }

  @Test(arguments: [
    ("a", [Key.character("a")]), ("作", [.character("作")]), ("\r", [.enter]), ("\n", [.enter]),
    ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]), ("\u{3}", [.control("c")]),
    ("\u{1A}", [.control("z")]), ("\u{0}", []), ("\u{1B}", [.escape]),
    ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}b", [.alt("b")]),
    ("\u{1B}[", [.escape, .character("[")]),
    ("\u{1B}x", [.escape, .character("x")]), ("\u{1B}\r", [.escape, .enter]),
    ("\u{1B}[1;5Rn", [.character("n")]), ("\u{1B}O5q", []), ("\u{1B}[?62;c", []),
    ("\u{1B}[1;2", []),
  ])
  func characters(text: String, expected: [Key]) {
    #expect(keys(typed(text)) == expected)
  }

  @Test func codesHaveNames() {
    let named = keys([.code(KEY_UP), .code(KEY_BTAB), .code(KEY_NPAGE)])
    #expect(named == [.up, .backTab, .pageDown])
    #expect(keys([.code(KEY_F0 + 1), .code(KEY_F0 + 12)]) == [.function(1), .function(12)])
    #expect(keys([.code(KEY_RESIZE), .code(KEY_F0 + 40)]) == [])
  }

  @Test func aPasteIsNoCommand() {
    let paste =
      [.code(KeyDecoder.pasteStart)] + typed("q\r\u{1B}x") + [.code(KEY_UP)]
      + [.code(KeyDecoder.pasteEnd)] + typed("y")
    #expect(keys(paste) == [.paste("q\r\u{1B}x"), .character("y")])
  }

  @Test func aPasteMayComeInPieces() {
    var decoder = KeyDecoder()
    let start = decoder.keys([.code(KeyDecoder.pasteStart)] + typed("one "))
    #expect(start == [] && decoder.isPasting)
    let end = decoder.keys(typed("two") + [.code(KeyDecoder.pasteEnd)])
    #expect(end == [.paste("one two")] && !decoder.isPasting)
    _ = decoder.keys([.code(KeyDecoder.pasteStart)] + typed("lost"))
    let finished = decoder.finishPaste()
    #expect(finished == [.paste("lost")])
  }

  /// A limit that is counted anew at every character takes minutes here.
  @Test func aPasteOfAnyLengthTakesAMomentAndEndsAtTheLimit() {
    let start = ContinuousClock.now
    var decoder = KeyDecoder()
    _ = decoder.keys([.code(KeyDecoder.pasteStart)])
    let piece = typed(String(repeating: "a", count: 4_096))
    for _ in 0...(KeyDecoder.pasteLimit / piece.count) { _ = decoder.keys(piece) }
    guard case .paste(let text)? = decoder.finishPaste().first else {
      Issue.record("there is no paste")
      return
    }
    #expect(text.utf8.count == KeyDecoder.pasteLimit)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// What a paste may take is memory, so that it is bytes which are counted, and there is no gap.
  @Test func theLimitOfAPasteIsInBytes() {
    var decoder = KeyDecoder()
    let piece = typed(String(repeating: "a", count: KeyDecoder.pasteLimit - 1))
    let paste = decoder.keys(
      [.code(KeyDecoder.pasteStart)] + piece + typed("éb") + [.code(KeyDecoder.pasteEnd)])
    let isCut = paste == [.paste(String(repeating: "a", count: KeyDecoder.pasteLimit - 1))]
    #expect(isCut)
  }

  /// Cut in two where a reading ends, the second half would be a row of commands.
  @Test(arguments: [
    ("\u{1B}[1;5Rn", [Key.character("n")]), ("\u{1B}O5qR", [.character("R")]),
    ("\u{1B}b", [.alt("b")]), ("\u{1B}x", [.escape, .character("x")]),
    ("\u{1B}\u{1B}", [.escape, .escape]), ("q\u{1B}[?62;cS", [.character("q"), .character("S")]),
    ("\u{1B}[", [.escape, .character("[")]),
  ])
  func aSequenceMayBeCutAnywhere(text: String, expected: [Key]) {
    let inputs = typed(text)
    for cut in 0...inputs.count {
      var decoder = KeyDecoder()
      let first = decoder.keys(Array(inputs[..<cut]), isCut: true)
      let rest = decoder.keys(Array(inputs[cut...]))
      #expect(first + rest == expected, "cut at \(cut)")
    }
    // With nothing behind it an escape is a key, at the latest when the next reading finds nothing.
    var decoder = KeyDecoder()
    let first = decoder.keys(typed("\u{1B}"), isCut: true)
    let rest = decoder.keys([])
    #expect(first == [] && rest == [.escape])
  }

  @Test func aSequenceWithoutAnEndIsSwallowedPieceByPiece() {
    var decoder = KeyDecoder()
    var keys = decoder.keys(typed("\u{1B}[1;"), isCut: true)
    for _ in 0..<1_000 { keys += decoder.keys(typed("1;22;333"), isCut: true) }
    keys += decoder.keys(typed("4mj"))
    #expect(keys == [.character("j")])
  }

  @Test func theMouseHasItsPlace() {
    let inputs: [KeyDecoder.Input] = [
      .mouse(CInt(CNC_MOUSE_CLICK.rawValue), row: 3, column: 4),
      .mouse(CInt(CNC_MOUSE_WHEEL_DOWN.rawValue), row: 1, column: 2),
      .mouse(CInt(CNC_MOUSE_NONE.rawValue), row: 1, column: 2),
    ]
    #expect(keys(inputs) == [.click(row: 3, column: 4), .wheelDown(row: 1, column: 2)])
  }
}
