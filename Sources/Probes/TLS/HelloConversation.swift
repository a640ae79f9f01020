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

  /// The same, asked once more where the answer may be a refusal and may be trouble.
  func clearAnswer(to hello: ClientHello) async -> HelloAnswer {
    let first = await answer(to: hello)
    guard first.isPossibleRefusal else { return first }
    let second = await answer(to: hello)
    // A server that closes or stumbles twice alike is consistent; otherwise it is in trouble.
    return second == first || second.isPlainRefusal || second.isAcceptance
      ? second : .unobserved(.malformed("two different answers to the same hello"))
  }

  /// How many bits the group has that the server names for finite-field Diffie-Hellman.
  func groupSize(for hello: ClientHello) async -> Result<Int, NetworkFailure> {
    await converse(with: url.host, port: tlsPort, within: .seconds(5)) {
      channel, promise in
      try channel.pipeline.syncOperations.addHandler(GroupSizeHandler(hello, promise))
    }
  }
}

/// Sends a ClientHello and reads until the group is known.
private final class GroupSizeHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let hello: ClientHello
  private let promise: EventLoopPromise<Int>
  private var reader = GroupSizeReader()

  init(_ hello: ClientHello, _ promise: EventLoopPromise<Int>) {
    self.hello = hello
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    let buffer = context.channel.allocator.buffer(bytes: hello.record)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch reader.read(unwrapInboundIn(data).readableBytesView) {
    case .success(let bits): promise.succeed(bits)
    case .failure(let failure): promise.fail(failure)
    case nil: break
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
