internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

extension NetworkTarget {
  /// Bytes of header fields that are accepted in all.
  static let headLimit = 65_536

  /// One GET without following redirects; the body is read up to a limit, and not at all for 0.
  ///
  /// Nothing is decompressed. An `https` URL is fetched only over a verified connection.
  func get(_ url: TargetURL, bodyLimit: Int = 0) async -> Result<HTTPResponse, NetworkFailure> {
    let tls: NIOSSLContext?
    do { tls = url.scheme == .https ? try tlsContext() : nil } catch {
      return .failure(NetworkFailure(error))
    }
    return await converse(with: url.host, port: url.port) { channel, promise in
      let pipeline = channel.pipeline.syncOperations
      if let tls { try pipeline.addHandler(tlsHandler(tls, for: url.host)) }
      // Informational responses come before the final one, without end if the server likes.
      try pipeline.addHandler(InboundLimit(Self.headLimit * 2 + bodyLimit * 2))
      try pipeline.addHandler(HTTPRequestEncoder())
      try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder()))
      try pipeline.addHandler(FetchHandler(url, bodyLimit: bodyLimit, promise))
    }
  }
}

/// Ends a conversation whose peer sends more than allowed.
private final class InboundLimit: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private var left: Int

  init(_ limit: Int) { left = limit }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    left -= unwrapInboundIn(data).readableBytes
    guard left >= 0 else {
      context.fireErrorCaught(NetworkFailure.tooLarge("bytes beyond the limit"))
      return context.close(promise: nil)
    }
    context.fireChannelRead(data)
  }
}

/// Sends one request and collects the response to it.
private final class FetchHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let url: TargetURL
  private let bodyLimit: Int
  private let promise: EventLoopPromise<HTTPResponse>
  private var response: HTTPResponse?

  init(_ url: TargetURL, bodyLimit: Int, _ promise: EventLoopPromise<HTTPResponse>) {
    self.url = url
    self.bodyLimit = bodyLimit
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: url.path)
    head.headers = [
      "Host": url.authority, "User-Agent": "launchgate", "Accept": "*/*",
      "Accept-Encoding": "identity", "Connection": "close",
    ]
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head)
    case .body(let part): append(part)
    case .end: if let response { promise.succeed(response) }
    }
  }

  private func begin(_ head: HTTPResponseHead) {
    let fields = head.headers.map { HTTPResponse.Field(name: $0.name, value: $0.value) }
    let size = fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    guard size <= NetworkTarget.headLimit else {
      return promise.fail(NetworkFailure.tooLarge("header fields beyond 64 KiB"))
    }
    let response = HTTPResponse(url: url, status: Int(head.status.code), fields: fields)
    self.response = response
    if bodyLimit == 0 { promise.succeed(response) }
  }

  private func append(_ part: ByteBuffer) {
    guard let size = response?.body.count, bodyLimit > 0 else { return }
    guard size + part.readableBytes <= bodyLimit else {
      return promise.fail(NetworkFailure.tooLarge("a body beyond \(bodyLimit / 1_024) KiB"))
    }
    response?.body += part.readableBytesView
  }
}
