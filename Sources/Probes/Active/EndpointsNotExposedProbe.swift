public import Checklist

/// Whether files, debuggers, consoles and descriptions stand open that nobody outside is to see.
public struct EndpointsNotExposedProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "endpoints.not-exposed", version: 1,
    claim: "No file, debugger, console or description stands open that was not meant to",
    standards: [
      "ASVS 4.3.2", "ASVS 13.4.1", "ASVS 13.4.2", "ASVS 13.4.5", "NIST CM-7", "OWASP A05:2021",
    ],
    scope: .target,
    method: """
      Asks for a random path first, then for 35 well-known ones over verified TLS, and judges by \
      what stands in the answer, never by its status alone: a page that answers everything is \
      known by the random path. 256 KiB of each body; a redirect to the same path with a slash is \
      followed.
      """,
    sends: """
      at most 40 requests: a GET of a random path and of 34 well-known ones such as /.env, \
      /.git/HEAD, /console and /metrics, and one GraphQL introspection query
      """,
    facts: "the paths under which something was found",
    fix: """
      do not deploy it, switch it off in production, or let the proxy refuse it from outside \
      (nginx: location ~ /\\.(?!well-known) { return 404; })
      """,
    reproduce: "curl -sSi https://HOST/.git/HEAD",
    parameters: [
      .init(
        "kinds", .texts,
        "files, debug, monitoring, documentation or admin (default: all)", stricter: .more),
      .init(
        "intended", .texts, "paths that are public on purpose (default: none)", stricter: .fewer),
      .init("paths", .texts, "paths that must not answer with success either, at most 4"),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Asks for all paths and judges what they answer.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 40) { target throws(Obstacle) in
      let kinds = try Self.kinds(parameters)
      let missing = await target.ask(
        "random path", HTTPRequest(try target.url(ActiveTarget.randomPath)))
      var looks: [Look] = []
      for endpoint in ExposedEndpoint.all where kinds.contains(endpoint.kind) {
        context.progress("asking for \(endpoint.path)")
        looks.append(Look(endpoint: endpoint, answer: await Self.ask(endpoint, target)))
      }
      var others: [ActiveAnswer] = []
      for path in (parameters.texts("paths") ?? []).prefix(4) {
        let url = try target.url(path)
        others.append(await target.ask(Redaction.url(path), HTTPRequest(url)))
      }
      var finding = Self.judge(looks, others, missing: missing, parameters)
      finding.reproduce = target.network.curl(
        "-sSi", target.network.secureURL.at(looks.first?.endpoint.path ?? "/"))
      return finding
    }
  }

  /// One place and what it answered.
  struct Look: Sendable {
    var endpoint: ExposedEndpoint
    var answer: ActiveAnswer
  }

  private static func kinds(_ parameters: Parameters) throws(Obstacle) -> Set<ExposedEndpoint.Kind>
  {
    guard let names = parameters.texts("kinds") else { return Set(ExposedEndpoint.Kind.allCases) }
    let kinds = names.compactMap(ExposedEndpoint.Kind.init)
    guard !kinds.isEmpty, kinds.count == names.count else {
      throw Obstacle(
        "a kind of endpoint without a rule is asked for",
        hint: "kinds may hold files, debug, monitoring, documentation and admin")
    }
    return Set(kinds)
  }

  private static func ask(
    _ endpoint: ExposedEndpoint, _ target: ActiveTarget
  ) async -> ActiveAnswer {
    var request = HTTPRequest(target.network.secureURL.at(endpoint.path))
    if let query = endpoint.query {
      request.method = "POST"
      request = request.with(body: query, type: "application/json")
    }
    let answer = await target.ask(endpoint.path, request)
    guard let response = answer.response, request.method == "GET",
      let next = response.location.flatMap(response.url.resolving),
      next == response.url.at(endpoint.path + "/")
    else { return answer }
    return await target.ask(endpoint.path, HTTPRequest(next))
  }

  /// Concludes from all places; one that was not seen is never passed over.
  static func judge(
    _ looks: [Look], _ others: [ActiveAnswer], missing: ActiveAnswer, _ parameters: Parameters
  ) -> Finding {
    let intended = Set(parameters.texts("intended") ?? [])
    var details = looks.map { detail(of: $0, missing.response, intended) }
    details += others.map { answer in
      guard let response = answer.response, answer.obstacle == nil else {
        return .init(.unknown, answer.obstacle ?? answer.label)
      }
      if !response.isSuccess { return .init(.pass, "\(answer.label): \(response.status)") }
      return isCatchAll(response, missing.response)
        ? .init(.pass, "\(answer.label): only the page that answers every path")
        : .init(.fail, "\(answer.label): answers \(response.status)")
    }
    if let obstacle = missing.obstacle { details.append(.init(.unknown, obstacle)) }
    var finding = Finding.concluded(
      details, good: "none of \((looks.count + others.count).counted("place")) shows anything",
      fix: manual.fix, unseen: "make the server answer these paths, if with 404",
      doubt: "look at what it answers, or list it in intended if it is public on purpose")
    let found = finding.details.filter { $0.verdict == .fail || $0.verdict == .review }
    finding.facts["exposed"] =
      found.isEmpty
      ? "nothing"
      : found.map { String($0.text.prefix { $0 != ":" }) }.sorted().joined(separator: " ")
    finding.coverage = ["paths": looks.count + others.count]
    finding.transcript = ([missing] + looks.map(\.answer) + others).transcript
    return finding
  }

  private static func detail(
    of look: Look, _ missing: HTTPResponse?, _ intended: Set<String>
  ) -> Finding.Detail {
    let endpoint = look.endpoint
    guard let response = look.answer.response, look.answer.obstacle == nil else {
      return .init(.unknown, look.answer.obstacle ?? endpoint.path)
    }
    let path = endpoint.path
    guard response.isSuccess else { return .init(.pass, "\(path): \(response.status)") }
    if endpoint.matches(response.body) {
      if let missing, missing.isSuccess, endpoint.matches(missing.body) {
        return .init(.review, "\(path): looks like \(endpoint.name), but so does every path")
      }
      return intended.contains(path)
        ? .init(.pass, "\(path): \(endpoint.name), public on purpose")
        : .init(.fail, "\(path): \(endpoint.name)")
    }
    if isCatchAll(response, missing) || intended.contains(path) || response.body.isEmpty {
      return .init(.pass, "\(path): nothing of its own")
    }
    return .init(.review, "\(path): answers \(response.status) with something else")
  }

  /// Whether an answer is the page that the server gives for any path.
  private static func isCatchAll(_ response: HTTPResponse, _ missing: HTTPResponse?) -> Bool {
    guard let missing, missing.isSuccess else { return false }
    if response.body == missing.body { return true }
    // A page with a nonce or a time in it differs a little each time.
    let isPage = response.mediaType == "text/html" && missing.mediaType == "text/html"
    return isPage
      && abs(response.body.count - missing.body.count) <= 64 + missing.body.count / 20
  }
}
