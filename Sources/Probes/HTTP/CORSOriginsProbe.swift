public import Checklist

/// Whether other origins may read the target's answers.
public struct CORSOriginsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "cors.origins", version: 1,
    claim: "No origin but those of the service may read answers, least of all with credentials",
    standards: ["RFC 6454", "ASVS 3.4.2", "WSTG-CLNT-07", "NIST AC-4"],
    scope: .target,
    method: """
      GET over verified TLS of /, the paths and the login of the target (10 at most), each with \
      the Origin of a stranger, of two strangers whose names resemble the host's, null and \
      http://localhost:3000; reads Access-Control-Allow-Origin and -Credentials. Redirects are \
      followed within the authorised targets; 64 KiB of header fields each, no body.
      """,
    facts: "which of these origins each path admits, and with credentials or not",
    fix: """
      compare Origin with a fixed list of whole origins, and answer others without \
      Access-Control-Allow-Origin; no null, no localhost in production
      """,
    reproduce: "curl -sSD - -o /dev/null -H 'Origin: https://probe.invalid' https://HOST/path",
    parameters: [
      .init(
        "public", .texts,
        "paths whose answers are for everybody, so that * is right there (default none)",
        stricter: .fewer)
    ],
    standsFor: ["curl -H Origin:"])

  /// How many paths are asked; each costs five requests.
  static let pathLimit = 10

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Asks each path with each origin and judges what is admitted.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      var paths = target.paths
      if let login = target.configuration.login, !paths.contains(where: { $0.path == login }) {
        paths.insert((Redaction.url(login), login), at: 1)
      }
      let asked = Array(paths.prefix(Self.pathLimit))
      let origins = ForeignOrigin.all(resembling: target.url)
      let seen = await Self.observe(target, asked, origins)
      var finding = Self.judge(seen, parameters, leftOut: paths.count - asked.count)
      finding.reproduce = target.curl(
        "-sSD - -o /dev/null -H 'Origin: \(origins[0].value)'", target.secureURL)
      return finding
    }
  }

  private static func observe(
    _ target: NetworkTarget, _ paths: [(label: String, path: String)], _ origins: [ForeignOrigin]
  ) async -> [OriginAnswer] {
    var seen: [OriginAnswer] = []
    for origin in origins {
      let pages = await target.pages(paths, fields: [.init(name: "Origin", value: origin.value)])
      seen += pages.map { OriginAnswer(origin: origin, page: $0) }
    }
    return seen
  }

  /// Concludes from the answers; a page that did not answer is never passed over.
  static func judge(
    _ seen: [OriginAnswer], _ parameters: Parameters, leftOut: Int = 0
  ) -> Finding {
    let open = Set(parameters.texts("public") ?? [])
    var details = seen.flatMap { $0.details(isPublic: open.contains($0.page.label)) }
    if leftOut > 0 {
      let over = leftOut.counted("path")
      details.append(.init(.unknown, "\(over) beyond \(pathLimit) left out"))
    }
    var finding = conclusion(details)
    finding.details = details.worstFirst
    for answer in seen {
      guard let admission = answer.admission else { continue }
      finding.facts["\(answer.page.label) \(answer.origin.name)"] = admission
    }
    if finding.facts.isEmpty { finding.facts["admitted"] = "none" }
    finding.coverage = [
      "paths": Set(seen.filter { $0.page.failure == nil }.map(\.page.label)).count,
      "origins": Set(seen.map(\.origin)).count,
    ]
    finding.transcript = seen.map(\.transcript).joined()
    return finding
  }

  private static func conclusion(_ details: [Finding.Detail]) -> Finding {
    guard let worst = details.worstFirst.first else {
      return .unknown("no path was asked", hint: "add paths: to the target")
    }
    switch worst.verdict {
    case .fail: return Finding(.fail, worst.text, hint: manual.fix)
    case .unknown:
      return .unknown(worst.text, hint: "make the path answer, or correct paths: of the target")
    case .review:
      return Finding(
        .review, worst.text,
        hint: "name the path in public if its answers are for everybody, else narrow it down")
    case .pass: return Finding(.pass, "no foreign origin is admitted")
    case .notApplicable:
      return .unknown(
        "no page of the target itself was answered",
        hint: "add the host that the redirects lead to, or other paths")
    }
  }
}
