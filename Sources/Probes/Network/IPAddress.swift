internal import Checklist
internal import Glibc

/// An IPv4 or IPv6 address as bytes in network order.
struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// Four or sixteen bytes; an IPv4-mapped IPv6 address is kept as IPv4.
  let bytes: [UInt8]
  /// As it was written.
  let description: String

  /// Reads the usual spelling (inet_pton); nil for names and for shortened IPv4.
  init?(_ text: String) {
    guard let read = Self.bytes(text, AF_INET, 4) ?? Self.bytes(text, AF_INET6, 16) else {
      return nil
    }
    description = text
    bytes = Self.isMapped(read) ? Array(read[12...]) : read
  }

  /// What lies between this machine and the address, if it is none of the machine's own.
  var network: Vantage.Network {
    if bytes.count == 4 { return Self.networkOfIPv4(bytes) }
    if bytes.dropLast().allSatisfy({ $0 == 0 }) { return .loopback }
    // RFC 6052: a translated address is as near as the IPv4 address inside it.
    if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
      return Self.networkOfIPv4(Array(bytes[12...]))
    }
    // RFC 4193 unique local, RFC 4291 link-local.
    let isLocal = bytes[0] & 0xFE == 0xFC || (bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80)
    return isLocal ? .privateNetwork : .internet
  }

  private static func networkOfIPv4(_ bytes: [UInt8]) -> Vantage.Network {
    switch (bytes[0], bytes[1]) {
    case (127, _), (0, _): .loopback
    case (10, _), (172, 16...31), (192, 168): .privateNetwork  // RFC 1918
    case (169, 254): .privateNetwork  // RFC 3927 link-local
    case (100, 64...127): .privateNetwork  // RFC 6598 carrier-grade NAT
    case (198, 18...19): .privateNetwork  // RFC 2544 benchmarking
    default: .internet
    }
  }

  private static func isMapped(_ bytes: [UInt8]) -> Bool {
    bytes.count == 16 && bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
  }

  private static func bytes(_ text: String, _ family: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }

  static func == (left: IPAddress, right: IPAddress) -> Bool { left.bytes == right.bytes }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
