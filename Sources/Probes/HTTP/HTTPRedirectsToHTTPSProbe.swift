public import Checklist

/// Whether plain HTTP leads to HTTPS of the same host at once, or is closed.
public struct HTTPRedirectsToHTTPSProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "http.redirects-to-https", version: 2,
    claim: "Plain HTTP is closed, or its first answer redirects to https on the same host",
    standards: ["RFC 6797", "RFC 9110", "NIST SC-8", "ASVS 12.2.1"],
    scope: .target,
    method: """
      GET http://HOST/ and follows at most 10 redirects within the authorised targets, never from \
      https to http; where that leads to https, one GET of each path of the target (50 at most) \
      over plain HTTP, not followed. 10 s and 64 KiB of header fields each, no body.
      """,
    facts: "closed, or scheme, host and status of the first redirect and of the last answer",
    fix: """
      answer every plain request with 301 to the same host on https (nginx: return 301 \
      https://$host$request_uri;)
      """,
    reproduce: "curl -sSIL --max-redirs 10 http://HOST/",
    parameters: [
      .init("port", .integer, "port on which plain HTTP is expected (default 80)")
    ],
    standsFor: ["curl -I"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// What plain HTTP led to.
  struct Observation: Sendable {
    var trail: RedirectTrail
    /// Whether the TLS port accepted a connection; asked for only where HTTP may be closed.
    var tlsAnswers: Bool
    /// The first answers of the other paths, asked only where `/` is redirected.
    var others: [(label: String, answer: Result<HTTPResponse, NetworkFailure>)] = []
  }

  /// Asks over plain HTTP and judges where that leads.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      let own = target.url.scheme == .http ? target.url.port : TargetURL.Scheme.http.defaultPort
      let port = parameters.integer("port") ?? own
      guard (1...65_535).contains(port) else {
        return .unknown("port \(port) does not exist", hint: "give a port from 1 to 65535")
      }
      let start = TargetURL(scheme: .http, host: target.url.host, port: port)
      var finding = Self.judge(await Self.observe(target, start))
      finding.reproduce = target.curl("-sSIL --max-redirs 10", start)
      return finding
    }
  }

  private static func observe(_ target: NetworkTarget, _ start: TargetURL) async -> Observation {
    let trail = await target.follow(start)
    let mayBeClosed = [.failed(start, .refused), .failed(start, .filtered)].contains(trail.end)
    var seen = Observation(
      trail: trail,
      tlsAnswers: mayBeClosed ? await target.accepts(port: target.tlsPort) : false)
    guard trail.firstTarget?.scheme == .https else { return seen }
    for (label, path) in target.paths.dropFirst().prefix(NetworkTarget.pageLimit) {
      // A path may also be a whole URL.
      let url = path.contains("://") ? TargetURL(path) : start.at(path)
      guard let url else {
        seen.others.append((label, .failure(.malformed("no URL"))))
        continue
      }
      let plain = TargetURL(scheme: .http, host: url.host, port: start.port, path: url.path)
      seen.others.append((label, await target.get(plain)))
    }
    return seen
  }

  /// How a path other than `/` answers over plain HTTP: an error is no content.
  private static func detail(
    _ label: String, _ answer: Result<HTTPResponse, NetworkFailure>
  ) -> Finding.Detail {
    switch answer {
    case .failure(let failure):
      return .init(.unknown, "\(label) over plain HTTP: \(failure.reason)")
    case .success(let response):
      guard let location = response.location else {
        let isContent = (200..<400).contains(response.status)
        return .init(
          isContent ? .fail : .pass, "\(label) over plain HTTP answers \(response.status)")
      }
      let target = response.url.resolving(location)
      return .init(
        target?.scheme != .https ? .fail : target?.host == response.url.host ? .pass : .review,
        "\(label) over plain HTTP redirects to \(target?.origin ?? "no URL")")
    }
  }

  /// Concludes from the trail.
  static func judge(_ seen: Observation) -> Finding {
    let others = seen.others.map { detail($0.label, $0.answer) }
    var finding = conclusion(seen)
    if let worst = others.worstFirst.first, worst.verdict.gravity > finding.verdict.gravity {
      finding.verdict = worst.verdict
      finding.message = worst.text
      finding.hint = worst.verdict == .fail ? manual.fix : "see that every path answers"
    }
    finding.details += others.worstFirst
    finding.details += seen.trail.responses.map { response in
      let target = response.location.map { " → \(Redaction.url($0))" } ?? ""
      let staysPlain =
        response.url.scheme == .http
        && !(response.location?.lowercased().hasPrefix("https://") ?? false)
      return .init(
        staysPlain ? finding.verdict : .pass,
        "\(Redaction.url(response.url.description)) \(response.status)\(target)")
    }
    finding.coverage = ["requests": seen.trail.responses.count + seen.others.count]
    finding.transcript = seen.trail.responses.map(\.transcript).joined()
    return finding
  }

  private static func conclusion(_ seen: Observation) -> Finding {
    guard let first = seen.trail.responses.first else { return unanswered(seen) }
    guard first.location != nil else {
      return Finding(
        .fail, "plain HTTP answers \(first.status) and does not redirect", hint: manual.fix,
        facts: ["http": "answers without redirect"])
    }
    guard let target = seen.trail.firstTarget else {
      return Finding(
        .fail, "plain HTTP redirects to something that is no URL", hint: manual.fix,
        facts: ["http": "unreadable redirect"])
    }
    let facts = ["http": "\(first.status) to \(target.origin)"]
    var finding = redirected(seen.trail, first, to: target)
    finding.facts = facts
    return finding
  }

  private static func redirected(
    _ trail: RedirectTrail, _ first: HTTPResponse, to target: TargetURL
  ) -> Finding {
    guard target.scheme == .https else {
      return Finding(.fail, "the first redirect is to plain HTTP again", hint: manual.fix)
    }
    if let wrong = wrongEnd(of: trail) { return wrong }
    guard target.host == first.url.host else {
      return Finding(
        .review, "the first redirect leaves the host for \(target.host)",
        hint: "redirect to https on the same host first, so that browsers learn its HSTS")
    }
    return Finding(.pass, "plain HTTP redirects to \(target.origin)")
  }

  private static func wrongEnd(of trail: RedirectTrail) -> Finding? {
    switch trail.end {
    case .answered, .elsewhere: return nil
    case .downgrade(let url):
      return Finding(.fail, "a later redirect leads back to \(url.origin)", hint: manual.fix)
    case .unreadable:
      return Finding(.fail, "a later redirect is no http or https URL", hint: manual.fix)
    case .tooMany:
      return .unknown(
        "more than 10 redirects", hint: "look for a loop with curl -sSIL --max-redirs 10")
    case .failed(_, .untrusted(let why)):
      return Finding(
        .fail, "it redirects to https with an untrusted certificate: \(why)",
        hint: "see tls.certificate")
    case .failed(let url, let failure): return .unknown(url.origin, failure)
    }
  }

  private static func unanswered(_ seen: Observation) -> Finding {
    guard case .failed(let url, let failure) = seen.trail.end else {
      return .unknown("plain HTTP", .closed)
    }
    if failure == .refused || failure == .filtered, !seen.tlsAnswers {
      return .unknown(
        "nothing answers on the host, so a closed port \(url.port) proves nothing",
        hint: "start the service, then probe again")
    }
    if failure == .refused {
      return Finding(
        .pass, "plain HTTP is closed: port \(url.port) refuses", facts: ["http": "closed"])
    }
    if failure == .filtered {
      return Finding(
        .pass, "plain HTTP is filtered: port \(url.port) stays silent while TLS answers",
        facts: ["http": "filtered"])
    }
    return .unknown("plain HTTP on port \(url.port)", failure)
  }
}
