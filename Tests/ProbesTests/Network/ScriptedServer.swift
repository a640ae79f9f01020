import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TCP server on 127.0.0.1 that does what its script says, well or badly.
final class ScriptedServer: Sendable {
  /// What it does with a connection.
  enum Script: Sendable {
    /// Accepts and never says anything.
    case silence
    /// Closes with a reset as soon as something arrives.
    case reset
    /// Closes in good order as soon as something arrives.
    case close
    /// Answers what arrives first with these bytes, then closes.
    case answer([UInt8])
    /// Answers with what the function makes of the bytes that arrived first, then closes.
    case reply(@Sendable ([UInt8]) -> [UInt8])
    /// Sends the first bytes, then the others again and again without end.
    case endless([UInt8], [UInt8])
    /// Sends the bytes one by one, each second one.
    case drip([UInt8])
  }

  let port: Int
  private let channel: any Channel
  private let count: Counter

  /// How many connections were made.
  var connections: Int { count.value }

  /// Waits a little for connections that were made but not yet accepted.
  func wasContacted(times: Int = 1) async throws -> Bool {
    for _ in 0..<150 where connections < times { try await Task.sleep(for: .milliseconds(20)) }
    return connections >= times
  }

  // Threads of their own: a hostile server may not slow down the probe.
  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  private init(_ channel: any Channel, _ count: Counter) {
    self.channel = channel
    self.count = count
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }

  /// Starts a server; with a TLS context it speaks its script inside TLS.
  static func start(
    _ script: Script, tls: NIOSSLContext? = nil, on address: String = "127.0.0.1"
  ) async throws -> ScriptedServer {
    let count = Counter()
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .childChannelInitializer { channel in
        count.increment()
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          try pipeline.addHandler(ScriptHandler(script))
        }
      }
      .bind(host: address, port: 0).get()
    return ScriptedServer(channel, count)
  }

  /// An HTTP server that answers each path with a whole response as text.
  static func http(
    tls: NIOSSLContext? = nil, _ respond: @escaping @Sendable (String) -> String
  ) async throws -> ScriptedServer {
    try await start(
      .reply { request in
        let line = String(decoding: request, as: UTF8.self).prefix { $0 != "\r\n" }
        let words = line.split(separator: " ")
        return Array(respond(words.count > 1 ? String(words[1]) : "").utf8)
      }, tls: tls)
  }
}

/// A number that several connections increase.
final class Counter: Sendable {
  private let number = Mutex(0)

  var value: Int { number.withLock { $0 } }

  func increment() { number.withLock { $0 += 1 } }
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let script: ScriptedServer.Script
  private var hasAnswered = false

  init(_ script: ScriptedServer.Script) { self.script = script }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasAnswered else { return }
    hasAnswered = true
    let bytes = Array(unwrapInboundIn(data).readableBytesView)
    switch script {
    case .silence: break
    case .close: context.close(promise: nil)
    case .reset:
      let provider = context.channel as? any SocketOptionProvider
      _ = provider?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
      context.close(promise: nil)
    case .answer(let answer): finish(context, answer)
    case .reply(let reply): finish(context, reply(bytes))
    case .endless(let first, let rest):
      send(context, first)
      repeatForever(context, rest)
    case .drip(let bytes): drip(context, bytes[...])
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func send(_ context: ChannelHandlerContext, _ bytes: some Collection<UInt8>) {
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  private func finish(_ context: ChannelHandlerContext, _ bytes: [UInt8]) {
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    context.writeAndFlush(wrapOutboundOut(buffer)).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }

  private func repeatForever(_ context: ChannelHandlerContext, _ bytes: [UInt8]) {
    guard context.channel.isActive else { return }
    let buffer = context.channel.allocator.buffer(bytes: bytes)
    context.writeAndFlush(wrapOutboundOut(buffer)).assumeIsolated().whenSuccess {
      context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(1)) {
        self.repeatForever(context, bytes)
      }
    }
  }

  private func drip(_ context: ChannelHandlerContext, _ bytes: ArraySlice<UInt8>) {
    guard context.channel.isActive, let first = bytes.first else { return }
    send(context, [first])
    context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
      self.drip(context, bytes.dropFirst())
    }
  }
}
