internal import NIOCore

extension NetworkTarget {
  /// Sends one hello and reads the answer to it.
  func answer(to hello: ClientHello) async -> HelloAnswer {
    let result = await converse(with: url.host, port: tlsPort, within: .seconds(5)) {
      channel, promise in
      try channel.pipeline.syncOperations.addHandler(HelloHandler(hello, promise))
    }
    switch result {
    case .success(let answer): return answer
    case .failure(let failure): return .unobserved(failure)
    }
  }
}

/// Sends a ClientHello as soon as the connection is there and reads until the answer is known.
private final class HelloHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let hello: ClientHello
  private let promise: EventLoopPromise<HelloAnswer>
  private var reader: HelloAnswerReader

  init(_ hello: ClientHello, _ promise: EventLoopPromise<HelloAnswer>) {
    self.hello = hello
    self.promise = promise
    reader = HelloAnswerReader(offered: hello)
  }

  func channelActive(context: ChannelHandlerContext) {
    let buffer = context.channel.allocator.buffer(bytes: hello.record)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if let answer = reader.read(unwrapInboundIn(data).readableBytesView) { promise.succeed(answer) }
  }

  func channelInactive(context: ChannelHandlerContext) { promise.succeed(reader.end()) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A reset ends the connection as an orderly close does.
    let failure = NetworkFailure(error)
    promise.succeed(failure == .closed ? reader.end() : .unobserved(failure))
  }
}
