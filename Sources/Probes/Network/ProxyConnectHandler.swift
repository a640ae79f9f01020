internal import NIOCore

/// Opens a tunnel through an HTTP proxy (RFC 9110 section 9.3.6) before anything else is sent.
///
/// It holds back `channelActive` and all writes until the proxy has agreed, so that the handlers
/// behind it need not know of it.
final class ProxyConnectHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let answerLimit = 16_384
  private let authority: String
  private var answer = ByteBuffer()
  private var held: [(NIOAny, EventLoopPromise<Void>?)] = []
  private var isOpen = false

  init(host: String, port: Int) {
    authority = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  func channelActive(context: ChannelHandlerContext) {
    let request = "CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n\r\n"
    let buffer = context.channel.allocator.buffer(string: request)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if isOpen { context.write(data, promise: promise) } else { held.append((data, promise)) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOpen else { return context.fireChannelRead(data) }
    var part = unwrapInboundIn(data)
    answer.writeBuffer(&part)
    guard let end = endOfHead() else {
      if answer.readableBytes > Self.answerLimit { fail(context, "its answer is too long") }
      return
    }
    open(context, headLength: end)
  }

  private func open(_ context: ChannelHandlerContext, headLength: Int) {
    let head = answer.readString(length: headLength) ?? ""
    let words = head.prefix { $0 != "\r\n" && $0 != "\n" }.split(separator: " ")
    guard head.hasPrefix("HTTP/1."), words.count >= 2, words[1].hasPrefix("2") else {
      return fail(
        context, "answer \(words.dropFirst().first.map { String($0.prefix(3)) } ?? "unknown")")
    }
    isOpen = true
    context.fireChannelActive()
    for (data, promise) in held { context.write(data, promise: promise) }
    held = []
    context.flush()
    if answer.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(answer)) }
  }

  private func endOfHead() -> Int? {
    let bytes = answer.readableBytesView
    return bytes.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]).map { $0.upperBound - bytes.startIndex }
  }

  private func fail(_ context: ChannelHandlerContext, _ why: String) {
    context.fireErrorCaught(NetworkFailure.proxy(why))
    context.close(promise: nil)
  }
}
