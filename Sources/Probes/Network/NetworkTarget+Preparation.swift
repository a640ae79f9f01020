internal import Checklist
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension NetworkTarget {
  /// The one message for launches without a URL; the screen groups by it.
  static let noURL = Finding.unknown(
    "no URL is configured for this launch",
    hint: "add targets: - url: https://… to launchgate.yaml")

  /// Runs a probe against the context's target, or says why it cannot be contacted.
  ///
  /// Here the common rules are kept: no URL, unauthorised, unresolved and out of time all end as
  /// unknown; every finding gets its vantage and stays within the limits of the evidence.
  static func observe(
    _ context: ProbeContext, _ probe: (NetworkTarget) async -> Finding
  ) async -> Finding {
    guard let text = context.target?.url, let configuration = context.target else { return noURL }
    guard let url = TargetURL(text) else {
      return .unknown(
        "the URL of the target cannot be read",
        hint: "write it as https://host or https://host:port, without user name")
    }
    do {
      let target = try await prepare(url, configuration, context)
      context.progress("looking at \(url.authority)")
      var finding = await probe(target)
      if finding.vantage.host.isEmpty { finding.vantage = target.vantage }
      return finding.bounded
    } catch {
      let failure = NetworkFailure(error)
      return .unknown("\(url.authority): \(failure.reason)", hint: failure.hint)
    }
  }

  private static func prepare(
    _ url: TargetURL, _ configuration: Target, _ context: ProbeContext
  ) async throws -> NetworkTarget {
    let deadline = Deadline(after: context.timeout)
    let authorised = AuthorisedHosts(context.authorised)
    guard authorised.allows(url.host, port: url.port) else {
      throw NetworkFailure.unauthorised(url.authority)
    }
    let proxy = try proxy(configuration, authorised)
    let addresses = try await locate(url, configuration, deadline, hasProxy: proxy != nil)
    let network = NameResolution.network(of: addresses)
    return NetworkTarget(
      url: url, configuration: configuration, authorised: authorised, deadline: deadline,
      addresses: addresses, vantage: Vantage(host: context.hostName, network: network),
      roots: try await roots(configuration, context, deadline), proxy: proxy)
  }

  private static func locate(
    _ url: TargetURL, _ target: Target, _ deadline: Deadline, hasProxy: Bool
  ) async throws -> [IPAddress] {
    do {
      return try await addresses(of: url.host, port: url.port, in: target, before: deadline)
    } catch  where hasProxy {
      // Behind a proxy the name may be known to the proxy alone.
      return []
    }
  }

  private static func proxy(_ target: Target, _ authorised: AuthorisedHosts) throws -> TargetURL? {
    guard let text = target.proxy else { return nil }
    guard let proxy = TargetURL(text), proxy.scheme == .http else {
      throw NetworkFailure.proxy("only http://host:port is supported")
    }
    guard authorised.allows(proxy.host, port: proxy.port) else {
      throw NetworkFailure.unauthorised(proxy.authority)
    }
    return proxy
  }

  private static func roots(
    _ target: Target, _ context: ProbeContext, _ deadline: Deadline
  ) async throws -> [NIOSSLCertificate]? {
    guard let file = target.caFile else {
      guard access("/etc/ssl/certs", R_OK) == 0 || access("/etc/pki/tls/certs", R_OK) == 0 else {
        throw NetworkFailure.untrusted(
          "this machine has no trusted roots (install ca-certificates)")
      }
      return nil
    }
    let path = file.hasPrefix("/") ? file : "\(context.repository)/\(file)"
    let read: [NIOSSLCertificate]? = try await deadline.limit { loop, promise in
      NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
        try? NIOSSLCertificate.fromPEMFile(path)
      }.cascade(to: promise)
    }
    guard let read, !read.isEmpty else {
      throw NetworkFailure.untrusted("no PEM certificates could be read from \(file)")
    }
    return read
  }
}

extension Finding {
  /// The same finding within the limits of the evidence.
  var bounded: Finding {
    var finding = self
    finding.details = details.prefix(200).map { Detail($0.verdict, String($0.text.prefix(500))) }
    if transcript.utf8.count > 65_536 {
      let kept = String(decoding: transcript.utf8.prefix(65_000), as: UTF8.self)
      finding.transcript = kept + "\n[cut at 64 KiB]\n"
    }
    return finding
  }

  /// Could not look, for this reason.
  static func unknown(_ subject: String, _ failure: NetworkFailure) -> Finding {
    .unknown("\(subject): \(failure.reason)", hint: failure.hint)
  }
}
