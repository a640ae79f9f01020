internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

extension NetworkTarget {
  /// Bytes of header fields that are accepted in all.
  static let headLimit = 65_536

  /// One GET without following redirects; the body is read up to a limit, and not at all for 0.
  func get(
    _ url: TargetURL, bodyLimit: Int = 0, fields: [HTTPResponse.Field] = []
  ) async -> Result<HTTPResponse, NetworkFailure> {
    var request = HTTPRequest(url)
    request.fields = fields
    return await exchange(request, reading: bodyLimit == 0 ? .none : .whole(bodyLimit))
  }

  /// One request and the response to it, without following redirects.
  ///
  /// Nothing is decompressed. An `https` URL is contacted only over a verified connection.
  func exchange(
    _ request: HTTPRequest, reading body: HTTPBodyReading = .none
  ) async -> Result<HTTPResponse, NetworkFailure> {
    let url = request.url
    let tls: NIOSSLContext?
    do { tls = url.scheme == .https ? try tlsContext() : nil } catch {
      return .failure(NetworkFailure(error))
    }
    return await converse(with: url.host, port: url.port) { channel, promise in
      let pipeline = channel.pipeline.syncOperations
      if let tls { try pipeline.addHandler(tlsHandler(tls, for: url.host)) }
      // Informational responses come before the final one, without end if the server likes.
      try pipeline.addHandler(InboundLimit(Self.headLimit * 2 + body.limit * 2))
      try pipeline.addHandler(HTTPRequestEncoder())
      try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder()))
      try pipeline.addHandler(FetchHandler(request, body, promise))
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

  private let request: HTTPRequest
  private let reading: HTTPBodyReading
  private let promise: EventLoopPromise<HTTPResponse>
  private var response: HTTPResponse?

  init(
    _ request: HTTPRequest, _ reading: HTTPBodyReading, _ promise: EventLoopPromise<HTTPResponse>
  ) {
    self.request = request
    self.reading = reading
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    var head = HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.url.path)
    head.headers = HTTPHeaders(request.allFields.map { ($0.name, $0.value) })
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !request.body.isEmpty {
      let body = context.channel.allocator.buffer(bytes: request.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    if request.zeros > 0 { return sendZeros(context, left: request.zeros) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  /// One piece after the other, so that little is held; an answer ends it.
  private func sendZeros(_ context: ChannelHandlerContext, left: Int) {
    guard context.channel.isActive, response == nil else { return }
    let size = min(left, 65_536)
    let piece = context.channel.allocator.buffer(repeating: 0, count: size)
    guard left > size else {
      context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil)
      return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece)))).assumeIsolated()
      .whenSuccess { self.sendZeros(context, left: left - size) }
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
    let response = HTTPResponse(
      url: request.url, method: request.method, status: Int(head.status.code), fields: fields)
    self.response = response
    if reading == .none { promise.succeed(response) }
  }

  private func append(_ part: ByteBuffer) {
    guard let size = response?.body.count, reading != .none else { return }
    if size + part.readableBytes <= reading.limit {
      response?.body += part.readableBytesView
      return
    }
    guard case .start = reading, var response else {
      return promise.fail(NetworkFailure.tooLarge("a body beyond \(reading.limit / 1_024) KiB"))
    }
    response.body += part.readableBytesView.prefix(reading.limit - size)
    promise.succeed(response)
  }
}
