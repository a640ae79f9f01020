import Checklist
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

@testable import Probes

/// An HTTPS server on 127.0.0.1 that remembers every request, and when it came.
final class CountingServer: Sendable {
  /// One request as it arrived.
  struct Request: Sendable {
    var method: String
    var path: String
    var headers: HTTPHeaders
    var body: String
    var size: Int
    /// Which one it was, from 1.
    var number: Int
    var at: ContinuousClock.Instant

    func header(_ name: String) -> String { headers.first(name: name) ?? "" }

    var cookie: String { header("Cookie") }
  }

  /// What is answered.
  struct Answer: Sendable {
    var status: Int
    var body: String
    var fields: [(String, String)]

    init(_ status: Int, _ body: String = "", _ fields: [(String, String)] = []) {
      self.status = status
      self.body = body
      self.fields = fields
    }

    static func json(_ body: String, _ status: Int = 200) -> Answer {
      Answer(status, body, [("Content-Type", "application/json")])
    }

    static func html(_ body: String, _ status: Int = 200) -> Answer {
      Answer(status, body, [("Content-Type", "text/html; charset=utf-8")])
    }
  }

  typealias Respond = @Sendable (Request) -> Answer

  let port: Int
  private let channel: any Channel
  private let log: RequestLog
  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  private init(_ channel: any Channel, _ log: RequestLog) {
    self.channel = channel
    self.log = log
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }

  /// Starts a server with a certificate of the shared authority.
  static func start(_ respond: @escaping Respond) async throws -> CountingServer {
    let tls = try TestAuthority.shared.get().server()
    let log = RequestLog()
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(NIOSSLServerHandler(context: tls))
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(CountingHandler(log, respond))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return CountingServer(channel, log)
  }

  /// All requests in the order of their arrival.
  var requests: [Request] { log.all }

  /// The least time between two requests that followed each other.
  var leastGap: Duration {
    let times = requests.map(\.at)
    return zip(times, times.dropFirst()).map { $1 - $0 }.min() ?? .seconds(1)
  }

  /// A context that leads to this server and allows active probes.
  func context(
    active: Bool = true, paths: [String] = [], login: String? = nil,
    environment: [String: String] = [:], timeout: Duration = .seconds(40)
  ) throws -> ProbeContext {
    var context = ProbeContext.local(
      https: port, paths: paths, login: login, caFile: try TestAuthority.shared.get().file,
      timeout: timeout)
    context.active = active
    context.environment = environment
    return context
  }
}

/// The requests of all connections.
final class RequestLog: Sendable {
  private let requests = Mutex<[CountingServer.Request]>([])

  var all: [CountingServer.Request] { requests.withLock { $0 } }

  func add(_ head: HTTPRequestHead, body: [UInt8], size: Int) -> CountingServer.Request {
    requests.withLock { requests in
      let request = CountingServer.Request(
        method: head.method.rawValue, path: head.uri, headers: head.headers,
        body: String(decoding: body, as: UTF8.self), size: size, number: requests.count + 1,
        at: .now)
      requests.append(request)
      return request
    }
  }
}

private final class CountingHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let log: RequestLog
  private let respond: CountingServer.Respond
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var size = 0

  init(_ log: RequestLog, _ respond: @escaping CountingServer.Respond) {
    self.log = log
    self.respond = respond
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body(let part):
      size += part.readableBytes
      if body.count < 65_536 { body += part.readableBytesView }
    case .end:
      guard let head else { return }
      answer(respond(log.add(head, body: body, size: size)), to: head, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(
    _ answer: CountingServer.Answer, to request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    var headers = HTTPHeaders(answer.fields)
    headers.replaceOrAdd(name: "Content-Length", value: "\(answer.body.utf8.count)")
    headers.replaceOrAdd(name: "Connection", value: "close")
    let head = HTTPResponseHead(
      version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let body = context.channel.allocator.buffer(string: answer.body)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }
}

/// An answer as a judgement sees it.
func active(
  _ label: String, _ status: Int, _ body: String = "", _ fields: [(String, String)] = [],
  path: String = "/"
) -> ActiveAnswer {
  let url = TargetURL(scheme: .https, host: testHost, path: path)
  let response = HTTPResponse(
    url: url, status: status, fields: fields.map { .init(name: $0.0, value: $0.1) },
    body: Array(body.utf8))
  return ActiveAnswer(label: label, outcome: .success(response))
}

/// A request that failed.
func active(_ label: String, failing failure: NetworkFailure) -> ActiveAnswer {
  ActiveAnswer(label: label, outcome: .failure(failure))
}
