internal import Checklist

/// A socket that takes connections or datagrams, as the kernel's tables show it.
struct ListeningSocket: Hashable, Sendable {
  enum Transport: String, Sendable { case tcp, udp }

  var transport: Transport
  var address: IPAddress
  var port: Int
  /// The user to whom the socket belongs, which is not always that of the process.
  var user: Int
  var inode: Int

  /// Whether it takes what arrives at any address of the machine.
  var isWildcard: Bool { address.bytes.allSatisfy { $0 == 0 } }

  /// Whether other machines outside of private networks can reach it.
  var isPublic: Bool { isWildcard || address.network == .internet }

  /// `tcp 0.0.0.0:5432`.
  var name: String {
    let host = address.bytes.count == 16 ? "[\(address)]" : "\(address)"
    return "\(transport.rawValue) \(host):\(port)"
  }

  /// Reads `/proc/net/tcp` and its kin; nil where a line is not as the kernel writes it.
  static func read(_ table: String, _ transport: Transport) -> [ListeningSocket]? {
    var sockets: [ListeningSocket] = []
    for line in table.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: " ")
      guard fields.count >= 10, let user = Int(fields[7]), let inode = Int(fields[9]) else {
        return nil
      }
      // TCP_LISTEN, or a datagram socket without a peer.
      guard fields[3] == (transport == .tcp ? "0A" : "07") else { continue }
      let parts = fields[1].split(separator: ":")
      guard parts.count == 2, let address = address(parts[0]), let port = Int(parts[1], radix: 16)
      else { return nil }
      sockets.append(
        .init(transport: transport, address: address, port: port, user: user, inode: inode))
    }
    return sockets
  }

  /// The kernel prints each 32-bit word in the byte order of the machine.
  private static func address(_ digits: Substring) -> IPAddress? {
    guard digits.count == 8 || digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    var rest = digits
    while !rest.isEmpty {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      withUnsafeBytes(of: word) { bytes += $0 }
      rest = rest.dropFirst(8)
    }
    return IPAddress(spelling(bytes))
  }

  private static func spelling(_ bytes: [UInt8]) -> String {
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    // Wildcard and loopback as everybody writes them; the rest in full.
    if bytes.dropLast().allSatisfy({ $0 == 0 }), let last = bytes.last, last < 2 {
      return last == 0 ? "::" : "::1"
    }
    return stride(from: 0, to: 16, by: 2).map {
      String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
    }.joined(separator: ":")
  }
}

extension Machine {
  /// All listening sockets of this machine's network; nil where a table cannot be read.
  func listeningSockets() -> [ListeningSocket]? {
    var sockets: [ListeningSocket] = []
    let tables: [(String, ListeningSocket.Transport)] = [
      ("tcp", .tcp), ("tcp6", .tcp), ("udp", .udp), ("udp6", .udp),
    ]
    for (name, transport) in tables {
      guard let table = text("/proc/net/\(name)") else {
        // A kernel without IPv6 has no such table.
        if name.hasSuffix("6") && !exists("/proc/net/\(name)") { continue }
        return nil
      }
      guard let read = ListeningSocket.read(table, transport) else { return nil }
      sockets += read
    }
    return Set(sockets).sorted { ($0.port, $0.name, $0.inode) < ($1.port, $1.name, $1.inode) }
  }
}
