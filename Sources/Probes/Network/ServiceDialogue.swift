internal import Checklist
internal import NIOCore

/// A short talk with a service that speaks neither TLS nor HTTP at first.
protocol ServiceDialogue: Sendable {
  associatedtype Answer: Sendable

  /// What is said first; many services wait for it.
  var opening: [UInt8] { get }

  /// Takes all that has arrived since the last step, which may be cut anywhere.
  mutating func read(_ part: [UInt8]) -> DialogueStep<Answer>
}

/// What follows from what a service said.
enum DialogueStep<Answer: Sendable>: Sendable {
  /// It has to say more.
  case wait
  case send([UInt8])
  case done(Answer)
  case failed(NetworkFailure)
}

/// A service of the launch, at the target's host or at another one.
struct ServicePlace: Hashable, Sendable {
  var host: String
  var port: Int
  /// What lies between this machine and the service.
  var network = Vantage.Network.internet

  var description: String { TargetURL(scheme: .http, host: host, port: port).hostAndPort }
}

extension NetworkTarget {
  /// How much a service may say.
  static let dialogueLimit = 65_536

  /// Talks to a service until the dialogue has its answer, within 5 s and 64 KiB.
  ///
  /// With `inTLS` the whole talk goes through verified TLS.
  func talk<Dialogue: ServiceDialogue>(
    to place: ServicePlace, inTLS: Bool = false, _ dialogue: Dialogue
  ) async -> Result<Dialogue.Answer, NetworkFailure> {
    let context = inTLS ? try? tlsContext() : nil
    if inTLS && context == nil { return .failure(.handshake("the roots cannot be read")) }
    return await converse(with: place.host, port: place.port, within: .seconds(5)) {
      channel, promise in
      let pipeline = channel.pipeline.syncOperations
      if let context { try pipeline.addHandler(tlsHandler(context, for: place.host)) }
      try pipeline.addHandler(DialogueHandler(dialogue, promise))
    }
  }

  /// Runs a probe against the service that the parameters `host` and `port` name.
  ///
  /// The vantage is the service's own, which may be nearer than the target.
  static func observeService(
    _ context: ProbeContext, _ parameters: Parameters, port defaultPort: Int,
    _ probe: (NetworkTarget, ServicePlace) async -> Finding
  ) async -> Finding {
    await observe(context) { target in
      let port = parameters.integer("port") ?? defaultPort
      let host = parameters.text("host") ?? target.url.host
      guard (1...65_535).contains(port), let url = TargetURL("http://\(host)"), url.path == "/",
        url.authority == url.host || IPAddress(url.host) != nil
      else {
        return .unknown(
          "host or port of the service cannot be read",
          hint: "give a name or an address in host, and a number from 1 to 65535 in port")
      }
      var place = ServicePlace(host: url.host, port: port)
      guard target.authorised.allows(place.host, port: port) else {
        return .unknown(place.description, .unauthorised(place.description))
      }
      do {
        place.network = NameResolution.network(
          of: try await addresses(
            of: place.host, port: port, in: target.configuration, before: target.deadline))
      } catch  where target.proxy != nil {
        // Behind a proxy the name may be known to the proxy alone.
        place.network = target.vantage.network
      } catch {
        return .unknown(place.description, NetworkFailure(error))
      }
      var finding = await probe(target, place)
      finding.vantage = Vantage(host: context.hostName, network: place.network)
      return finding
    }
  }
}

/// Carries a dialogue over a connection.
private final class DialogueHandler<Dialogue: ServiceDialogue>: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var dialogue: Dialogue
  private let promise: EventLoopPromise<Dialogue.Answer>
  private var left = NetworkTarget.dialogueLimit

  init(_ dialogue: Dialogue, _ promise: EventLoopPromise<Dialogue.Answer>) {
    self.dialogue = dialogue
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    send(dialogue.opening, context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = Array(unwrapInboundIn(data).readableBytesView)
    left -= part.count
    guard left >= 0 else { return promise.fail(NetworkFailure.tooLarge("more than 64 KiB")) }
    switch dialogue.read(part) {
    case .wait: break
    case .send(let bytes): send(bytes, context)
    case .done(let answer): promise.succeed(answer)
    case .failed(let failure): promise.fail(failure)
    }
  }

  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    guard !bytes.isEmpty else { return }
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }
}
