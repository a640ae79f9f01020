internal import Checklist
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The configured target, made ready to be contacted: authorised, resolved, with a deadline.
struct NetworkTarget: Sendable {
  /// Addresses tried for one connection, in order.
  static let addressLimit = 4
  /// How long one connection may take to be established.
  static let connectTime = Duration.seconds(3)

  var url: TargetURL
  var configuration: Target
  var authorised: AuthorisedHosts
  var deadline: Deadline
  var addresses: [IPAddress]
  var vantage: Vantage
  /// Nil means the system's roots.
  var roots: [NIOSSLCertificate]?
  var proxy: TargetURL?

  /// The port on which TLS is spoken; a plain-HTTP target is expected to have it on 443.
  var tlsPort: Int { url.scheme == .https ? url.port : TargetURL.Scheme.https.defaultPort }

  /// The target's place on the port where TLS is spoken.
  var secureURL: TargetURL { TargetURL(scheme: .https, host: url.host, port: tlsPort) }

  /// Where to connect for a port of a host: the overrides of the configuration come before DNS.
  ///
  /// `resolve` maps a name, or a name with port, to an address, or to an address with port.
  func sockets(for host: String, port: Int) async throws -> [SocketAddress] {
    guard authorised.allows(host, port: port) else {
      throw NetworkFailure.unauthorised("\(host):\(port)")
    }
    if let override = configuration.resolve["\(host):\(port)"] ?? configuration.resolve[host] {
      return [try Self.socket(override, port: port)]
    }
    let found =
      host == url.host && !addresses.isEmpty
      ? addresses : try await NameResolution.addresses(of: host, before: deadline)
    return try found.prefix(Self.addressLimit).map {
      try SocketAddress(ipAddress: $0.description, port: port)
    }
  }

  /// Where the target's addresses come from: an override, or DNS.
  static func addresses(
    of host: String, port: Int, in target: Target, before deadline: Deadline
  ) async throws -> [IPAddress] {
    if let override = target.resolve["\(host):\(port)"] ?? target.resolve[host] {
      let text = try socket(override, port: port).ipAddress ?? override
      return IPAddress(text).map { [$0] } ?? []
    }
    return try await NameResolution.addresses(of: host, before: deadline)
  }

  private static func socket(_ override: String, port: Int) throws -> SocketAddress {
    if IPAddress(override) != nil { return try SocketAddress(ipAddress: override, port: port) }
    guard let url = TargetURL("http://\(override)"), IPAddress(url.host) != nil else {
      throw NetworkFailure.unresolved("\(override) (in resolve:)")
    }
    let given = override.hasSuffix(":\(url.port)")
    return try SocketAddress(ipAddress: url.host, port: given ? url.port : port)
  }
}
