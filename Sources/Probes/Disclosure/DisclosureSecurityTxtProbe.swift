public import Checklist

/// Whether a valid security.txt tells finders of faults whom to write to.
public struct DisclosureSecurityTxtProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "disclosure.security-txt", version: 2,
    claim: "A valid, unexpired security.txt stands at its well-known place",
    standards: ["RFC 9116", "RFC 8615", "RFC 3339", "NIST RA-5(11)"],
    scope: .target,
    method: """
      GET https://HOST/.well-known/security.txt over verified TLS, at most 3 redirects within the \
      authorised targets and 32 KiB; where it is missing, also /security.txt. A PGP signature is \
      not checked.
      """,
    facts: "Contact and Expires",
    fix: "serve /.well-known/security.txt as text/plain; charset=utf-8 with Contact and Expires",
    reproduce: "curl -sSi https://HOST/.well-known/security.txt",
    standsFor: ["curl"])

  static let path = "/.well-known/security.txt"
  static let legacyPath = "/security.txt"
  static let limit = 32_768

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// What was found at the two places.
  struct Observation: Sendable {
    var trail: RedirectTrail
    /// Whether something is at the old place; asked for only where the right one is missing.
    var hasLegacy: Bool
  }

  /// Fetches the file and judges it.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      let url = target.secureURL.at(Self.path)
      var seen = Observation(
        trail: await target.follow(url, limit: 3, bodyLimit: Self.limit), hasLegacy: false)
      if seen.trail.end == .answered, seen.trail.last?.status != 200 {
        let legacy = await target.follow(target.secureURL.at(Self.legacyPath), limit: 3)
        seen.hasLegacy = legacy.end == .answered && legacy.last?.status == 200
      }
      var finding = Self.judge(seen, now: context.now)
      finding.reproduce = target.curl("-sSi", url)
      return finding
    }
  }

  /// Concludes from the response and the file in it.
  static func judge(_ seen: Observation, now: Timestamp) -> Finding {
    var finding = conclusion(seen, now)
    finding.coverage = ["bytes": seen.trail.last?.body.count ?? 0]
    finding.transcript = seen.trail.responses.map(\.transcript).joined()
    return finding
  }

  private static func conclusion(_ seen: Observation, _ now: Timestamp) -> Finding {
    if let failure = PageObservation(label: path, trail: seen.trail).failure {
      return .unknown(path, failure)
    }
    if case .elsewhere(let url) = seen.trail.end {
      return .unknown(
        "\(path) redirects to \(url.origin), which is not among the authorised targets",
        hint: "serve the file on the host itself, or authorise \(url.authority)")
    }
    guard let response = seen.trail.last, response.status == 200 else { return missing(seen) }
    return judge(response, now)
  }

  private static func missing(_ seen: Observation) -> Finding {
    let status = seen.trail.last.map { "\($0.status)" } ?? "nothing"
    let legacy = seen.hasLegacy ? ", only the old place \(legacyPath) has a file" : ""
    return Finding(.fail, "\(path) answers \(status)\(legacy)", hint: manual.fix)
  }

  private static func judge(_ response: HTTPResponse, _ now: Timestamp) -> Finding {
    let file = SecurityTxt(response.body)
    let details = [mediaType(response)] + file.details(at: response.url, now: now)
    let worst = details.worstFirst.first
    var finding = Finding(.pass, "security.txt is valid")
    if let worst, worst.verdict == .fail || worst.verdict == .review {
      finding = Finding(worst.verdict, "security.txt: \(worst.text)", hint: manual.fix)
    }
    finding.details = details.worstFirst
    finding.facts = [
      "contact": String(file.values("Contact").sorted().joined(separator: " ").prefix(2_048)),
      "expires": String(file.values("Expires").joined(separator: " ").prefix(100)),
    ]
    return finding
  }

  /// Section 3: text/plain, with UTF-8 as its charset.
  private static func mediaType(_ response: HTTPResponse) -> Finding.Detail {
    let parts = (response.values("Content-Type").first ?? "").lowercased().split(separator: ";")
      .map(\.trimmingSpaces)
    guard parts.first == "text/plain" else {
      return .init(.fail, "Content-Type is not text/plain: \(parts.first ?? "missing")")
    }
    let charset = parts.first { $0.hasPrefix("charset=") }?.dropFirst(8).filter { $0 != "\"" }
    switch charset {
    case "utf-8", "utf8": return .init(.pass, "text/plain in UTF-8")
    case nil: return .init(.review, "Content-Type names no charset; it should be utf-8")
    default: return .init(.fail, "charset is not utf-8")
    }
  }
}
