internal import Checklist

/// The attempts on an endpoint that should become refused, and what they show.
struct RateLimit: Sendable {
  /// The most attempts that are ever made.
  static let most = 15

  /// What one kind of endpoint needs to be tried.
  struct Attempt: Sendable {
    var path: String
    var count: Int
    var isJSON: Bool
    var fields: [LoginForm.Field]
  }

  /// One attempt and how long its answer took.
  struct Answer: Sendable {
    var answer: ActiveAnswer
    var milliseconds: Int
  }

  let target: ActiveTarget
  let progress: @Sendable (String) -> Void

  /// Makes the attempts one after the other and stops at the first that is refused for its rate.
  func run(_ attempt: Attempt) async throws(Obstacle) -> [Answer] {
    let url = try target.url(attempt.path)
    var form = LoginForm()
    if !attempt.isJSON, case .success(let page) = await target.send(HTTPRequest(url)) {
      form = LoginForm(page)
      for field in form.hidden { target.secrets.keep(field.value) }
    }
    var answers: [Answer] = []
    for number in 1...max(1, min(attempt.count, Self.most)) {
      progress("attempt \(number) of \(attempt.count)")
      let start = ContinuousClock.now
      let answer = await target.ask("attempt \(number)", request(url, attempt, form))
      let took = Int((ContinuousClock.now - start) / .milliseconds(1))
      answers.append(Answer(answer: answer, milliseconds: took))
      guard let response = answer.response else { break }
      if RateLimitSign(response, before: answers.first?.answer.response) != nil { break }
    }
    return answers
  }

  private func request(
    _ url: TargetURL, _ attempt: Attempt, _ form: LoginForm
  ) -> HTTPRequest {
    var request = HTTPRequest(url, method: "POST", fields: [("Origin", url.origin)])
    if !form.cookies.isEmpty {
      request.fields.append(.init(name: "Cookie", value: form.cookies.joined(separator: "; ")))
    }
    if attempt.isJSON {
      let members = attempt.fields.map { "\(Self.quoted($0.name)):\(Self.quoted($0.value))" }
      return request.with(body: "{\(members.joined(separator: ","))}", type: "application/json")
    }
    return request.with(
      body: form.encoded(attempt.fields), type: "application/x-www-form-urlencoded")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Concludes from the attempts, of which the checklist wanted that many.
  static func judge(_ answers: [Answer], wanted: Int, what: String, fix: String) -> Finding {
    var finding = conclusion(answers, wanted: wanted, what: what, fix: fix)
    finding.coverage["attempts"] = answers.count
    finding.transcript = answers.map(\.answer).transcript
    return finding
  }

  private static func conclusion(
    _ answers: [Answer], wanted: Int, what: String, fix: String
  ) -> Finding {
    guard let first = answers.first?.answer, let last = answers.last?.answer else {
      return .unknown("nothing was tried", hint: "run it again")
    }
    guard let start = first.response, let end = last.response else {
      return .unknown(
        "\(last.label): \(last.obstacle ?? "no answer")",
        hint: "a limit that closes the connection has to be looked at by hand: \(last.hint)")
    }
    if let sign = RateLimitSign(end, before: start) {
      if answers.count == 1 {
        return .unknown(
          "the very first attempt was refused (\(sign.words)): that shows no limit of \(what)",
          hint: "wait until earlier attempts are forgotten, then run it again")
      }
      var finding = Finding(.pass, "\(what) are refused after \(answers.count - 1): \(sign.words)")
      finding.facts = ["refusal": sign.words, "before": "\(start.status)"]
      return finding
    }
    if let obstacle = notTried(start, what) { return obstacle }
    guard answers.count >= wanted else {
      let answered = answers.count.counted("attempt was", "attempts were")
      return .unknown("only \(answered) answered", hint: "run it again")
    }
    if let slower = slowing(answers.map(\.milliseconds)) {
      return Finding(
        .review, "none of \(answers.count) \(what) was refused, but answers became \(slower)",
        hint: "say whether the delay is the limit, and how far it grows",
        facts: ["refusal": "slower"])
    }
    return Finding(
      .fail, "none of \(answers.count) \(what) was refused (each answered \(start.status))",
      hint: fix, facts: ["refusal": "none", "before": "\(start.status)"])
  }

  /// Why the answer to the first attempt is that to no attempt at all.
  private static func notTried(_ response: HTTPResponse, _ what: String) -> Finding? {
    let hint = "check path, format and the names of the fields in the checklist or launchgate.yaml"
    switch response.status {
    case 404, 405, 410:
      return .unknown("nothing takes \(what) at that path (\(response.status))", hint: hint)
    case 400, 411, 413, 415, 422:
      return .unknown("the attempt was not understood (\(response.status))", hint: hint)
    case 403, 419:
      return .unknown(
        "every attempt is refused alike (\(response.status)), perhaps for a missing token",
        hint: hint)
    case 500...:
      return .unknown("the attempt ended in status \(response.status)", hint: hint)
    case 301, 307, 308:
      return .unknown("the path only redirects (\(response.status))", hint: hint)
    default: return nil
    }
  }

  /// Whether the last answers took much longer than the first.
  private static func slowing(_ times: [Int]) -> String? {
    guard times.count >= 8 else { return nil }
    let early = times.prefix(3).sorted()[1]
    let late = times.suffix(3).sorted()[1]
    return late >= 1_000 && late >= 4 * max(early, 1) ? "slower (\(late) ms)" : nil
  }
}

/// How a server says that there were too many attempts.
struct RateLimitSign: Hashable, Sendable {
  var words: String

  /// The sign in an answer that was not yet in the first one; a 429 needs no comparison.
  init?(_ response: HTTPResponse, before first: HTTPResponse?) {
    if response.status == 429 {
      words = "429"
      return
    }
    let isFirst = first == nil || first == response
    if !isFirst, [403, 423, 503].contains(response.status), response.status != first?.status {
      let fields = ["Retry-After", "RateLimit-Remaining", "RateLimit", "X-RateLimit-Remaining"]
      if let field = fields.first(where: { !response.values($0).isEmpty }) {
        words = "\(response.status) with \(field)"
        return
      }
      if response.status == 423 {
        words = "423"
        return
      }
    }
    guard !isFirst, let phrase = Self.phrase(in: response, but: first) else { return nil }
    words = "\(response.status) and \"\(phrase)\""
  }

  private static let phrases = [
    "too many", "rate limit", "try again later", "try again in", "account locked",
    "account is locked", "temporarily locked", "temporarily blocked", "has been locked",
    "locked out", "slow down", "throttled",
  ]

  /// A phrase that the first answer does not have: help texts speak of locks, too.
  private static func phrase(in response: HTTPResponse, but first: HTTPResponse?) -> String? {
    let (text, earlier) = (response.text.lowercased(), first?.text.lowercased() ?? "")
    return phrases.first { text.contains($0) && !earlier.contains($0) }
  }
}
