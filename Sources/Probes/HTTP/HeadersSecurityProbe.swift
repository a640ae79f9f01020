public import Checklist

/// Whether the security header fields stand on every page, errors included.
public struct HeadersSecurityProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "headers.security", version: 2,
    claim: "Every page, the error page included, carries the security header fields",
    standards: [
      "RFC 6797", "RFC 7034", "NIST SC-8", "ASVS 3.4.1", "ASVS 3.4.3", "ASVS 3.4.4", "ASVS 3.4.5",
      "ASVS 3.4.6",
    ],
    scope: .target,
    method: """
      GET over verified TLS of /, of each path of the target (50 at most) and of one random path \
      that does not exist; redirects are followed within the authorised targets. 64 KiB of header \
      fields each; bodies are not read, so policies in meta elements do not count.
      """,
    facts: "the values of the judged fields, nonces left out",
    fix: """
      send the fields on every answer (nginx: add_header … always, repeated or included in each \
      location that has an add_header of its own)
      """,
    reproduce: "curl -sSD - -o /dev/null https://HOST/path",
    parameters: [
      .init(
        "headers", .texts, "fields that are judged (default: all six that have a rule)",
        stricter: .more),
      .init(
        "hsts-min-age", .integer, "least max-age in seconds (default 31536000)", stricter: .higher),
      .init(
        "frame-ancestors-suffices", .flag,
        "frame-ancestors may replace x-frame-options (default true)"),
      .init(
        "referrer-policy", .texts, "policies that are accepted (default: the four strict ones)",
        stricter: .fewer),
      .init(
        "csp-report-only-suffices", .flag,
        "a policy that only reports is for review, not a failure (default false)"),
      .init(
        "csp-at-most", .texts,
        "directives as wide as they may be, such as img-src 'self' data: (default none); wider ones "
          + "are for review", stricter: .more),
    ],
    standsFor: ["curl -I", "curl -D -"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Fetches the pages and judges their header fields.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      let missing = "/launchgate-\(UInt64.random(in: .min ... .max))"
      let paths = target.paths + [("(missing page)", missing)]
      var finding = Self.judge(await target.pages(paths), parameters, asked: paths.count)
      finding.reproduce = target.curl("-sSD - -o /dev/null", target.secureURL)
      return finding
    }
  }

  /// Concludes from all pages at once; a page that was not seen is never passed over.
  static func judge(_ pages: [PageObservation], _ parameters: Parameters, asked: Int) -> Finding {
    let headers = parameters.texts("headers")?.map { $0.lowercased() } ?? SecurityHeaderRules.known
    if headers.isEmpty || !headers.allSatisfy(SecurityHeaderRules.known.contains) {
      return .unknown(
        "a header field without a rule is asked for",
        hint: "headers may hold \(SecurityHeaderRules.known.joined(separator: ", "))")
    }
    let rules = SecurityHeaderRules(parameters)
    var details = pages.flatMap { Self.details(of: $0, headers, rules) }
    if pages.count < asked {
      let over = (asked - pages.count).counted("path")
      details.append(.init(.unknown, "\(over) beyond \(pages.count) left out"))
    }
    var finding = conclusion(details)
    finding.details = details.worstFirst
    finding.facts = facts(pages, headers)
    finding.coverage = ["paths": pages.count { $0.failure == nil }, "headers": headers.count]
    finding.transcript = pages.flatMap(\.trail.responses).map(\.transcript).joined()
    return finding
  }

  private static func details(
    of page: PageObservation, _ headers: [String], _ rules: SecurityHeaderRules
  ) -> [Finding.Detail] {
    if let failure = page.failure { return [.init(.unknown, "\(page.label): \(failure.reason)")] }
    var details: [Finding.Detail] = []
    let isAnswered = page.trail.end == .answered
    for header in headers {
      // A redirect shows nothing, but it can teach a browser to use TLS.
      let responses =
        header == "strict-transport-security"
        ? page.trail.responses : isAnswered ? [page.trail.last].compactMap(\.self) : []
      let opinions = responses.compactMap { rules.opinion(on: header, in: $0) }
      if let worst = opinions.max(by: { $0.verdict.gravity < $1.verdict.gravity }) {
        details.append(.init(worst.verdict, "\(page.label) \(header): \(worst.text)"))
      }
    }
    if case .elsewhere(let url) = page.trail.end {
      details.append(.init(.notApplicable, "\(page.label): leads to \(url.origin), not looked at"))
    }
    return details
  }

  private static func conclusion(_ details: [Finding.Detail]) -> Finding {
    let faults = details.filter { $0.verdict == .fail }
    if let first = faults.first {
      let more = faults.count > 1 ? " and \(faults.count - 1) more" : ""
      return Finding(.fail, first.text + more, hint: manual.fix)
    }
    if let unseen = details.first(where: { $0.verdict == .unknown }) {
      return .unknown(unseen.text, hint: "make the path answer, or correct paths: of the target")
    }
    if let doubt = details.first(where: { $0.verdict == .review }) {
      return Finding(
        .review, doubt.text, hint: "tighten it, or say why it has to be so")
    }
    guard details.contains(where: { $0.verdict == .pass }) else {
      return .unknown(
        "no page of the target itself was answered",
        hint: "add the host that the redirects lead to, or other paths")
    }
    return Finding(.pass, "all fields as they should be")
  }

  private static func facts(_ pages: [PageObservation], _ headers: [String]) -> [String: String] {
    var facts: [String: String] = [:]
    for header in headers {
      let values = pages.filter { $0.failure == nil }.compactMap(\.trail.last).map {
        $0.values(header).map(withoutNonces).joined(separator: ", ")
      }
      facts[header] = String(Set(values).sorted().joined(separator: " | ").prefix(2_048))
    }
    return facts
  }

  private static func withoutNonces(_ value: String) -> String {
    value.split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("'nonce-") ? "'nonce'" : String($0) }
      .joined(separator: " ")
  }
}

extension [Finding.Detail] {
  /// The gravest first, otherwise in their order.
  var worstFirst: [Finding.Detail] {
    enumerated().sorted {
      ($1.element.verdict.gravity, $0.offset) < ($0.element.verdict.gravity, $1.offset)
    }.map(\.element)
  }
}
