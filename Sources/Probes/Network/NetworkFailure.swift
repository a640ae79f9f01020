internal import Checklist
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Why something could not be observed over the network.
enum NetworkFailure: Error, Hashable, Sendable {
  /// Connected, but no complete answer came in time; or the probe's own time is over.
  case timedOut
  /// The attempt to connect was not answered at all.
  case filtered
  case refused
  case closed
  case unreachable(String)
  case unresolved(String)
  case untrusted(String)
  case handshake(String)
  case malformed(String)
  case tooLarge(String)
  case proxy(String)
  case unauthorised(String)
  /// The probe has sent as many requests as it may.
  case tooMany(Int)

  /// The failure that an error of the network libraries stands for.
  init(_ error: any Error) {
    switch error {
    case let failure as NetworkFailure: self = failure
    case is CancellationError: self = .timedOut
    case let error as ChannelError: self = Self(channel: error)
    case let error as NIOConnectionError: self = Self(connection: error)
    case let error as IOError: self = Self(system: error)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      self = .untrusted("the certificate is for another name")
    case let error as NIOSSLError: self = Self(tls: error)
    case is HTTPParserError: self = Self(parser: "\(error)")
    default: self = .malformed(String("\(error)".prefix(200)))
    }
  }

  /// Completes "could not look: …".
  var reason: String {
    switch self {
    case .timedOut: "no complete answer in time"
    case .filtered: "the attempt to connect was not answered"
    case .refused: "the connection was refused"
    case .closed: "the connection was closed without a complete answer"
    case .unreachable(let why): "the host could not be reached (\(why))"
    case .unresolved(let host): "the name \(host) could not be resolved"
    case .untrusted(let why): "the certificate is not trusted: \(why)"
    case .handshake(let why): "the TLS handshake failed (\(why))"
    case .malformed(let what): "the answer was not understood (\(what))"
    case .tooLarge(let what): "the answer was larger than allowed (\(what))"
    case .proxy(let why): "the proxy did not connect (\(why))"
    case .unauthorised(let place): "\(place) is not among the authorised targets"
    case .tooMany(let count):
      "the \(count.counted("request that may be sent was", "requests that may be sent were")) "
        + "not enough"
    }
  }

  /// The way out.
  var hint: String {
    switch self {
    case .timedOut, .filtered, .refused, .closed, .unreachable:
      "check that the service is up and reachable from this machine, then probe again"
    case .unresolved: "check the name in DNS, or set resolve: for the target in launchgate.yaml"
    case .untrusted:
      "see tls.certificate; for a private authority set ca-file: for the target"
    case .handshake: "look at the server's TLS configuration, or try openssl s_client"
    case .tooMany: "look at the rest by hand"
    case .malformed, .tooLarge: "look at the answer with curl -v, then probe again"
    case .proxy: "check proxy: of the target; it has to allow CONNECT to the port"
    case .unauthorised(let place):
      "add \(place) to authorised: in launchgate.yaml if it may be contacted"
    }
  }

  /// Whether another address of the same host may still answer.
  var isAboutOneAddress: Bool {
    switch self {
    case .timedOut, .filtered, .refused, .unreachable: true
    default: false
    }
  }

  /// The same failure where the connection was one to the proxy: it says nothing of the target.
  var behindProxy: NetworkFailure {
    switch self {
    case .filtered, .refused, .unreachable: .proxy("it cannot be reached")
    default: self
    }
  }

  /// Of several addresses the failure that says the least is reported.
  var weight: Int {
    switch self {
    case .refused: 0
    case .filtered: 1
    default: 2
    }
  }

  private init(channel error: ChannelError) {
    switch error {
    case .connectTimeout: self = .filtered
    case .ioOnClosedChannel, .alreadyClosed, .eof, .inputClosed, .outputClosed: self = .closed
    default: self = .malformed("\(error)")
    }
  }

  private init(connection error: NIOConnectionError) {
    self = error.connectionErrors.first.map { Self($0.error) } ?? .unresolved(error.host)
  }

  private init(system error: IOError) {
    switch error.errnoCode {
    case ECONNREFUSED: self = .refused
    case ECONNRESET, EPIPE: self = .closed
    case ETIMEDOUT: self = .filtered
    default: self = .unreachable(String(cString: strerror(error.errnoCode)))
    }
  }

  private init(tls error: NIOSSLError) {
    switch error {
    case .uncleanShutdown: self = .closed
    case .handshakeFailed(let inner):
      let text = "\(inner)"
      self =
        text.contains("CERTIFICATE_VERIFY_FAILED")
        ? .untrusted("it does not verify against the trusted roots")
        : .handshake(Self.tlsReason(text))
    case .noCertificateToValidate, .unableToValidateCertificate: self = .untrusted("\(error)")
    default: self = .handshake(String("\(error)".prefix(120)))
    }
  }

  private init(parser text: String) {
    self =
      text.lowercased().contains("overflow")
      ? .tooLarge("header fields beyond 64 KiB") : .malformed("no HTTP/1.1: \(text)")
  }

  // BoringSSL's reason stands in capitals between the colons of its error line.
  private static func tlsReason(_ text: String) -> String {
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    let reason = words.first { $0.count > 6 && $0 == $0.uppercased() && $0.contains("_") }
    return reason.map { $0.lowercased().split(separator: "_").joined(separator: " ") }
      ?? "no reason given"
  }
}
