internal import NIOCore
internal import NIOHTTP1

/// Answers every request of one connection, one that is too big before it has come to its end.
final class DemoHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let respond: @Sendable (DemoRequest) -> DemoResponse
  private var request: DemoRequest?
  private var body: [UInt8] = []
  private var isAnswered = false

  init(_ respond: @escaping @Sendable (DemoRequest) -> DemoResponse) { self.respond = respond }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      request = DemoRequest(head)
      (body, isAnswered) = ([], false)
      let length = head.headers.first(name: "Content-Length").flatMap(Int.init) ?? 0
      if length > DemoRequest.bodyLimit { refuse(context) }
    case .body(let part):
      guard !isAnswered else { return }
      if body.count + part.readableBytes > DemoRequest.bodyLimit { return refuse(context) }
      body += part.readableBytesView
    case .end:
      if isAnswered { return context.close(promise: nil) }
      request?.body = String(decoding: body, as: UTF8.self)
      answer(context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  /// Answers early, and gives the visitor two seconds to read that before the line is cut.
  private func refuse(_ context: ChannelHandlerContext) {
    request?.isTooBig = true
    answer(context)
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard let request else { return }
    isAnswered = true
    let response = respond(request)
    let head = HTTPResponseHead(
      version: .http1_1, status: .init(statusCode: response.status),
      headers: HTTPHeaders(response.fields + [("Connection", "close")]))
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != "HEAD" {
      let text = context.channel.allocator.buffer(string: response.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(text))), promise: nil)
    }
    let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    if request.isTooBig { return }
    written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
  }
}
