public import Checklist

/// Whether header fields give away which version of which software answers.
public struct HeadersBannerProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "headers.banner", version: 1,
    claim: "No header field shows the version of the server's software",
    standards: ["ASVS 13.4.6", "WSTG-INFO-02", "NIST CM-7"],
    scope: .target,
    method: """
      GET over verified TLS of /, of each path of the target (50 at most) and of one random path \
      that does not exist; reads Server, X-Powered-By, Via, X-Generator and the X-AspNet fields. \
      Redirects are followed within the authorised targets; 64 KiB of header fields each.
      """,
    facts: "the fields and values that show a version, or none",
    fix: "leave versions out (nginx: server_tokens off; PHP: expose_php = Off)",
    reproduce: "curl -sSD - -o /dev/null https://HOST/ | grep -iE '^(server|x-powered-by|via):'",
    standsFor: ["curl -I"])

  private static let names = [
    "server", "x-powered-by", "via", "x-generator", "x-aspnet-version", "x-aspnetmvc-version",
  ]

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// Fetches the pages and judges what they tell.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      let missing = "/launchgate-\(UInt64.random(in: .min ... .max))"
      let paths = target.paths + [("(missing page)", missing)]
      var finding = Self.judge(await target.pages(paths), asked: paths.count)
      finding.reproduce =
        target.curl("-sSD - -o /dev/null", target.secureURL)
        + " | grep -iE '^(server|x-powered-by|via):'"
      return finding
    }
  }

  /// Concludes from all pages at once; a page that was not seen is never passed over.
  static func judge(_ pages: [PageObservation], asked: Int) -> Finding {
    var details = pages.flatMap(details)
    if pages.count < asked {
      let over = (asked - pages.count).counted("path")
      details.append(.init(.unknown, "\(over) beyond \(pages.count) left out"))
    }
    var finding = conclusion(details)
    finding.details = details.worstFirst
    let telling = Set(
      pages.filter { $0.failure == nil }.flatMap(\.trail.responses).flatMap(telling))
    finding.facts = [
      "versions": telling.isEmpty
        ? "none" : String(telling.sorted().joined(separator: " | ").prefix(2_048))
    ]
    finding.coverage = ["paths": pages.count { $0.failure == nil }]
    finding.transcript = pages.flatMap(\.trail.responses).map(\.transcript).joined()
    return finding
  }

  private static func conclusion(_ details: [Finding.Detail]) -> Finding {
    switch details.worstFirst.first {
    case let worst? where worst.verdict == .unknown:
      .unknown(worst.text, hint: "make the path answer, or correct paths: of the target")
    case let worst? where worst.verdict == .review:
      Finding(.review, worst.text, hint: manual.fix)
    case _?: Finding(.pass, "no header field shows a version")
    case nil: .unknown("no page was asked", hint: "add paths: to the target")
    }
  }

  private static func details(of page: PageObservation) -> [Finding.Detail] {
    if let failure = page.failure { return [.init(.unknown, "\(page.label): \(failure.reason)")] }
    let found = Set(page.trail.responses.flatMap(telling)).sorted()
    guard !found.isEmpty else { return [.init(.pass, "\(page.label): no version")] }
    return found.map { .init(.review, "\(page.label) shows \($0)") }
  }

  private static func telling(_ response: HTTPResponse) -> [String] {
    names.flatMap { name in
      response.values(name).filter { showsVersion(name, $0) }
        .map { "\(name): \($0.prefix(200))" }
    }
  }

  /// A digit is a version, except for the protocol's in Via (RFC 9110 section 7.6.3).
  static func showsVersion(_ name: String, _ value: String) -> Bool {
    guard name == "via" else { return value.contains { $0.isASCII && $0.isNumber } }
    return value.split(separator: ",").contains { element in
      let words = element.split { $0 == " " || $0 == "\t" }
      // After the protocol and the name, which may have digits, comes the comment.
      return words.dropFirst(2).contains { $0.contains { $0.isASCII && $0.isNumber } }
        || words.dropFirst().contains { $0.contains("/") && $0.contains { $0.isNumber } }
    }
  }
}
