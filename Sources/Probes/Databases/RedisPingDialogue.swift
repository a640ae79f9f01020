/// Sends PING and reads one line of Redis' protocol.
struct RedisPingDialogue: ServiceDialogue {
  enum Answer: Hashable, Sendable {
    case pong
    /// `-NOAUTH`: a password or a user is wanted.
    case unauthenticated
    /// `-DENIED`: no password, but protected mode.
    case protected
    /// Another error, cut short.
    case other(String)
  }

  private static let limit = 4_096
  private var line: [UInt8] = []

  let opening = Array("PING\r\n".utf8)

  mutating func read(_ part: [UInt8]) -> DialogueStep<Answer> {
    line += part
    guard let end = line.firstIndex(of: 0x0A) else {
      return line.count > Self.limit ? .failed(.tooLarge("a line beyond 4 KiB")) : .wait
    }
    let text = String(decoding: line[..<end].prefix(Self.limit), as: UTF8.self).trimmingSpaces
    let word = text.prefix { !$0.isWhitespace }
    switch word {
    case "+PONG": return .done(.pong)
    case "-NOAUTH": return .done(.unauthenticated)
    case "-DENIED": return .done(.protected)
    case _ where word.hasPrefix("-") && word.count > 1:
      return .done(.other(String(text.prefix(80))))
    default: return .failed(.malformed("no line of Redis"))
    }
  }
}
