public import Checklist

/// Whether a PostgreSQL server offers TLS of a current version to its clients.
public struct PostgresTLSProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "postgres.tls", version: 2,
    claim: "PostgreSQL encrypts connections with TLS 1.2 or later",
    standards: ["ASVS 12.3.1", "NIST SC-8", "NIST SC-13"],
    scope: .target,
    method: """
      Sends the eight bytes of an SSLRequest and, where the server agrees, one ClientHello of TLS \
      1.3, one of 1.2 where that is refused, and one of 1.1 and below, which it has to refuse; no \
      handshake is completed and nobody logs in. At most 3 connections of 5 s and 64 KiB. Whether the server also accepts clients without TLS stands \
      in pg_hba.conf and is not seen from here.
      """,
    facts: "whether TLS is offered, the best version, and one before 1.2 that is accepted",
    fix: "set ssl = on with a certificate, and hostssl instead of host in pg_hba.conf",
    reproduce: "psql 'host=HOST sslmode=require' -c '\\conninfo'",
    parameters: [
      .init("host", .text, "where PostgreSQL is served (default: the target's host)"),
      .init("port", .integer, "its port (default 5432)"),
    ],
    standsFor: ["psql sslmode=require"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Asks for TLS and judges the answer.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observeService(context, parameters, port: 5432) { target, place in
      var seen = Observation(
        modern: await target.talk(to: place, PostgresTLSDialogue(.tls13, host: place.host)))
      if case .success(.offered(let answer)) = seen.modern, !answer.isAcceptance {
        seen.older = await target.talk(to: place, PostgresTLSDialogue(.tls12, host: place.host))
      }
      if seen.best != nil {
        seen.outdated = await target.talk(to: place, PostgresTLSDialogue(.tls11, host: place.host))
      }
      var finding = Self.judge(seen, network: place.network)
      finding.reproduce =
        "psql 'host=\(place.host) port=\(place.port) sslmode=require' -c '\\conninfo'"
      return finding
    }
  }

  /// How the server answered.
  struct Observation: Sendable {
    /// To a hello of TLS 1.3.
    var modern: Result<PostgresTLSDialogue.Answer, NetworkFailure>
    /// To a hello of TLS 1.2, asked only where the first was not accepted.
    var older: Result<PostgresTLSDialogue.Answer, NetworkFailure>?
    /// To a hello of TLS 1.1, asked only where one before was accepted.
    var outdated: Result<PostgresTLSDialogue.Answer, NetworkFailure>?

    /// The best version that was chosen.
    var best: ProtocolVersion? {
      for answer in [modern, older].compactMap(\.self) {
        if case .success(.offered(.accepted(let version, _))) = answer { return version }
      }
      return nil
    }
  }

  /// Concludes from the answers; an offer that leads to no ServerHello is none.
  static func judge(_ seen: Observation, network: Vantage.Network) -> Finding {
    for answer in [seen.modern, seen.older].compactMap(\.self) {
      switch answer {
      case .success(.refused): return refused(network)
      case .success(.offered(.accepted(let version, _))): return accepted(version, seen.outdated)
      case .success(.offered): continue
      case .failure(let failure): return .unknown("PostgreSQL", failure)
      }
    }
    return .unknown(
      "PostgreSQL agrees to TLS, but no handshake begins",
      hint: "look at ssl_cert_file and at the server's log, then probe again")
  }

  private static func accepted(
    _ best: ProtocolVersion, _ outdated: Result<PostgresTLSDialogue.Answer, NetworkFailure>?
  ) -> Finding {
    guard best >= .tls12 else {
      return spoken(best, "PostgreSQL speaks at best \(best.name)", best)
    }
    switch outdated {
    case .success(.offered(.accepted(let old, _))):
      return spoken(best, "PostgreSQL also accepts \(old.name)", old)
    case .success(.offered(.unobserved(let failure))), .failure(let failure):
      return .unknown("PostgreSQL", failure)
    case nil:
      return .unknown("versions before TLS 1.2 were not asked for", hint: "probe again")
    case .success:
      return Finding(
        .pass, "PostgreSQL offers \(best.name), and nothing before TLS 1.2",
        details: [.init(.pass, "\(best.name) is chosen")], facts: ["tls": best.name],
        coverage: ["versions": 2], transcript: "> SSLRequest\n< S\n> ClientHello\n< \(best.name)\n")
    }
  }

  private static func spoken(
    _ best: ProtocolVersion, _ message: String, _ old: ProtocolVersion
  ) -> Finding {
    Finding(
      .fail, message, hint: "set ssl_min_protocol_version = 'TLSv1.2'",
      details: [.init(.fail, "\(old.name) is chosen")],
      facts: ["tls": best.name, "outdated": old.name], coverage: ["versions": 2])
  }

  /// Within one machine nobody listens in, so a person may say that this is enough.
  private static func refused(_ network: Vantage.Network) -> Finding {
    let isNear = network == .loopback || network == .local
    return Finding(
      isNear ? .review : .fail,
      isNear
        ? "PostgreSQL refuses TLS; it was seen on this machine" : "PostgreSQL refuses TLS",
      hint: manual.fix, details: [.init(isNear ? .review : .fail, "SSLRequest is answered with N")],
      facts: ["tls": "refused"], transcript: "> SSLRequest\n< N\n")
  }
}
