public import Checklist

/// Whether a Redis server refuses commands of clients that have not authenticated.
public struct RedisAuthenticationProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "redis.authentication", version: 1,
    claim: "Redis refuses commands without authentication, and is not on the internet",
    standards: ["lynis DBS-1884", "NIST IA-2", "NIST AC-3"],
    scope: .target,
    method: """
      One connection of 5 s and 64 KiB at most; sends PING without a password and reads one line. \
      With tls: true the connection is verified TLS. Nothing is read from or written to the data.
      """,
    sends: "one PING to Redis, without a password",
    facts: "how PING was answered",
    fix: "set requirepass or ACLs, bind it to a private address, and block port 6379 from outside",
    reproduce: "redis-cli -h HOST -p 6379 PING",
    parameters: [
      .init("host", .text, "where Redis is served (default: the target's host)"),
      .init("port", .integer, "its port (default 6379)"),
      .init("tls", .flag, "whether it speaks TLS from the first byte (default false)"),
    ],
    standsFor: ["redis-cli ping"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Sends PING and judges the answer.
  public func run(in context: ProbeContext) async -> Finding {
    if let refusal = Self.manual.refusal(active: context.active) { return refusal }
    let inTLS = parameters.flag("tls") ?? false
    return await NetworkTarget.observeService(context, parameters, port: 6379) { target, place in
      let answer = await target.talk(to: place, inTLS: inTLS, RedisPingDialogue())
      var finding = Self.judge(answer, network: place.network)
      finding.reproduce =
        "redis-cli -h \(place.host) -p \(place.port)\(inTLS ? " --tls" : "") PING"
      return finding
    }
  }

  /// Concludes from the first line of the answer.
  static func judge(
    _ answer: Result<RedisPingDialogue.Answer, NetworkFailure>, network: Vantage.Network
  ) -> Finding {
    let line: String
    let verdict: Finding.Verdict
    let message: String
    switch answer {
    case .failure(let failure): return .unknown("Redis", failure)
    case .success(.pong):
      (line, verdict) = ("+PONG", .fail)
      message = "Redis obeys without authentication"
    case .success(.unauthenticated):
      (line, verdict) = ("-NOAUTH", network == .internet ? .fail : .pass)
      message =
        network == .internet
        ? "Redis wants a password, but it can be reached from the internet"
        : "Redis wants a password"
    case .success(.protected):
      (line, verdict) = ("-DENIED", network == .internet ? .fail : .review)
      message = "Redis has no password; only its protected mode keeps others out"
    case .success(.other(let text)):
      return .unknown(
        "PING was answered with an error: \(text)", hint: "look with redis-cli, then probe again")
    }
    return Finding(
      verdict, message, hint: verdict == .pass ? nil : manual.fix,
      details: [.init(verdict, "PING is answered with \(line)")],
      facts: ["ping": line, "network": network.rawValue], coverage: ["commands": 1],
      transcript: "> PING\n< \(line)\n")
  }
}
