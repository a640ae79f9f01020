import Testing

@testable import Probes

@Suite struct HelloAnswerReaderTests {
  static let hello12 = ClientHello(.tls12, serverName: "a.test")
  static let hello13 = ClientHello(.tls13, serverName: "a.test")

  static func answer(_ bytes: [UInt8], to hello: ClientHello = hello12) -> HelloAnswer {
    var reader = HelloAnswerReader(offered: hello)
    return reader.read(bytes) ?? reader.end()
  }

  @Test(arguments: ProtocolVersion.allCases)
  func readsTheAnswerToEachVersion(_ version: ProtocolVersion) {
    let hello = ClientHello(version, serverName: "a.test")
    let suite: UInt16 = version == .tls13 ? 0x1302 : 0x002F
    let bytes = HelloServer.serverHello(version, suite, sessionID: hello.sessionID)
    #expect(Self.answer(bytes, to: hello) == .accepted(version, suite: suite))
  }

  @Test func sendsWhatAStrictReaderUnderstands() throws {
    for version in ProtocolVersion.allCases {
      let hello = ClientHello(version, serverName: "a.test")
      let offer = try #require(HelloServer.offer(in: hello.record))
      #expect(offer.version == version)
      #expect(offer.suites.starts(with: hello.suites))
      let name = Array("a.test".utf8)
      #expect((offer.bytes.firstRange(of: name) != nil) == (version != .ssl3))
    }
  }

  @Test func readsByteByByteAndAcrossRecords() {
    let whole = HelloServer.serverHello(.tls12, 0x002F)
    let payload = Array(whole.dropFirst(5))
    let split = HelloServer.record(Array(payload[..<3])) + HelloServer.record(Array(payload[3...]))
    for bytes in [whole, split] {
      var reader = HelloAnswerReader(offered: Self.hello12)
      let answers = bytes.compactMap { reader.read([$0]) }
      #expect(answers == [.accepted(.tls12, suite: 0x002F)])
    }
  }

  @Test func passesOverAWarning() {
    let bytes = HelloServer.alert(112, level: 1) + HelloServer.serverHello(.tls12, 0x002F)
    #expect(Self.answer(bytes) == .accepted(.tls12, suite: 0x002F))
  }

  @Test func reportsTheVersionThatTheServerChose() {
    #expect(
      Self.answer(HelloServer.serverHello(.tls10, 0x002F)) == .accepted(.tls10, suite: 0x002F))
  }

  @Test func readsAlertsAndSilence() {
    #expect(Self.answer(HelloServer.alert(70)) == .alert(70))
    #expect(Self.answer([]) == .silent)
  }

  static let malformed: [(String, [UInt8])] = [
    ("HTTP", Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)),
    ("SSH", Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)),
    ("cut record", Array(HelloServer.serverHello(.tls12, 0x002F).dropLast())),
    ("cut alert", [0x15, 3, 1, 0, 2, 2]),
    ("long alert", HelloServer.record([2, 70, 0], type: 21)),
    ("strange level", HelloServer.record([3, 70], type: 21)),
    ("only a warning", HelloServer.alert(112, level: 1)),
    ("application data", HelloServer.record([1, 2, 3], type: 23)),
    ("empty record", [22, 3, 3, 0, 0]),
    ("giant record", [22, 3, 3, 0xFF, 0xFF, 2]),
    ("other message", HelloServer.record([11, 0, 0, 1, 0])),
    ("suite that was not offered", HelloServer.serverHello(.tls12, 0x1234)),
    ("suite of TLS 1.3 in 1.2", HelloServer.serverHello(.tls12, 0x1301)),
    ("newer version than offered", HelloServer.serverHello(.tls13, 0x1301)),
    ("compression", HelloServer.serverHello(.tls12, 0x002F, compression: 1)),
    ("uneven lengths", HelloServer.record([2, 0, 0, 4, 3, 3, 7, 7])),
    ("trailing bytes", HelloServer.record([2, 0, 0, 39] + helloBody + [9])),
    ("unknown version", HelloServer.record([2, 0, 0, 38, 3, 9] + helloBody.dropFirst(2))),
    ("supported_versions of 1.2", HelloServer.record([2, 0, 0, 46] + helloBody + extension12)),
  ]

  static let helloBody: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 0x2F, 0]
  static let extension12: [UInt8] = [0, 6, 0, 43, 0, 2, 3, 3]

  @Test(arguments: malformed.indices)
  func believesNothingElse(_ index: Int) {
    let (name, bytes) = Self.malformed[index]
    guard case .unobserved = Self.answer(bytes) else {
      Issue.record("\(name) was taken for an answer: \(Self.answer(bytes))")
      return
    }
  }

  @Test func aHelloOfThirteenNamesOurSession() {
    let bytes = HelloServer.serverHello(.tls13, 0x1301, sessionID: [1, 2, 3])
    #expect(
      Self.answer(bytes, to: Self.hello13) == .unobserved(.malformed("no valid ServerHello")))
  }
}
