/// The checksum of tokens by GitHub and npm: CRC-32 of the body, in six characters of base 62.
enum TokenChecksum {
  /// Whether the last six characters fit those before them.
  static func isValid(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
    guard body.count > 6 else { return false }
    var number = crc32(body.dropLast(6))
    var expected = [UInt8](repeating: UInt8(ascii: "0"), count: 6)
    for position in expected.indices.reversed() {
      expected[position] = alphabet[Int(number % 62)]
      number /= 62
    }
    return body.suffix(6).elementsEqual(expected)
  }

  /// The CRC-32 of IEEE 802.3.
  static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1
      }
    }
  }

  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}
