public import Checklist

/// Whether a page that one's own checklist names answers as expected.
public struct HTTPProbe: Probe {
  /// Bytes of a body that are read.
  static let bodyLimit = 1 << 20

  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "http", version: 1,
    claim: "The page that one's own checklist names answers as expected.",
    standards: ["RFC 9110"], scope: .target,
    method: """
      For a checklist of one's own, and only from one that is trusted on this machine \
      (launchgate trust). One GET of `path` at the target, or of `url`, within the authorised \
      targets, with their rules for addresses, authorities and proxies; at most 10 redirects, \
      never from https to http and never to a host that is not authorised; none where `status` \
      expects one. 10 s a request, 64 KiB of header fields, 1 MiB of body where it is \
      judged; nothing is decompressed. 429, 502, 503 and 504 are unknown unless expected: somebody else answered, \
      or nobody. \(ContentExpectation.words)
      """,
    facts: "how each expectation stands: status, header, pattern, without, equals, at-least, "
      + "at-most",
    fix: "look at the answer, and mend what gives it", reproduce: "curl -sSiL URL",
    parameters: [
      .init("path", .text, "path and query at the target, such as /health (/)"),
      .init("url", .text, "instead of path, an absolute URL at an authorised host"),
      .init("status", .codes, "the status that is expected, or several (200)"),
      .init("header", .text, "a header field that the answer has to have"),
      .init("header-pattern", .text, "a regular expression that each value of it has to match"),
    ] + ContentExpectation.parameters, standsFor: ["curl"]
  )
  .refusing { values throws(ParameterFault) in _ = try Plan(values) }

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// What is asked for, and what is expected of the answer.
  struct Plan: Sendable {
    var path: String?
    var url: TargetURL?
    var statuses: [Int]
    var header: String?
    var headerPattern: LinearPattern?
    var content: ContentExpectation
  }

  /// Asks once, and judges the answer.
  public func run(in context: ProbeContext) async -> Finding {
    let plan: Plan
    do { plan = try Plan(parameters.values) } catch {
      return .unknown(error.words, hint: "see launchgate probes show http")
    }
    var context = context
    if let url = plan.url {
      // The settings of the target hold for another place too; its address is that of the URL.
      var target = context.target ?? Target()
      target.url = "\(url)"
      context.target = target
    }
    return await NetworkTarget.observe(context) { target in
      let page = plan.url ?? target.url.at(plan.path ?? "/")
      let trail = await Self.ask(target, page, plan)
      var finding = Self.judge(trail, plan, deadline: .now + .seconds(10))
      finding.transcript = Self.transcript(trail)
      finding.coverage = [
        "paths": 1, "bytes": trail.responses.reduce(0) { $0 + $1.body.count },
      ]
      finding.reproduce = target.curl("-sSi\(plan.expectsRedirect ? "" : "L")", page)
      return finding
    }
  }

  private static func ask(
    _ target: NetworkTarget, _ page: TargetURL, _ plan: Plan
  ) async -> RedirectTrail {
    let limit = plan.content.isEmpty ? 0 : bodyLimit
    guard plan.expectsRedirect else { return await target.follow(page, bodyLimit: limit) }
    switch await target.get(page, bodyLimit: limit) {
    case .success(let response): return RedirectTrail(responses: [response], end: .answered)
    case .failure(let failure): return RedirectTrail(responses: [], end: .failed(page, failure))
    }
  }

  private static func transcript(_ trail: RedirectTrail) -> String {
    trail.responses.map { OwnText.harmless($0.transcript) }.joined()
      + OwnText.kept(trail.last?.body ?? [])
  }

  /// Fails on a contradiction that was well observed; unknown where nobody answered.
  static func judge(
    _ trail: RedirectTrail, _ plan: Plan, deadline: ContinuousClock.Instant
  ) -> Finding {
    let response: HTTPResponse
    switch answer(trail) {
    case .success(let last): response = last
    case .failure(let missing): return .unknown(missing.reason, hint: missing.hint)
    }
    let parts = parts(response, plan, deadline)
    let place = Redaction.url("\(response.url)")
    return Finding(
      of: parts.map { .init($0.verdict, "\(place): \($0.text)") },
      passed: "\(place) answers \(response.status), as expected", fix: manual.fix,
      wayOut: "look at the answer with curl -v, then probe again", facts: OwnPart.facts(parts))
  }

  /// Why there is no answer to be judged.
  private struct Missing: Error {
    var reason: String
    var hint: String
  }

  private static func answer(_ trail: RedirectTrail) -> Result<HTTPResponse, Missing> {
    let look = "look at the answer with curl -v, then probe again"
    switch trail.end {
    case .answered:
      guard let last = trail.last else { break }
      return .success(last)
    case .elsewhere(let url):
      return .failure(
        Missing(
          reason: "it redirects to \(url.origin), which is not among the authorised targets",
          hint: "add \(url.authority) to authorised: in launchgate.yaml if it may be contacted"))
    case .downgrade(let url):
      return .failure(Missing(reason: "it redirects to \(url.origin)", hint: look))
    case .unreadable: return .failure(Missing(reason: "it redirects to what is no URL", hint: look))
    case .tooMany: return .failure(Missing(reason: "it redirects more than 10 times", hint: look))
    case .failed(let url, let failure):
      return .failure(
        Missing(
          reason: "\(Redaction.url("\(url)")): \(failure.reason)", hint: failure.hint))
    }
    return .failure(Missing(reason: "nobody answered", hint: look))
  }

  private static func parts(
    _ response: HTTPResponse, _ plan: Plan, _ deadline: ContinuousClock.Instant
  ) -> [OwnPart] {
    let status = response.status
    guard plan.statuses.contains(status) else {
      return [
        [429, 502, 503, 504].contains(status)
          ? OwnPart("status", .unknown, "status \(status) says that it could not answer")
          : OwnPart("status", .fail, "status \(status) is not what is expected")
      ]
    }
    return [OwnPart("status", .pass, "status \(status)")] + header(response, plan, deadline)
      + plan.content.judge(response.body, what: "the body", deadline: deadline)
  }

  private static func header(
    _ response: HTTPResponse, _ plan: Plan, _ deadline: ContinuousClock.Instant
  ) -> [OwnPart] {
    guard let name = plan.header else { return [] }
    let values = response.values(name)
    guard !values.isEmpty else { return [OwnPart("header", .fail, "there is no field \(name)")] }
    guard let pattern = plan.headerPattern else {
      return [OwnPart("header", .pass, "there is a field \(name)")]
    }
    let answers = values.map { pattern.firstLine(in: $0, deadline: deadline) }
    if answers.contains(where: { $0 == nil }) {
      return [OwnPart("header", .unknown, "\(name) is too long for the pattern in that time")]
    }
    return answers.contains(LinearPattern.Answer.none)
      ? [OwnPart("header", .fail, "\(name) does not match the pattern")]
      : [OwnPart("header", .pass, "\(name) matches the pattern")]
  }
}

