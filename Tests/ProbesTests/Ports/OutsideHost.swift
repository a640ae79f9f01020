import Foundation
import Glibc
import Synchronization
import Testing

/// Another host, made of a network namespace and a cable to it; its address is one of RFC 5737.
final class OutsideHost: Sendable {
  let address: String
  private let name: String
  let ownAddress: String
  private let sockets = Mutex<[Int32]>([])

  static let isPossible: Bool = {
    let trial = "lgtrial\(getpid())"
    guard getuid() == 0, Tools.path("ip") != nil,
      (try? Tools.wait(for: "ip", ["netns", "add", trial]).status) == 0
    else { return false }
    return (try? Tools.wait(for: "ip", ["netns", "del", trial]).status) == 0
  }()

  init() async throws {
    // A subnet of four addresses for each test process.
    let base = Int(getpid()) % 60 * 4
    (ownAddress, address) = ("203.0.113.\(base + 1)", "203.0.113.\(base + 2)")
    name = "lg\(getpid())"
    let (here, there) = ("\(name)a", "\(name)b")
    try await Self.ip("netns add \(name)")
    try await Self.ip("link add \(here) type veth peer name \(there) netns \(name)")
    try await Self.ip("addr add \(ownAddress)/30 dev \(here)")
    try await Self.ip("link set \(here) up")
    try await Self.ip("-n \(name) addr add \(address)/30 dev \(there)")
    try await Self.ip("-n \(name) link set \(there) up")
  }

  deinit {
    sockets.withLock { $0.forEach { close($0) } }
    // With the namespace the cable goes as well.
    _ = try? Tools.wait(for: "ip", ["link", "del", "\(name)a"])
    _ = try? Tools.wait(for: "ip", ["netns", "del", name])
  }

  /// Accepts connections on that port.
  func listen(_ port: UInt16) throws { try open(port, backlog: 64) }

  /// Listens on that port with a full queue, so that further attempts get no answer.
  func listenDeafly(_ port: UInt16) throws {
    try open(port, backlog: 0)
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      _ = Self.withAddress(address, port) { connect(client, $0, $1) }
      sockets.withLock { $0.append(client) }
    }
    // The queue is full as soon as the first of them is connected.
    usleep(100_000)
  }

  /// Answers nothing more at all.
  func fallSilent() async throws {
    try await Self.ip("-n \(name) route add blackhole \(ownAddress)/32")
  }

  private func open(_ port: UInt16, backlog: Int32) throws {
    let listener = onThread { [address] in
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      let bound = Self.withAddress(address, port) { bind(listener, $0, $1) }
      return bound == 0 && Glibc.listen(listener, backlog) == 0 ? listener : -1
    }
    try #require(listener >= 0)
    sockets.withLock { $0.append(listener) }
  }

  /// A socket belongs to the namespace of the thread that made it, whoever uses it later.
  private func onThread(_ make: @escaping @Sendable () -> Int32) -> Int32 {
    let made = Made()
    let done = DispatchSemaphore(value: 0)
    let path = "/run/netns/\(name)"
    let thread = Thread {
      let namespace = Glibc.open(path, O_RDONLY)
      if Self.enter(namespace) { made.socket.withLock { $0 = make() } }
      close(namespace)
      done.signal()
    }
    thread.start()
    done.wait()
    return made.socket.withLock { $0 }
  }

  // Glibc hides setns(2) from Swift.
  private static func enter(_ namespace: Int32) -> Bool {
    guard let symbol = dlsym(nil, "setns") else { return false }
    let setns = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
    return setns(namespace, 0x4000_0000) == 0
  }

  private final class Made: Sendable {
    let socket = Mutex<Int32>(-1)
  }

  private static func ip(_ arguments: String) async throws {
    let result = try await Tools.run("ip", arguments.split(separator: " ").map(String.init))
    try #require(result.status == 0, "ip \(arguments): \(result.output)")
  }

  private static func withAddress(
    _ address: String, _ port: UInt16, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var socketAddress = sockaddr_in()
    socketAddress.sin_family = sa_family_t(AF_INET)
    socketAddress.sin_port = port.bigEndian
    inet_pton(AF_INET, address, &socketAddress.sin_addr)
    return withUnsafePointer(to: socketAddress) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        use($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
