public import Checklist
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// The example shop: HTTPS and plain HTTP on loopback, with faults that can be repaired.
///
/// It calls itself `shop.example`; `target` says where that really is, and whom to trust.
public final class DemoServer: Sendable {
  /// The name by which the shop is asked for.
  public static let host = "shop.example"
  /// All names for which it answers; nothing else has to be contacted.
  public static let hosts = [host, DemoShop.provider]

  /// The port of 127.0.0.1 on which it speaks TLS 1.2 and 1.3.
  public let httpsPort: Int
  /// The port of 127.0.0.1 on which it speaks plain HTTP.
  public let httpPort: Int
  /// The PEM file of its certificate authority.
  public let authorityFile: String

  /// Tokens of its two test users, by the environment variables in which they belong.
  public let credentials: [String: String]

  private let state: DemoState
  private let channels: [any Channel]

  private init(_ shop: DemoShop, authorityFile: String, https: any Channel, http: any Channel) {
    state = shop.state
    credentials = shop.users.environment
    self.authorityFile = authorityFile
    channels = [https, http]
    httpsPort = https.localAddress?.port ?? 0
    httpPort = http.localAddress?.port ?? 0
  }

  /// Starts the shop with these faults; the authority's certificate is written to the folder.
  public static func start(
    in folder: String, now: Timestamp, faults: Set<DemoFault> = Set(DemoFault.allCases)
  ) async throws -> DemoServer {
    let shop = DemoShop(state: DemoState(faults), users: DemoUsers(), now: now)
    let authority = try DemoAuthority(name: "launchgate demo authority", now: now)
    let file = "\(folder)/demo-authority.pem"
    try authority.pem.write(toFile: file, atomically: true, encoding: .utf8)
    let certificates = try Certificates(authority, now)
    let https = try await listen { channel in
      let context = certificates.context(isExpiring: shop.state.has(.expiringCertificate))
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
    } respond: { request in
      shop.respond(to: request)
    }
    let port = https.localAddress?.port ?? 0
    let http = try await listen { _ in
    } respond: { request in
      DemoResponse(
        plainPath: request.uri, secureOrigin: secureOrigin(for: request, port: port),
        faults: shop.state.remaining)
    }
    return DemoServer(shop, authorityFile: file, https: https, http: http)
  }

  /// The shop as a launch would configure it.
  public var target: Target {
    Target(
      url: "https://\(Self.host)", paths: ["/login"], login: "/login", caFile: authorityFile,
      resolve: [
        "\(Self.host):443": "127.0.0.1:\(httpsPort)", "\(Self.host):80": "127.0.0.1:\(httpPort)",
        "\(DemoShop.provider):443": "127.0.0.1:\(httpsPort)",
        // No ssh is served; without this line its name would be asked for elsewhere.
        "\(Self.host):22": "127.0.0.1:1",
      ])
  }

  /// The faults that are still there.
  public var remainingFaults: Set<DemoFault> { state.remaining }

  /// Repairs one fault; the next connection sees it.
  public func repair(_ fault: DemoFault) { state.remove(fault) }

  /// Stops listening.
  public func stop() async throws {
    for channel in channels { try await channel.close().get() }
  }

  private static func listen(
    secure: @escaping @Sendable (any Channel) throws -> Void,
    respond: @escaping @Sendable (DemoRequest) -> DemoResponse
  ) async throws -> any Channel {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 64)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try secure(channel)
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(DemoHandler(respond))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  // Asked for by its name it is on the usual port; otherwise somebody came by address.
  private static func secureOrigin(for request: DemoRequest, port: Int) -> String {
    request.host == host ? "https://\(host)" : "https://localhost:\(port)"
  }
}

extension DemoServer {
  /// The two certificates between which `expiringCertificate` chooses.
  private struct Certificates: Sendable {
    private let sound: NIOSSLContext
    private let expiring: NIOSSLContext

    init(_ authority: DemoAuthority, _ now: Timestamp) throws {
      sound = try Self.context(authority, now, days: 90)
      expiring = try Self.context(authority, now, days: 5)
    }

    func context(isExpiring: Bool) -> NIOSSLContext { isExpiring ? expiring : sound }

    private static func context(
      _ authority: DemoAuthority, _ now: Timestamp, days: Int
    ) throws -> NIOSSLContext {
      let identity = try authority.issue(
        for: hosts + ["localhost"], addresses: [[127, 0, 0, 1]], to: days, now: now)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: [.certificate(identity.certificate)],
        privateKey: .privateKey(identity.key))
      configuration.minimumTLSVersion = .tlsv12
      configuration.maximumTLSVersion = .tlsv13
      configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
      configuration.applicationProtocols = ["http/1.1"]
      return try NIOSSLContext(configuration: configuration)
    }
  }
}
