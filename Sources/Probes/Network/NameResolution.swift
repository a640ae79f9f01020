internal import Checklist
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Names to addresses, and addresses to what lies between.
enum NameResolution {
  // Threads of their own: a slow name server must not hold up the reading of files.
  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 4)
    pool.start()
    return pool
  }()

  /// All addresses of a host, in the order of the system's resolver, each once.
  static func addresses(of host: String, before deadline: Deadline) async throws -> [IPAddress] {
    if let literal = IPAddress(host) { return [literal] }
    let found: [IPAddress] = try await deadline.limit { loop, promise in
      pool.runIfActive(eventLoop: loop) { lookUp(host) }.cascade(to: promise)
    }
    guard !found.isEmpty else { throw NetworkFailure.unresolved(host) }
    return found
  }

  /// The nearest network among the addresses: one near address is enough to distrust the view.
  static func network(of addresses: [IPAddress]) -> Vantage.Network {
    let own = ownAddresses()
    let networks = addresses.map { own.contains($0) ? .loopback : $0.network }
    if networks.contains(.loopback) { return .loopback }
    return networks.contains(.privateNetwork) || networks.isEmpty ? .privateNetwork : .internet
  }

  private static func ownAddresses() -> Set<IPAddress> {
    let devices = (try? System.enumerateDevices()) ?? []
    return Set(devices.compactMap { $0.address?.ipAddress.flatMap(IPAddress.init) })
  }

  private static func lookUp(_ host: String) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [IPAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = numeric(entry), !found.contains(address) { found.append(address) }
      next = entry.ai_next
    }
    return found
  }

  private static func numeric(_ entry: addrinfo) -> IPAddress? {
    var text = [CChar](repeating: 0, count: 64)
    let status = getnameinfo(
      entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    guard status == 0 else { return nil }
    return IPAddress(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
  }
}
