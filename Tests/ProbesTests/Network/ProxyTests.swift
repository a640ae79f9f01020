import Checklist
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Probes

/// A CONNECT proxy that leads every tunnel to one port of loopback.
private final class TunnelHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let destination: Int
  private let refusal: String?
  private var head = ""
  private var peer: (any Channel)?
  private var isOpening = false

  init(_ destination: Int, refusal: String?) {
    self.destination = destination
    self.refusal = refusal
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    if let peer { return peer.writeAndFlush(bytes, promise: nil) }
    head += String(buffer: bytes)
    guard !isOpening, head.hasSuffix("\r\n\r\n") else { return }
    isOpening = true
    open(context.channel)
  }

  func channelInactive(context: ChannelHandlerContext) { peer?.close(promise: nil) }

  private func open(_ client: any Channel) {
    guard head.hasPrefix("CONNECT \(testHost):"), refusal == nil else {
      let answer = client.allocator.buffer(string: "HTTP/1.1 \(refusal ?? "400 Bad")\r\n\r\n")
      return client.writeAndFlush(answer, promise: nil)
    }
    let loop = client.eventLoop
    let isolated = ClientBootstrap(group: loop).channelInitializer { channel in
      loop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(BackHandler(client))
      }
    }.connect(host: "127.0.0.1", port: destination).assumeIsolated()
    isolated.whenSuccess { peer in
      self.peer = peer
      client.writeAndFlush(
        client.allocator.buffer(string: "HTTP/1.1 200 OK\r\n\r\n"), promise: nil)
    }
  }
}

private final class BackHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let client: any Channel

  init(_ client: any Channel) { self.client = client }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    client.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
}

@Suite struct ProxyTests {
  static func proxy(to port: Int, refusal: String? = nil) async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(TunnelHandler(port, refusal: refusal))
        }
      }.bind(host: "127.0.0.1", port: 0).get()
    return channel.localAddress?.port ?? 0
  }

  static func context(_ proxy: Int, _ caFile: String? = nil) -> ProbeContext {
    // The name does not resolve here: only the proxy knows where it is.
    ProbeContext(
      target: Target(
        url: "https://\(testHost)", caFile: caFile, proxy: "http://127.0.0.1:\(proxy)"),
      authorised: [testHost, "127.0.0.1:\(proxy)"], hostName: "tester", now: .real,
      timeout: .seconds(15), active: true, environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func rawHellosAndRequestsGoThroughTheTunnel() async throws {
    let authority = try TestAuthority()
    let tls = try authority.server { $0.minimumTLSVersion = .tlsv12 }
    let server = try await ScriptedServer.http(tls: tls) { _ in
      HeadersSecurityProbeTests.response()
    }
    let proxy = try await Self.proxy(to: server.port)
    let context = Self.context(proxy, authority.file)
    let versions = await TLSMinimumVersionProbe(parameters: Parameters()).run(in: context)
    #expect(versions.verdict == .pass, "\(versions.summary)")
    let certificate = await TLSCertificateProbe(parameters: Parameters()).run(in: context)
    #expect(certificate.verdict == .pass, "\(certificate.summary)")
    let headers = await HeadersSecurityProbe(parameters: Parameters()).run(in: context)
    #expect(headers.verdict == .pass, "\(headers.summary)")
  }

  @Test(arguments: ["403 Forbidden", "502 Bad Gateway", "407 Proxy Authentication Required"])
  func aProxyThatRefusesMakesEverythingUnknown(_ refusal: String) async throws {
    let proxy = try await Self.proxy(to: 1, refusal: refusal)
    for probe in networkProbes {
      let finding = await probe.init(parameters: Parameters()).run(in: Self.context(proxy))
      #expect(finding.verdict == .unknown, "\(probe.manual.id): \(finding.summary)")
    }
  }

  @Test func aProxyThatIsGoneSaysNothingAboutTheTarget() async {
    for probe in networkProbes {
      let finding = await probe.init(parameters: Parameters()).run(in: Self.context(1))
      #expect(finding.verdict == .unknown, "\(probe.manual.id): \(finding.summary)")
      #expect(finding.message.contains("proxy"), "\(probe.manual.id): \(finding.summary)")
    }
  }

  @Test func theProxyHasToBeAuthorisedToo() async throws {
    let server = try await ScriptedServer.start(.close)
    var context = Self.context(server.port)
    context.authorised = [testHost]
    let finding = await HeadersSecurityProbe(parameters: Parameters()).run(in: context)
    #expect(finding.verdict == .unknown)
    #expect(server.connections == 0)
  }
}
