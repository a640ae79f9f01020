internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension NetworkTarget {
  /// Puts handlers on a fresh channel; one of them has to complete the promise.
  typealias Install<Outcome> = @Sendable (any Channel, EventLoopPromise<Outcome>) throws -> Void

  /// One connection to a port of a host, from its opening to its outcome.
  ///
  /// It ends with the outcome, an error, the peer's close or the deadline, whichever comes first,
  /// and the channel is closed then. Addresses that cannot be reached are passed over.
  func converse<Outcome: Sendable>(
    with host: String, port: Int, within time: Duration = .seconds(10),
    install: @escaping Install<Outcome>
  ) async -> Result<Outcome, NetworkFailure> {
    do {
      let hop = proxy.map { ($0.host, $0.port) } ?? (host, port)
      guard authorised.allows(host, port: port) else {
        throw NetworkFailure.unauthorised("\(host):\(port)")
      }
      let outcome = await firstThatAnswers(try await sockets(for: hop.0, port: hop.1)) { socket in
        try await connect(socket, within: time) { channel, promise in
          if proxy != nil {
            try channel.pipeline.syncOperations.addHandler(
              ProxyConnectHandler(host: host, port: port))
          }
          try install(channel, promise)
        }
      }
      return proxy == nil ? outcome : outcome.mapError(\.behindProxy)
    } catch {
      return .failure(NetworkFailure(error))
    }
  }

  /// Whether a port of the target accepts connections.
  func accepts(port: Int) async -> Bool {
    let outcome = await converse(with: url.host, port: port) { channel, promise in
      try channel.pipeline.syncOperations.addHandler(ActiveHandler(promise))
    }
    return (try? outcome.get()) != nil
  }

  private func firstThatAnswers<Outcome: Sendable>(
    _ sockets: [SocketAddress], _ attempt: (SocketAddress) async throws -> Outcome
  ) async -> Result<Outcome, NetworkFailure> {
    var worst: NetworkFailure?
    for socket in sockets where !deadline.hasPassed || worst == nil {
      do { return .success(try await attempt(socket)) } catch {
        let failure = NetworkFailure(error)
        guard failure.isAboutOneAddress else { return .failure(failure) }
        // "Refused" may only be said where every address refused.
        if failure.weight >= worst?.weight ?? 0 { worst = failure }
      }
    }
    return .failure(worst ?? .unresolved(url.host))
  }

  private func connect<Outcome: Sendable>(
    _ socket: SocketAddress, within time: Duration, _ install: @escaping Install<Outcome>
  ) async throws -> Outcome {
    let connecting = deadline.within(Self.connectTime).remaining
    // A wait that the deadline cuts short does not show that an attempt stays unanswered.
    let isCutShort = deadline.remaining <= TimeAmount(Self.connectTime)
    return try await deadline.within(time).limit { loop, promise in
      ClientBootstrap(group: loop)
        .connectTimeout(connecting)
        .channelInitializer { channel in
          promise.futureResult.whenComplete { _ in channel.close(promise: nil) }
          return loop.makeCompletedFuture {
            try install(channel, promise)
            try channel.pipeline.syncOperations.addHandler(FailureHandler(promise))
          }
        }
        .connect(to: socket)
        .whenComplete { attempt in
          switch attempt {
          case .success(let channel):
            // One turn later, so that the cause of a close is heard before the close.
            channel.closeFuture.whenComplete { _ in
              loop.execute { promise.fail(NetworkFailure.closed) }
            }
          case .failure(let error):
            let failure = NetworkFailure(error)
            promise.fail(failure == .filtered && isCutShort ? .timedOut : failure)
          }
        }
    }
  }
}

/// Hands every error of a channel to the promise of its conversation.
private final class FailureHandler<Outcome: Sendable>: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let promise: EventLoopPromise<Outcome>

  init(_ promise: EventLoopPromise<Outcome>) { self.promise = promise }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }
}

/// Completes a promise as soon as the connection is there.
private final class ActiveHandler: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let promise: EventLoopPromise<Void>

  init(_ promise: EventLoopPromise<Void>) { self.promise = promise }

  func channelActive(context: ChannelHandlerContext) { promise.succeed() }
}

extension NetworkTarget {
  /// The settings of TLS connections; made beforehand, because reading the roots takes a while.
  func tlsContext() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.applicationProtocols = ["http/1.1"]
    configuration.trustRoots = roots.map { .certificates($0) } ?? .default
    return try NIOSSLContext(configuration: configuration)
  }

  /// The TLS layer of a connection: SNI, and full verification against the target's roots.
  ///
  /// A host that is an address has no SNI (RFC 6066); it is then compared with the certificate's
  /// addresses.
  func tlsHandler(
    _ context: NIOSSLContext, for host: String,
    seeing chain: (@Sendable ([NIOSSLCertificate]) -> Void)? = nil
  ) throws -> NIOSSLClientHandler {
    let name = IPAddress(host) == nil ? host : nil
    guard let chain else { return try NIOSSLClientHandler(context: context, serverHostname: name) }
    return try NIOSSLClientHandler(context: context, serverHostname: name) { presented, verdict in
      chain(presented)
      // Only to look at the chain: nothing is sent or believed on such a connection.
      verdict.succeed(.certificateVerified)
    }
  }
}
