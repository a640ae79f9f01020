/// The unencrypted beginning of SSH (RFC 4253): identification, packets, key exchange lists.
///
/// The bytes come from outside: everything is bounded, and every length has to come out even.
struct SSHTransport: Sendable {
  /// What a server says first.
  struct Greeting: Hashable, Sendable {
    /// `SSH-2.0-OpenSSH_9.2p1`, at most 255 bytes, printable ASCII.
    var identification: String
    var algorithms: SSHAlgorithms
  }

  private static let packetLimit = 35_000
  private static let linesBefore = 20

  private var bytes: [UInt8] = []
  private var lines = 0
  private(set) var identification: String?

  /// Takes what has arrived.
  mutating func append(_ part: [UInt8]) { bytes += part }

  /// Reads up to the identification; nil until more has arrived.
  mutating func readIdentification() -> Result<String, NetworkFailure>? {
    while let end = bytes.firstIndex(of: 0x0A) {
      var line = bytes[..<end]
      if line.last == 0x0D { line = line.dropLast() }
      bytes.removeFirst(end + 1)
      lines += 1
      if line.starts(with: Array("SSH-".utf8)) {
        guard line.count <= 255, line.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
          return .failure(.malformed("no SSH identification"))
        }
        let text = String(decoding: line, as: UTF8.self)
        identification = text
        return .success(text)
      }
      guard lines <= Self.linesBefore else {
        return .failure(.malformed("no SSH identification"))
      }
    }
    return bytes.count > 4_096 ? .failure(.malformed("no SSH identification")) : nil
  }

  /// The payload of the next packet, messages without meaning left out; nil until more arrived.
  mutating func nextPayload() -> Result<[UInt8], NetworkFailure>? {
    while bytes.count >= 5 {
      let length = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
      let padding = Int(bytes[4])
      guard (12...Self.packetLimit).contains(length), padding >= 4, padding < length - 1 else {
        return .failure(.malformed("no SSH packet"))
      }
      guard bytes.count >= 4 + length else { return nil }
      let payload = Array(bytes[5..<(4 + length - padding)])
      bytes.removeFirst(4 + length)
      switch payload.first {
      // SSH_MSG_IGNORE, SSH_MSG_UNIMPLEMENTED, SSH_MSG_DEBUG.
      case 2, 3, 4: continue
      case 1: return .failure(.closed)
      default: return .success(payload)
      }
    }
    return nil
  }

  /// A packet of that payload before encryption: a multiple of 8 bytes, at least 4 of padding.
  static func packet(_ payload: [UInt8]) -> [UInt8] {
    let padding = 4 + (8 - (payload.count + 9) % 8) % 8
    let length = 1 + payload.count + padding
    return UInt32(length).wire + [UInt8(padding)] + payload
      + [UInt8](repeating: 0, count: padding)
  }

  /// A string of the protocol: its length and its bytes (RFC 4251 section 5).
  static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
    UInt32(bytes.count).wire + Array(bytes)
  }

  /// Takes a string off the front; nil where its length does not fit.
  static func takeString(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= 4 else { return nil }
    let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard length <= rest.count - 4 else { return nil }
    defer { rest = rest.dropFirst(4 + length) }
    return rest.dropFirst(4).prefix(length)
  }
}

extension UInt32 {
  /// The four bytes in network order.
  var wire: [UInt8] { (0..<4).reversed().map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) } }
}
