public import Checklist

/// Whether a sample token is signed and expires soon.
public struct JWTLifetimeProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "jwt.lifetime", version: 1,
    claim: "Tokens are signed, and expire soon after they were issued.",
    standards: ["ASVS 9.1.2", "ASVS 9.2.1", "RFC 7519", "RFC 8725"], scope: .files,
    method: """
      Reads one token of a test user from a file or an environment variable, 64 KiB at most, \
      without verifying it: algorithm `none`, no signature, and no exp fail; exp minus iat decides \
      about the lifetime, with a person in between for what is longer than wanted and shorter than \
      a day. Claims whose names speak of persons are left to a person. The token is never shown or \
      kept, and nothing is sent: whether the server refuses what it should is another probe's \
      matter.
      """,
    facts: "algorithm, lifetime in seconds, names of personal claims",
    fix: "Name one algorithm, set exp to minutes after iat, and renew by a refresh token.",
    reproduce: "cut -d. -f2 TOKEN | tr '_-' '/+' | base64 -d 2>/dev/null | jq '.exp - .iat'",
    parameters: SecretInput.parameters + [
      .init("maximum", .period, "the lifetime that passes; 1h unless given", stricter: .lower),
      .init(
        "limit", .period, "the lifetime above which it fails; 1d unless given", stricter: .lower),
    ])

  private let input: SecretInput
  private let maximum: Period
  private let limit: Period

  /// A probe of that input.
  public init(parameters: Parameters) {
    input = SecretInput(parameters)
    maximum = parameters.period("maximum") ?? .hours(1)
    limit = max(maximum, parameters.period("limit") ?? .days(1))
  }

  /// Reads the token, judges it and forgets it.
  public func run(in context: ProbeContext) async -> Finding {
    let hint = "sign in as a test user and put the access token into the file or variable"
    switch input.lines(context, what: "the token") {
    case .failure(let missing): return Self.local(.unknown(missing.reason, hint: hint), context)
    case .success(let lines):
      guard lines.count == 1 else {
        return Self.local(
          .unknown("there are \(lines.count) lines, not one token", hint: hint), context)
      }
      do {
        let token = try WebToken(lines[0], now: context.now)
        return Self.local(Self.judge(token, maximum: maximum, limit: limit), context)
      } catch {
        return Self.local(.unknown("that is no token: \(error.reason)", hint: hint), context)
      }
    }
  }

  /// Fails on what is not signed, never ends or ends late.
  static func judge(_ token: WebToken, maximum: Period, limit: Period) -> Finding {
    var details: [Finding.Detail] = []
    let isNone = token.algorithm.lowercased() == "none"
    details.append(
      isNone || !token.hasSignature
        ? .init(.fail, "the token is not signed (alg \(token.algorithm))")
        : .init(.pass, "alg \(token.algorithm)"))
    details.append(lifetimeDetail(token, maximum, limit))
    if !token.personal.isEmpty {
      details.append(
        .init(.review, "claims that anybody can read: \(token.personal.joined(separator: ", "))"))
    }
    return Finding(
      of: details, passed: details.map(\.text).joined(separator: ", "), fix: manual.fix,
      wayOut: "give a fresh token",
      facts: [
        "algorithm": token.algorithm,
        // Without iat the figure depends on the moment of looking.
        "lifetime": token.saysIssue ? token.lifetime.map(String.init) ?? "none" : "not said",
        "personal": token.personal.joined(separator: " "),
      ], coverage: ["tokens": 1])
  }

  private static func lifetimeDetail(
    _ token: WebToken, _ maximum: Period, _ limit: Period
  ) -> Finding.Detail {
    guard token.saysExpiry, let lifetime = token.lifetime else {
      return .init(.fail, "the token has no exp: it never ends")
    }
    let words = "the token lives for \(lifetime) seconds"
    if lifetime > limit.seconds { return .init(.fail, words) }
    guard token.saysIssue else {
      return .init(.review, "the token has no iat, so that only its remaining time is known")
    }
    guard lifetime > 0 else { return .init(.review, "exp is not after iat") }
    return .init(lifetime <= maximum.seconds ? .pass : .review, words)
  }
}
