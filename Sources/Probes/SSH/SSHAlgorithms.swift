/// What a server offers in its SSH_MSG_KEXINIT (RFC 4253 section 7.1).
struct SSHAlgorithms: Hashable, Sendable {
  var keyExchanges: [String]
  var hostKeys: [String]
  var ciphersIn: [String]
  var ciphersOut: [String]
  var macsIn: [String]
  var macsOut: [String]
  var compressions: [String]

  /// Reads the payload of the message; nil where a length does not come out even.
  init?(_ payload: [UInt8]) {
    guard payload.first == 20, payload.count > 17 else { return nil }
    var rest = payload[17...]
    var lists: [[String]] = []
    for _ in 0..<10 {
      guard let list = SSHTransport.takeString(&rest),
        list.allSatisfy({ (0x20..<0x7F).contains($0) })
      else { return nil }
      let names = list.split(separator: UInt8(ascii: ",")).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard names.count <= 256 else { return nil }
      lists.append(names)
    }
    // first_kex_packet_follows and a reserved number.
    guard rest.count == 5 else { return nil }
    (keyExchanges, hostKeys) = (lists[0], lists[1])
    (ciphersIn, ciphersOut) = (lists[2], lists[3])
    (macsIn, macsOut) = (lists[4], lists[5])
    compressions = lists[6]
  }

  init(
    keyExchanges: [String], hostKeys: [String], ciphers: [String], macs: [String],
    compressions: [String] = ["none"]
  ) {
    self.keyExchanges = keyExchanges
    self.hostKeys = hostKeys
    (ciphersIn, ciphersOut) = (ciphers, ciphers)
    (macsIn, macsOut) = (macs, macs)
    self.compressions = compressions
  }

  /// Ciphers of both directions, each once, in the order of the server.
  var ciphers: [String] { Self.united(ciphersIn, ciphersOut) }

  /// MACs of both directions, each once, in the order of the server.
  var macs: [String] { Self.united(macsIn, macsOut) }

  /// Whether any host key is RSA, whatever hash its signatures use.
  var hasRSA: Bool {
    hostKeys.contains { ["ssh-rsa", "rsa-sha2-256", "rsa-sha2-512"].contains($0) }
  }

  /// Whether sequence numbers are reset with the keys, which stops cut-off beginnings.
  var isStrict: Bool { keyExchanges.contains("kex-strict-s-v00@openssh.com") }

  /// The message with these lists, as it is sent.
  func payload(cookie: [UInt8]) -> [UInt8] {
    let lists = [
      keyExchanges, hostKeys, ciphersIn, ciphersOut, macsIn, macsOut, compressions, compressions,
      [], [],
    ]
    return [20] + cookie.prefix(16)
      + lists.flatMap { SSHTransport.string(Array($0.joined(separator: ",").utf8)) }
      + [0, 0, 0, 0, 0]
  }

  private static func united(_ first: [String], _ second: [String]) -> [String] {
    first + second.filter { !first.contains($0) }
  }
}