extension HTTPProbe.Plan {
  /// Whether a redirect is what is asked for, and not the way to it.
  var expectsRedirect: Bool { statuses.contains { (300..<400).contains($0) } }

  /// Reads what is to be asked.
  ///
  /// - Throws: what is wrong with a parameter.
  init(_ values: [String: JSONValue]) throws(ParameterFault) {
    if let fault = HTTPProbe.manual.misfit(values) { throw fault }
    path = values["path"]?.string
    guard path == nil || values["url"] == nil else {
      throw ParameterFault(
        parameter: "path", reason: "stands beside url, which says where already",
        suggestion: "one of them")
    }
    if let path {
      guard path.hasPrefix("/"), TargetURL("https://a\(path)")?.path == path else {
        throw ParameterFault(
          parameter: "path", reason: "has to begin with / and hold no blanks",
          suggestion: "url: for an absolute URL")
      }
    }
    if let text = values["url"]?.string {
      guard let url = TargetURL(text) else {
        throw ParameterFault(
          parameter: "url", reason: "has to be an http or https URL without user name")
      }
      self.url = url
    }
    statuses = Parameters(values).codes("status") ?? [200]
    guard !statuses.isEmpty, statuses.allSatisfy((200...599).contains) else {
      throw ParameterFault(parameter: "status", reason: "has to be from 200 to 599")
    }
    header = values["header"]?.string
    if let header {
      guard header.wholeMatch(of: #/[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}/#) != nil else {
        throw ParameterFault(
          parameter: "header", reason: "has to be the name of a header field alone",
          suggestion: "header-pattern: for its value")
      }
    }
    if let text = values["header-pattern"]?.string {
      guard header != nil else {
        throw ParameterFault(
          parameter: "header-pattern", reason: "needs header: which field is meant")
      }
      do { headerPattern = try LinearPattern(text) } catch {
        throw ParameterFault(parameter: "header-pattern", reason: error.reason)
      }
    }
    content = try ContentExpectation(values)
  }
}
