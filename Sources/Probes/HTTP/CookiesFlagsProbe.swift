public import Checklist

/// Whether session cookies are Secure, HttpOnly and SameSite.
public struct CookiesFlagsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "cookies.flags", version: 2,
    claim: "Session cookies are Secure, HttpOnly and SameSite",
    standards: [
      "RFC 6265", "NIST SC-23", "ASVS 3.3.1", "ASVS 3.3.2", "ASVS 3.3.4",
    ],
    scope: .target,
    method: """
      GET over verified TLS of /, the paths and the login of the target (50 at most), redirects \
      followed within the authorised targets; reads every Set-Cookie. Values are not stored. \
      Nobody logs in, so cookies that are set only after a login are not seen.
      """,
    facts: "names and attributes of the session cookies",
    fix: "set Secure, HttpOnly and SameSite=Lax (or Strict) on every session cookie",
    reproduce: "curl -sSD - -o /dev/null https://HOST/login | grep -i set-cookie",
    parameters: [
      .init(
        "same-site", .texts, "values of SameSite that are accepted (default Strict, Lax)",
        stricter: .fewer),
      .init(
        "names", .texts,
        "names of the session cookies (default: names with sess, login, auth, sid or token)"),
    ],
    standsFor: ["curl -D -"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Fetches the pages and judges their cookies.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      let login = target.configuration.login
      var paths = target.paths
      if let login, !paths.contains(where: { $0.path == login }) {
        paths.insert((Redaction.url(login), login), at: 1)
      }
      var finding = Self.judge(await target.pages(paths), parameters, hasLogin: login != nil)
      let url = login.flatMap { target.secureURL.resolving($0) } ?? target.secureURL
      finding.reproduce = target.curl("-sSD - -o /dev/null", url) + " | grep -i set-cookie"
      return finding
    }
  }

  /// Concludes from the cookies of all pages; no cookie at all proves nothing.
  static func judge(
    _ pages: [PageObservation], _ parameters: Parameters, hasLogin: Bool
  ) -> Finding {
    let rule = SessionCookieRule(parameters)
    let cookies = cookies(of: pages)
    let unseen = pages.compactMap { page in
      page.failure.map { Finding.Detail(.unknown, "\(page.label): \($0.reason)") }
    }
    let details = unseen + cookies.map(rule.detail) + rule.absent(from: cookies)
    let sessions = cookies.filter { rule.isSession($0.name) && !$0.isRemoval }
    var finding = conclusion(
      details, unproven: sessions.isEmpty ? unproven(cookies, hasLogin: hasLogin) : nil)
    finding.details = details.worstFirst
    for cookie in sessions { finding.facts[cookie.name] = cookie.attributes }
    finding.coverage = ["paths": pages.count - unseen.count, "cookies": cookies.count]
    finding.transcript = pages.flatMap(\.trail.responses).map(\.transcript).joined()
    return finding
  }

  private static func cookies(of pages: [PageObservation]) -> [SetCookie] {
    let fields = pages.flatMap(\.trail.responses).flatMap { $0.values("Set-Cookie") }
    var seen: Set<SetCookie> = []
    return fields.compactMap(SetCookie.init).filter { seen.insert($0).inserted }
  }

  private static func conclusion(_ details: [Finding.Detail], unproven: Finding?) -> Finding {
    if let fault = details.first(where: { $0.verdict == .fail }) {
      return Finding(.fail, fault.text, hint: manual.fix)
    }
    if let unseen = details.first(where: { $0.verdict == .unknown }) {
      return .unknown(unseen.text, hint: "make the path answer, or correct paths: and login:")
    }
    if let unproven { return unproven }
    if let doubt = details.first(where: { $0.verdict == .review }) {
      return Finding(.review, doubt.text, hint: manual.fix)
    }
    return Finding(.pass, "all session cookies have their flags")
  }

  private static func unproven(_ cookies: [SetCookie], hasLogin: Bool) -> Finding {
    guard cookies.isEmpty else {
      return Finding(
        .review, "cookies were set, but none that looks like a session",
        hint: "give the names of the session cookies in names, or set login: of the target")
    }
    return Finding(
      .review, "no cookie was set on any path",
      hint: hasLogin
        ? "name a path that sets the session cookie, or look at a logged-in session by hand"
        : "set login: of the target to the path that sets the session cookie")
  }
}
