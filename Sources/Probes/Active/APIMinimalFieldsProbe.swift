public import Checklist
internal import Foundation

/// Whether an API gives away more than its clients need.
public struct APIMinimalFieldsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "api.minimal-fields", version: 1,
    claim: "The listed endpoints answer no secret and no internal field",
    standards: ["ASVS 15.3.1", "NIST AC-3", "OWASP A01:2021"], scope: .target,
    method: """
      GET over verified TLS of the listed endpoints, with the token of a test user where one is \
      given, 256 KiB each; reads the names of all fields in the JSON, at any depth. Values are \
      not stored. Endpoints that are not listed are not looked at.
      """,
    sends: "at most 10 GET requests of the listed endpoints, as a test user where one is given",
    facts: "the names that stand out, by endpoint",
    fix: "answer from a list of fields that are meant for the client, never the whole record",
    reproduce: "curl -sS https://HOST/api/users/1 | jq 'paths | map(tostring) | join(\".\")'",
    parameters: [
      .init(
        "endpoints", .texts, "endpoints that answer JSON, at most 10", stricter: .more,
        isRequired: true),
      .init("token", .text, "environment variable with the credential of a test user"),
      .init(
        "allow", .texts, "names of fields that are meant for the client (default: none)",
        stricter: .fewer),
    ] + ActiveTarget.credentialParameters)

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Fetches the endpoints and judges the names of their fields.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 10) { target throws(Obstacle) in
      let endpoints = parameters.texts("endpoints") ?? []
      guard !endpoints.isEmpty else {
        throw Obstacle("no endpoint is listed", hint: "list endpoints that answer JSON")
      }
      let credential = try target.credential("token", parameters)
      var answers: [ActiveAnswer] = []
      for path in endpoints.prefix(10) {
        var request = HTTPRequest(try target.url(path), fields: [("Accept", "application/json")])
        if let credential { request = credential.on(request) }
        answers.append(await target.ask(Redaction.url(path), request))
      }
      return Self.judge(answers, of: endpoints.count, allow: parameters.texts("allow") ?? [])
    }
  }

  /// Concludes from all endpoints; one that was not read is never passed over.
  static func judge(_ answers: [ActiveAnswer], of count: Int, allow: [String]) -> Finding {
    var details: [Finding.Detail] = []
    var facts: [String: String] = [:]
    var seen = 0
    for answer in answers {
      let (found, names) = look(at: answer, allow: Set(allow))
      details += found
      seen += names.count
      facts[answer.label] = found.filter { $0.verdict == .fail || $0.verdict == .review }
        .map { $0.text.split(separator: " ").last.map(String.init) ?? "" }.sorted()
        .joined(separator: " ")
    }
    if count > answers.count {
      let over = (count - answers.count).counted("endpoint")
      details.append(.init(.unknown, "\(over) beyond 10 left out"))
    }
    var finding = Finding.concluded(
      details, good: "no field of \(answers.count.counted("endpoint")) stands out", fix: manual.fix,
      unseen: "make the endpoint answer JSON, give a token, or correct the list",
      doubt: "say why the client needs the field, or list it in allow")
    finding.facts = facts
    finding.coverage = ["endpoints": answers.count, "fields": seen]
    finding.transcript = answers.transcript
    return finding
  }

  private static func look(
    at answer: ActiveAnswer, allow: Set<String>
  ) -> ([Finding.Detail], [String]) {
    guard let response = answer.response, answer.obstacle == nil else {
      return ([.init(.unknown, answer.obstacle ?? answer.label)], [])
    }
    guard response.isSuccess else {
      return ([.init(.unknown, "\(answer.label): status \(response.status)")], [])
    }
    guard JSONDepth.isHarmless(response.body),
      let value = try? JSONSerialization.jsonObject(
        with: Data(response.body), options: .fragmentsAllowed)
    else { return ([.init(.unknown, "\(answer.label): no JSON, or more than 256 KiB")], []) }
    let fields = FieldName.all(in: value)
    guard !fields.isEmpty else {
      return ([.init(.unknown, "\(answer.label): JSON without any field")], [])
    }
    let judged = fields.filter { !allow.contains($0.name) }.compactMap { field in
      field.verdict.map { Finding.Detail($0, "\(answer.label): field \(field.name)") }
    }
    return (
      judged.isEmpty ? [.init(.pass, "\(answer.label): \(fields.count.counted("field"))")] : judged,
      fields.map(\.name)
    )
  }
}

/// The name of a field in JSON, and whether it holds text or a number of its own.
struct FieldName: Hashable {
  var name: String
  var holdsText: Bool

  /// All names at any depth, each once, in alphabetical order; at most 2,000.
  static func all(in value: Any) -> [FieldName] {
    var found: [String: Bool] = [:]
    var rest: [Any] = [value]
    while let next = rest.popLast(), found.count < 2_000 {
      if let members = next as? [String: Any] {
        for (name, member) in members {
          let isText = (member as? String).map { !$0.isEmpty } ?? false
          found[String(name.prefix(100))] = (found[name] ?? false) || isText
          rest.append(member)
        }
      } else if let elements = next as? [Any] {
        rest += elements
      }
    }
    return found.map { FieldName(name: $0.key, holdsText: $0.value) }.sorted { $0.name < $1.name }
  }

  /// Fail for what is a secret by its name, review for what may be one or is internal.
  var verdict: Finding.Verdict? {
    let words = Self.words(of: name)
    let joined = words.joined(separator: "_")
    if Self.secrets.contains(joined) || !Self.secretWords.isDisjoint(with: words) {
      return holdsText ? .fail : .review
    }
    if let last = words.last, Self.doubtfulEndings.contains(last), holdsText { return .review }
    return Self.internals.contains(joined) || name == "_id" || name == "__v"
      || words.first == "internal" ? .review : nil
  }

  private static let secretWords: Set<String> = [
    "password", "passwd", "pwd", "passphrase", "passcode", "salt", "secret", "ssn", "cvv", "cvc",
  ]
  private static let secrets: Set<String> = [
    "hash", "token", "access_token", "refresh_token", "id_token", "auth_token", "session_token",
    "reset_token", "api_key", "apikey", "private_key", "card_number", "social_security_number",
    "otp", "recovery_codes", "mfa_seed",
  ]
  private static let doubtfulEndings: Set<String> = ["hash", "token", "digest", "key"]
  private static let internals: Set<String> = [
    "is_admin", "is_staff", "is_superuser", "is_deleted", "deleted_at", "debug", "stack", "trace",
    "sql",
  ]

  /// `passwordHash`, `password-hash` and `password_hash` are two words each.
  static func words(of name: String) -> [String] {
    var words: [String] = [""]
    var wasLower = false
    for character in name {
      if !character.isLetter && !character.isNumber {
        words.append("")
        wasLower = false
        continue
      }
      if character.isUppercase && wasLower { words.append("") }
      words[words.count - 1].append(contentsOf: character.lowercased())
      wasLower = character.isLowercase || character.isNumber
    }
    return words.filter { !$0.isEmpty }
  }
}
