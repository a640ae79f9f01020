import Testing

@testable import Probes

@Suite struct ObjectIDTests {
  @Test(arguments: [40, 64]) func isWhatWasRead(_ length: Int) throws {
    for seed in 1...20 {
      let hex = PlantedSecret.random(length, PlantedSecret.hex, seed: UInt64(seed))
      let id = try #require(ObjectID(hex))
      #expect(id.hex == hex)
      let bytes = stride(from: 0, to: length, by: 2).map {
        UInt8(hex.dropFirst($0).prefix(2), radix: 16) ?? 0
      }
      #expect(bytes.withUnsafeBytes { ObjectID(bytes: $0) } == id)
    }
  }

  @Test(arguments: [
    "", "ab", String(repeating: "a", count: 39), String(repeating: "g", count: 40),
    String(repeating: "A", count: 40), String(repeating: "a", count: 41),
    String(repeating: "é", count: 20),
  ])
  func refusesWhatIsNoName(_ hex: String) { #expect(ObjectID(hex) == nil) }

  @Test func isOrderedLikeItsDigits() {
    for length in [40, 64] {
      let names = (1...50).map {
        PlantedSecret.random(length, PlantedSecret.hex, seed: UInt64($0 * 7))
      }
      #expect(names.compactMap { ObjectID($0) }.sorted().map(\.hex) == names.sorted())
    }
  }

  @Test(arguments: 1...9) func splitsPiecesOfAnySize(_ size: Int) throws {
    let bytes = Array("a\n\nbc\ndefgh\nrest".utf8)
    var splitter = LineSplitter(at: 0x0A)
    var lines: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      try Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes { piece in
        try splitter.take(piece) { lines.append(String(decoding: $0, as: UTF8.self)) }
      }
    }
    #expect(lines == ["a", "", "bc", "defgh"])
    #expect(!splitter.isComplete)
  }

  @Test func refusesAnEndlessLine() {
    var splitter = LineSplitter(at: 0x0A)
    let piece = [UInt8](repeating: 0x61, count: 700_000)
    #expect(throws: LineSplitter.TooLong.self) {
      for _ in 1...2 { try piece.withUnsafeBytes { try splitter.take($0) { _ in } } }
    }
  }
}
