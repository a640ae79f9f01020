import Testing

@testable import Probes

@Suite struct ObjectStreamTests {
  private static let names = ["a", "b", "c", "d"].map { String(repeating: $0, count: 40) }
  private static let input = Array(
    (names[0] + " blob 5\n12\n45\n" + names[1] + " missing\n" + names[2] + " commit 0\n\n"
      + names[3] + " tag 3\nabc\n").utf8)

  private func objects(
    _ bytes: [UInt8], piece: Int
  ) throws -> (found: [String], stream: ObjectStream) {
    var stream = ObjectStream()
    var found: [String] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      try Array(bytes[start..<min(start + piece, bytes.count)]).withUnsafeBytes { part in
        try stream.take(part) { header, content in
          #expect(content.count == header.size)
          found.append(
            "\(header.id.hex.first ?? "-") \(header.type) "
              + String(decoding: content, as: UTF8.self))
        }
      }
    }
    return (found, stream)
  }

  @Test(arguments: 1...170) func readsPiecesOfAnySize(_ piece: Int) throws {
    let (found, stream) = try objects(Self.input, piece: piece)
    #expect(found == ["a blob 12\n45", "c commit ", "d tag abc"])
    #expect(stream.missing == 1)
    #expect(stream.count == 3)
    #expect(stream.isComplete)
  }

  @Test(arguments: ["511111111144", "9223372036854775806"])
  func isNotImpressedByTheSizeThatAnObjectClaims(_ size: String) throws {
    let (found, stream) = try objects(Array("\(Self.names[0]) blob \(size)\nabc".utf8), piece: 7)
    #expect(found.isEmpty && !stream.isComplete)
  }

  @Test(arguments: ["9223372036854775807", "-1", "92233720368547758080"])
  func refusesSizesThatAreNone(_ size: String) {
    #expect(throws: ObjectStream.Malformed.self) {
      try objects(Array("\(Self.names[0]) blob \(size)\nabc".utf8), piece: 7)
    }
  }

  @Test func knowsThatItWasCutOff() throws {
    for length in 1..<Self.input.count {
      let (found, stream) = try objects(Array(Self.input.prefix(length)), piece: 7)
      let isAtAnEnd = [54, 103, 154].contains(length)
      #expect(stream.isComplete == isAtAnEnd, "\(length)")
      #expect(found.count < 3)
    }
  }

  @Test(arguments: [
    " blob\n", " blob -1\n", " blob x\n", " ", " blob 99999999999999999999\n", " heap 1\n",
  ])
  func refusesNonsense(_ text: String) {
    #expect(throws: ObjectStream.Malformed.self) {
      try objects(Array((Self.names[0] + text + "\n").utf8), piece: 100)
    }
    #expect(throws: ObjectStream.Malformed.self) {
      try objects(Array("aa blob 1\nx\n".utf8), piece: 100)
    }
  }

  @Test func refusesAnEndlessHeader() {
    #expect(throws: ObjectStream.Malformed.self) {
      try objects([UInt8](repeating: 0x61, count: 10_000), piece: 100)
    }
  }
}
