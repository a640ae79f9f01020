public import Checklist

/// Whether errors that the service answers tell anything of its inside.
public struct ErrorsNoInternalsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "errors.no-internals", version: 1,
    claim: "No error shows a stack trace, a message of the database or a debug page",
    standards: ["ASVS 16.5.1", "ASVS 13.4.2", "NIST SI-11", "OWASP A05:2021"],
    scope: .target,
    method: """
      Provokes errors and searches the first 256 KiB of each answer for about 60 signatures of \
      stack traces, database messages and debug pages. What the page shows without being \
      provoked is for review: it may be documentation. Uses that differ in `kinds` alone judge \
      the same answers.
      """,
    sends: """
      at most 10 requests: one for a path that does not exist, and for each of up to three paths \
      a plain one, one with a quote in a parameter and a POST of broken JSON
      """,
    facts: "the signatures that were found, with the request that provoked them",
    fix: """
      switch the production mode of the framework on, and answer every error with one general \
      text; the cause belongs into the log
      """,
    reproduce: "curl -sS -X POST -H 'Content-Type: application/json' -d '{\"' https://HOST/path",
    parameters: [
      .init("paths", .texts, "paths that parse input (default: / and paths: of the target)"),
      .init("parameter", .text, "query parameter that gets the quote (default id)"),
      .init(
        "kinds", .texts, "traces, database, debug or server-errors (default: the first three)",
        stricter: .more, isForJudging: true),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Provokes a few errors and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 10) { target throws(Obstacle) in
      let seen = try await context.observations.once(Self.manual, parameters, of: context.target) {
        () async throws(Obstacle) in try await provoke(target)
      }
      var finding = Self.judge(seen.answers, parameters)
      finding.reproduce = target.network.curl("-sS", seen.missing)
      finding.coverage["requests"] = seen.requests
      return finding
    }
  }

  /// What came of all requests.
  private struct Observation: Sendable {
    var missing: TargetURL
    var answers: [(answer: ActiveAnswer, isProvoked: Bool)]
    /// How many were sent for it.
    var requests: Int
  }

  private func provoke(_ target: ActiveTarget) async throws(Obstacle) -> Observation {
    let missing = try target.url(ActiveTarget.randomPath)
    var answers = [(await target.ask("missing page", HTTPRequest(missing)), true)]
    let paths = parameters.texts("paths") ?? target.network.paths.map(\.path)
    for path in paths.prefix(3) {
      let url = try target.url(path)
      let label = Redaction.url(path)
      answers.append((await target.ask("\(label) as it is", HTTPRequest(url)), false))
      answers.append((await target.ask("\(label) with a quote", HTTPRequest(quoted(url))), true))
      let broken = HTTPRequest(url, method: "POST").with(
        body: "{\"launchgate\":", type: "application/json")
      answers.append((await target.ask("\(label) with broken JSON", broken), true))
    }
    return Observation(missing: missing, answers: answers, requests: target.budget.sent)
  }

  private func quoted(_ url: TargetURL) -> TargetURL {
    let name = parameters.text("parameter") ?? "id"
    let clean = String(name.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic })
    return url.at(url.path + (url.path.contains("?") ? "&" : "?") + "\(clean)=%27%22")
  }

  /// Concludes from the answers, each with whether an error was to be provoked by it.
  static func judge(
    _ answers: [(answer: ActiveAnswer, isProvoked: Bool)], _ parameters: Parameters
  ) -> Finding {
    let kinds = parameters.texts("kinds") ?? ["traces", "database", "debug"]
    guard !kinds.isEmpty, kinds.allSatisfy({ ErrorSignature.Kind(rawValue: $0) != nil }) else {
      return .unknown(
        "a kind of error without a rule is asked for",
        hint: "kinds may hold traces, database, debug and server-errors")
    }
    let wanted = Set(kinds.compactMap(ErrorSignature.Kind.init))
    let plain = Set(
      answers.filter { !$0.isProvoked }.compactMap(\.answer.response)
        .flatMap { ErrorSignature.found(in: $0.body).map(\.name) })
    var details: [Finding.Detail] = []
    for (answer, isProvoked) in answers {
      details.append(detail(of: answer, isProvoked, wanted, plain))
    }
    details += provocation(answers.filter(\.isProvoked).map(\.answer), wanted)
    var finding = Finding.concluded(
      details, good: "no answer tells anything of the inside", fix: manual.fix,
      unseen: "make the paths answer, or give others in paths",
      doubt: "look at the answer and say whether it is meant for everybody")
    for detail in finding.details where detail.verdict == .fail {
      let parts = detail.text.split(separator: ": ", maxSplits: 1).map(String.init)
      finding.facts[parts.first ?? ""] = parts.last
    }
    if finding.facts.isEmpty { finding.facts["internals"] = "none" }
    finding.transcript = answers.map(\.answer).transcript
    return finding
  }

  private static func detail(
    of answer: ActiveAnswer, _ isProvoked: Bool, _ wanted: Set<ErrorSignature.Kind>,
    _ plain: Set<String>
  ) -> Finding.Detail {
    guard let response = answer.response else { return .init(.unknown, answer.obstacle ?? "") }
    let isServerError = wanted.contains(.serverErrors) && response.status >= 500
    let found = ErrorSignature.found(in: response.body).filter {
      isServerError || wanted.contains($0.kind)
    }
    if let worst = found.first(where: { !plain.contains($0.name) }) {
      return .init(.fail, "\(answer.label): \(worst.name)")
    }
    if let shown = found.first {
      return .init(.review, "\(answer.label): \(shown.name), but without being provoked too")
    }
    if let obstacle = answer.obstacle, response.status == 429 || !isProvoked {
      return .init(.unknown, obstacle)
    }
    return .init(.pass, "\(answer.label): status \(response.status), nothing of the inside")
  }

  /// What a clean answer is worth: without an error there is nothing to look at.
  private static func provocation(
    _ answers: [ActiveAnswer], _ wanted: Set<ErrorSignature.Kind>
  ) -> [Finding.Detail] {
    let statuses = answers.compactMap(\.status).filter { $0 != 429 }
    guard statuses.contains(where: { $0 >= 400 }) else {
      return [.init(.unknown, "no error could be provoked on these paths")]
    }
    guard wanted.contains(.serverErrors), !statuses.contains(where: { $0 >= 500 }) else {
      return []
    }
    return [.init(.review, "no 5xx answer could be provoked: look at one by hand")]
  }
}
