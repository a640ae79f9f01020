public import Checklist

/// Whether protected places refuse strangers, and one user's objects refuse another user.
public struct AuthorizationProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "authorization.anonymous-and-foreign", version: 1,
    claim: "Listed places refuse whoever may not see them",
    standards: [
      "ASVS 8.2.1", "ASVS 8.2.2", "ASVS 8.3.1", "NIST AC-3", "OWASP A01:2021",
    ],
    scope: .target,
    method: """
      GET over verified TLS of the listed places: without any credential, and as user B where only \
      user A or an administrator may look. First both credentials have to show that they are \
      alive and of two people, at the place given in whoami: a refusal to an expired token would \
      prove nothing. An answer counts as granted when it is a success that differs from what \
      nobody gets. Places that are not listed are not looked at.
      """,
    sends: """
      at most 40 GET requests: the login, a random path, whoami three times, and the listed \
      places without credential, as test user A and as test user B
      """,
    facts: "each place with how it answered",
    fix: """
      deny by default in one place; check the permission and the owner of the object on the \
      server for every request
      """,
    reproduce: "curl -sSi -H \"Authorization: Bearer $TOKEN_B\" https://HOST/object-of-a",
    parameters: [
      .init("protected", .texts, "places that need a login, at most 10", stricter: .more),
      .init("owned", .texts, "places of objects of user A, at most 6", stricter: .more),
      .init("admin", .texts, "places for administrators only, at most 6", stricter: .more),
      .init("whoami", .text, "place that tells a signed-in user of himself"),
      .init("token-a", .text, "environment variable with the credential of test user A"),
      .init("token-b", .text, "environment variable with the credential of test user B"),
    ] + ActiveTarget.credentialParameters)

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Asks for the places and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 40) { target throws(Obstacle) in
      let places = try Places(parameters)
      var sight = Sight()
      sight.login = target.network.configuration.login
      for path in [ActiveTarget.randomPath, sight.login].compactMap(\.self) {
        let request = HTTPRequest(try target.url(path))
        sight.empty.append(
          await target.ask(path == sight.login ? "login page" : "random path", request))
      }
      var users: (a: Credential, b: Credential)?
      if places.needsUsers { users = try await self.users(target, &sight) }
      for path in places.open {
        let request = HTTPRequest(try target.url(path))
        sight.looks.append(
          Look(path: path, kind: .anonymous, answer: await target.ask("nobody \(path)", request)))
      }
      if let users {
        for (path, kind) in places.foreign {
          let request = HTTPRequest(try target.url(path))
          let genuine =
            kind == .foreign ? await target.ask("A \(path)", users.a.on(request)) : nil
          let answer = await target.ask("B \(path)", users.b.on(request))
          sight.looks.append(Look(path: path, kind: kind, answer: answer, genuine: genuine))
        }
      }
      sight.leftOut = places.leftOut
      var finding = Self.judge(sight)
      finding.reproduce = target.network.curl(
        "-sSi", try target.url(places.open.first ?? places.foreign.first?.0 ?? "/"))
      return finding
    }
  }

  /// Both users, after each has shown to be signed in as somebody else than the other.
  private func users(
    _ target: ActiveTarget, _ sight: inout Sight
  ) async throws(Obstacle) -> (Credential, Credential) {
    guard let path = parameters.text("whoami") else {
      throw Obstacle(
        "whoami is not set, so that nobody knows whether the credentials are alive",
        hint: "give the path that tells a signed-in user of himself, such as /api/me")
    }
    guard let a = try target.credential("token-a", parameters),
      let b = try target.credential("token-b", parameters)
    else {
      throw Obstacle(
        "token-a and token-b are not set",
        hint: "name the environment variables with the credentials of two test users")
    }
    let request = HTTPRequest(try target.url(path))
    sight.who = [
      await target.ask("nobody \(path)", request), await target.ask("A \(path)", a.on(request)),
      await target.ask("B \(path)", b.on(request)),
    ]
    if let obstacle = Self.mistaken(sight.who) { throw obstacle }
    return (a, b)
  }
}

extension AuthorizationProbe {
  /// The places of a checklist, within the limits.
  struct Places: Sendable {
    var open: [String]
    var foreign: [(String, Look.Kind)]
    var leftOut: Int

    var needsUsers: Bool { !foreign.isEmpty }

