/// Reads how large the group is that a server names for finite-field Diffie-Hellman.
///
/// It passes over what comes before the ServerKeyExchange (RFC 5246 section 7.4.3); whatever does
/// not reach it within 64 KiB is no answer.
struct GroupSizeReader: Sendable {
  private var records = TLSRecordReader()
  private var handshake: [UInt8] = []

  /// Takes what has arrived; non-nil as soon as the size in bits is known, or cannot be any more.
  mutating func read(_ part: some Sequence<UInt8>) -> Result<Int, NetworkFailure>? {
    guard records.append(part) else { return .failure(.tooLarge("TLS records")) }
    while let record = records.next() {
      switch record {
      case .failure(let failure): return .failure(failure)
      case .success((21, let alert)):
        guard alert.count == 2, alert[0] == 1 else {
          return .failure(.handshake("alert \(alert.last ?? 0)"))
        }
      case .success((_, let content)):
        handshake += content
        if let size = size() { return size }
      }
    }
    return nil
  }

  private mutating func size() -> Result<Int, NetworkFailure>? {
    while handshake.count >= 4 {
      let length = Int(handshake[1]) << 16 | Int(handshake[2]) << 8 | Int(handshake[3])
      guard length <= 65_536 else { return .failure(.tooLarge("a handshake message")) }
      guard handshake.count >= 4 + length else { return nil }
      let body = handshake[4..<4 + length]
      switch handshake[0] {
      case 12: return Self.bits(body).map { .success($0) } ?? .failure(.malformed("no group"))
      case 14: return .failure(.malformed("no ServerKeyExchange"))
      default: handshake.removeFirst(4 + length)
      }
    }
    return nil
  }

  /// The length of the prime, without leading zeros.
  private static func bits(_ body: ArraySlice<UInt8>) -> Int? {
    guard body.count >= 2 else { return nil }
    let length = Int(body[body.startIndex]) << 8 | Int(body[body.startIndex + 1])
    guard length > 0, body.count >= 2 + length else { return nil }
    let prime = body.dropFirst(2).prefix(length).drop { $0 == 0 }
    return prime.count * 8 - (prime.first?.leadingZeroBitCount ?? 0)
  }
}
