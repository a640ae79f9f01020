/// Asks PostgreSQL for TLS and begins a handshake (PostgreSQL's protocol 3.0, SSLRequest).
struct PostgresTLSDialogue: ServiceDialogue {
  enum Answer: Hashable, Sendable {
    /// The server says that it has no TLS.
    case refused
    /// The server agreed, and answered the ClientHello so.
    case offered(HelloAnswer)
  }

  private let hello: ClientHello
  private var reader: HelloAnswerReader
  private var hasAgreed = false

  init(_ version: ProtocolVersion, host: String) {
    hello = ClientHello(version, serverName: IPAddress(host) == nil ? host : nil)
    reader = HelloAnswerReader(offered: hello)
  }

  /// Length 8 and the code 80877103.
  let opening: [UInt8] = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]

  mutating func read(_ part: [UInt8]) -> DialogueStep<Answer> {
    guard !hasAgreed else { return reader.read(part).map { .done(.offered($0)) } ?? .wait }
    // More than the one byte before our hello would be nobody's answer to it.
    guard part.count == 1 else { return .failed(.malformed("no answer to an SSLRequest")) }
    switch part[0] {
    case UInt8(ascii: "S"):
      hasAgreed = true
      return .send(hello.record)
    case UInt8(ascii: "N"): return .done(.refused)
    default: return .failed(.malformed("no answer to an SSLRequest"))
    }
  }
}