    init(_ parameters: Parameters) throws(Obstacle) {
      let given = ["protected", "owned", "admin"].map { parameters.texts($0) ?? [] }
      open = Array(given[0].prefix(10))
      foreign =
        given[1].prefix(6).map { ($0, .foreign) } + given[2].prefix(6).map { ($0, .admin) }
      leftOut = given.reduce(0) { $0 + $1.count } - open.count - foreign.count
      guard !open.isEmpty || !foreign.isEmpty else {
        throw Obstacle(
          "no place is listed", hint: "list places in protected, owned or admin")
      }
    }
  }

  /// One place, by whom it was asked for.
  struct Look: Sendable {
    enum Kind: Hashable, Sendable { case anonymous, foreign, admin }

    var path: String
    var kind: Kind
    var answer: ActiveAnswer
    /// What the owner gets.
    var genuine: ActiveAnswer?
  }

  /// All that was seen.
  struct Sight: Sendable {
    var login: String?
    var empty: [ActiveAnswer] = []
    var who: [ActiveAnswer] = []
    var looks: [Look] = []
    var leftOut = 0
  }

  /// Why the credentials prove nothing; `who` are the answers to nobody, A and B.
  static func mistaken(_ who: [ActiveAnswer]) -> Obstacle? {
    for answer in who {
      if let obstacle = answer.obstacle { return Obstacle(obstacle, hint: answer.hint, seen: who) }
    }
    guard let nobody = who[0].response, let a = who[1].response, let b = who[2].response else {
      return Obstacle("whoami was not answered", hint: "run it again", seen: who)
    }
    for (name, response) in [("A", a), ("B", b)] {
      if !response.isSuccess || response.body == nobody.body {
        return Obstacle(
          "the credential of test user \(name) is not signed in (\(response.status))",
          hint: "renew it, and give a whoami that answers signed-in users only", seen: who)
      }
    }
    if a.body == b.body {
      return Obstacle(
        "both credentials are of the same user, or whoami tells nothing of him",
        hint: "use two test users", seen: who)
    }
    return nil
  }

  /// Concludes from all places.
  static func judge(_ sight: Sight) -> Finding {
    var finding = Finding.concluded(
      details(sight),
      good: sight.looks.count == 1
        ? "the place refuses whoever may not see it"
        : "all \(sight.looks.count) places refuse whoever may not see them",
      fix: manual.fix, unseen: "make the place answer, renew the credentials, or correct the list",
      doubt: "read the answer by hand and say whether it shows what is another's")
    for look in sight.looks {
      let who = look.kind == .anonymous ? "nobody" : "B"
      finding.facts["\(who) \(Redaction.url(look.path))"] =
        look.answer.status.map(String.init) ?? "-"
    }
    finding.coverage = ["places": sight.looks.count]
    finding.transcript =
      (sight.empty + sight.who + sight.looks.flatMap { [$0.genuine, $0.answer].compactMap(\.self) })
      .transcript
    return finding
  }

  private static func details(_ sight: Sight) -> [Finding.Detail] {
    var details = sight.looks.map { detail(of: $0, sight) }
    if sight.leftOut > 0 {
      let over = sight.leftOut.counted("place")
      details.append(.init(.unknown, "\(over) beyond the limit left out"))
    }
    return details
  }

  private static func detail(of look: Look, _ sight: Sight) -> Finding.Detail {
    let path = Redaction.url(look.path)
    guard let response = look.answer.response, look.answer.obstacle == nil else {
      return .init(.unknown, look.answer.obstacle ?? path)
    }
    let empty = sight.empty.compactMap(\.response)
    if look.kind != .foreign, response.status == 404 || response.status == 410 {
      return .init(.review, "\(path): \(response.status), as if there were no such place")
    }
    switch look.kind {
    case .anonymous:
      return Access(empty: empty, login: sight.login).judge(response).detail("nobody at \(path)")
    case .admin:
      return Access(empty: empty, login: sight.login).judge(response).detail("user B at \(path)")
    case .foreign:
      guard let genuine = look.genuine?.response, look.genuine?.obstacle == nil else {
        return .init(.unknown, look.genuine?.obstacle ?? path)
      }
      guard genuine.isSuccess else {
        return .init(.unknown, "\(path): user A does not get it either (\(genuine.status))")
      }
      let access = Access(genuine: genuine, empty: empty, login: sight.login)
      let judgement = access.judge(response)
      if judgement.isGranted, response.body != genuine.body {
        return .init(.review, "user B at \(path): \(response.status), but not with A's answer")
      }
      return judgement.detail("user B at \(path)")
    }
  }
}
