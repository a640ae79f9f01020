import Testing

@testable import Terminal

/// Lines as they come from terminals, pipes and files.
@Suite struct LineReaderTests {
  private func lines(_ parts: [UInt8]...) -> [String?] {
    var reader = LineReader()
    return parts.flatMap { reader.take($0) } + reader.end()
  }

  @Test func linesAreCutAtNewlines() {
    #expect(lines(Array("a\nb\r\n\nc".utf8)) == ["a", "b", "", "c"])
    #expect(lines(Array("a\n".utf8)) == ["a"])
    #expect(lines([]) == [])
  }

  @Test func aLineMayComeInPieces() {
    let bytes = Array("größe 作\n".utf8)
    for cut in bytes.indices {
      #expect(lines(Array(bytes[..<cut]), Array(bytes[cut...])) == ["größe 作"])
    }
  }

  @Test func bytesThatAreNoTextAreReplaced() {
    #expect(lines([0xFF, 0x41, 0x00, 0x0A]) == ["\u{FFFD}A\u{0}"])
  }

  @Test func aLineThatIsTooLongIsThrownAwayWhole() {
    let long = [UInt8](repeating: 0x78, count: LineReader.limit)
    #expect(lines(long + [0x0A]) == [String(repeating: "x", count: LineReader.limit)])
    #expect(lines(long + [0x79, 0x0A, 0x61, 0x0A]) == [nil, "a"])
    #expect(lines(long, long, long) == [nil])
  }
}
