internal import NIOCore
internal import NIOHTTP1

/// Answers every request of one connection.
final class DemoHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let respond: @Sendable (HTTPRequestHead) -> DemoResponse
  private var request: HTTPRequestHead?

  init(_ respond: @escaping @Sendable (HTTPRequestHead) -> DemoResponse) { self.respond = respond }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): request = head
    case .body: break
    case .end: if let request { answer(request, context) }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let response = respond(request)
    let head = HTTPResponseHead(
      version: request.version, status: .init(statusCode: response.status),
      headers: HTTPHeaders(response.fields + [("Connection", "close")]))
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      let body = context.channel.allocator.buffer(string: response.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }
}
