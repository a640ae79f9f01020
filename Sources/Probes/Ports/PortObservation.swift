internal import Glibc
internal import NIOCore
internal import NIOPosix

/// How a port answered an attempt to connect.
enum PortState: Hashable, Sendable {
  case open
  case refused
  /// No answer at all.
  case filtered
  /// A router or firewall on the way said no (ICMP unreachable).
  case rejected
  /// This machine could not even try.
  case unobserved(String)

  init(_ error: any Error) {
    switch error {
    case ChannelError.connectTimeout: self = .filtered
    case let error as IOError:
      switch error.errnoCode {
      case ECONNREFUSED: self = .refused
      case ETIMEDOUT: self = .filtered
      case EHOSTUNREACH, ENETUNREACH: self = .rejected
      default: self = .unobserved(String(cString: strerror(error.errnoCode)))
      }
    default: self = .unobserved(NetworkFailure(error).reason)
    }
  }

  /// In a word.
  var name: String {
    switch self {
    case .open: "open"
    case .refused: "refused"
    case .filtered: "no answer"
    case .rejected: "rejected on the way"
    case .unobserved(let why): why
    }
  }
}

/// The ports of one address, and whether the address could be reached at all.
struct PortObservation: Hashable, Sendable {
  var address: String
  /// Whether the target's own port accepted a connection, both before and after the others.
  var isReachable: Bool
  var states: [Int: PortState]
}

extension NetworkTarget {
  // A thread of its own: a handshake elsewhere must not make an open port look silent.
  private static let portGroup = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// How long one port is waited for.
  static let portTime = Duration.seconds(1)

  /// Connects to each port of each address and closes again; nothing is sent.
  func portStates(_ ports: [Int]) async -> [PortObservation] {
    await withTaskGroup(of: (Int, PortObservation).self) { group in
      for (index, address) in addresses.prefix(Self.addressLimit).enumerated() {
        group.addTask { (index, await observation(of: address, ports)) }
      }
      var seen: [(Int, PortObservation)] = []
      for await one in group { seen.append(one) }
      return seen.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func observation(of address: IPAddress, _ ports: [Int]) async -> PortObservation {
    let before = await state(address, url.port, within: Self.connectTime)
    let states = await states(of: address, ports)
    let after = await state(address, url.port, within: Self.connectTime)
    return PortObservation(
      address: "\(address)", isReachable: before == .open && after == .open, states: states)
  }

  private func states(of address: IPAddress, _ ports: [Int]) async -> [Int: PortState] {
    await withTaskGroup(of: (Int, PortState).self) { group in
      for port in ports {
        group.addTask { (port, await state(address, port, within: Self.portTime)) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }

  private func state(_ address: IPAddress, _ port: Int, within time: Duration) async -> PortState {
    guard authorised.allows(url.host, port: port) else { return .unobserved("not authorised") }
    guard !deadline.hasPassed else { return .unobserved("no time left") }
    let connecting = deadline.within(time)
    // A shortened wait proves nothing about a filter.
    guard deadline.remaining > connecting.remaining else { return .unobserved("no time left") }
    do {
      let socket = try SocketAddress(ipAddress: address.description, port: port)
      let timeout = connecting.remaining
      try await deadline.limit(on: Self.portGroup) { (loop, promise: EventLoopPromise<Void>) in
        let attempt = ClientBootstrap(group: loop).connectTimeout(timeout).connect(to: socket)
        attempt.flatMap { $0.close() }.cascade(to: promise)
      }
      return .open
    } catch {
      return PortState(error)
    }
  }
}
