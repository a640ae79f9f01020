/// Cuts bytes that may be hostile into TLS records of alerts and of the handshake.
///
/// At most 64 KiB are taken in all; a record is no longer than the standards allow.
struct TLSRecordReader: Sendable {
  private static let limit = 65_536
  private static let recordLimit = 16_384 + 2_048

  private var bytes: [UInt8] = []
  private var total = 0

  /// Whether nothing is left over from the last record.
  var isEmpty: Bool { bytes.isEmpty }

  /// Takes what has arrived; false where it is more than is read.
  mutating func append(_ part: some Sequence<UInt8>) -> Bool {
    let before = bytes.count
    bytes += part
    total += bytes.count - before
    return total <= Self.limit
  }

  /// The next complete record as its type and content; nil until more has arrived.
  mutating func next() -> Result<(type: UInt8, content: [UInt8]), NetworkFailure>? {
    guard let type = bytes.first else { return nil }
    guard type == 21 || type == 22, bytes.count < 2 || bytes[1] == 3 else {
      return .failure(.malformed("no TLS record"))
    }
    guard bytes.count >= 5 else { return nil }
    let length = Int(bytes[3]) << 8 | Int(bytes[4])
    guard (1...Self.recordLimit).contains(length) else {
      return .failure(.malformed("a TLS record of \(length) bytes"))
    }
    guard bytes.count >= 5 + length else { return nil }
    let content = Array(bytes[5..<5 + length])
    bytes.removeFirst(5 + length)
    return .success((type, content))
  }
}
