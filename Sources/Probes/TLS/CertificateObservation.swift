internal import Checklist
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

extension TLSCertificateProbe {
  /// What one handshake without verification showed, and how one with verification ended.
  struct Observation: Sendable {
    /// Leaf first; a failure where no chain could be had.
    var chain: Result<[PresentedCertificate], NetworkFailure>
    /// Nil after a handshake with full verification.
    var failure: NetworkFailure?

    init(chain: Result<[PresentedCertificate], NetworkFailure>, failure: NetworkFailure?) {
      self.chain = chain
      self.failure = failure
    }

    /// Shakes hands twice: first to see the chain, then to have it verified.
    init(_ target: NetworkTarget) async {
      guard let context = try? target.tlsContext() else {
        chain = .failure(.closed)
        failure = .handshake("the roots cannot be read")
        return
      }
      let presented = await target.converse(with: target.url.host, port: target.tlsPort) {
        (channel, promise: EventLoopPromise<[NIOSSLCertificate]>) in
        let tls = try target.tlsHandler(context, for: target.url.host) { promise.succeed($0) }
        try channel.pipeline.syncOperations.addHandler(tls)
      }
      chain = presented.flatMap(Self.read)
      let verified = await target.converse(with: target.url.host, port: target.tlsPort) {
        (channel, promise: EventLoopPromise<Void>) in
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(target.tlsHandler(context, for: target.url.host))
        try pipeline.addHandler(HandshakeHandler(promise))
      }
      if case .failure(let failure) = verified { self.failure = failure }
    }

    private static func read(
      _ chain: [NIOSSLCertificate]
    ) -> Result<[PresentedCertificate], NetworkFailure> {
      guard !chain.isEmpty, chain.count <= 16 else {
        return .failure(.malformed("a chain of \(chain.count.counted("certificate"))"))
      }
      do {
        return .success(try chain.map { try PresentedCertificate(der: $0.toDERBytes()) })
      } catch {
        return .failure(.malformed("a certificate that cannot be read"))
      }
    }
  }
}

/// Completes a promise when the handshake is done.
private final class HandshakeHandler: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let promise: EventLoopPromise<Void>

  init(_ promise: EventLoopPromise<Void>) { self.promise = promise }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted = event as? TLSUserEvent { promise.succeed() }
    context.fireUserInboundEventTriggered(event)
  }
}
