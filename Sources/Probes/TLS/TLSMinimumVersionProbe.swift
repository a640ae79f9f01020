public import Checklist

/// Whether the target refuses every version of TLS below the minimum, and every weak suite.
public struct TLSMinimumVersionProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "tls.minimum-version", version: 1,
    claim: "The target speaks TLS only from the minimum version upward, and no weak suite",
    standards: ["RFC 8996", "RFC 9325", "NIST SC-8", "NIST SC-13", "ASVS 12.1.1", "ASVS 12.1.2"],
    scope: .target,
    method: """
      Sends one ClientHello for each of SSL 3.0, TLS 1.0, 1.1, 1.2 and 1.3, and one that offers \
      only NULL, anonymous, EXPORT, DES, 3DES and RC4 suites; no handshake is completed. At most \
      12 connections of 5 s and 64 KiB each.
      """,
    facts: "accepted versions; the weak suite that was accepted, or none",
    fix: "allow only TLS 1.2 and 1.3 (nginx: ssl_protocols TLSv1.2 TLSv1.3;) with AEAD suites",
    reproduce: "openssl s_client -connect HOST:443 -servername HOST -tls1 -cipher ALL@SECLEVEL=0",
    parameters: [
      .init("minimum", .text, "lowest version that may be accepted: 1.2 (default) or 1.3"),
      .init(
        "preferred", .text, "version that should be accepted; its absence is noted (default 1.3)"),
    ],
    standsFor: ["openssl s_client"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Sends the hellos and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      var finding = Self.judge(await Observation(target), parameters)
      finding.reproduce = target.openssl("-tls1 -cipher ALL@SECLEVEL=0")
      return finding
    }
  }

  /// Concludes from the answers; what was not answered clearly is never a pass.
  static func judge(_ seen: Observation, _ parameters: Parameters) -> Finding {
    guard let minimum = ProtocolVersion(parameter: parameters.text("minimum") ?? "1.2"),
      let preferred = ProtocolVersion(parameter: parameters.text("preferred") ?? "1.3")
    else {
      return .unknown(
        "minimum or preferred is no version of TLS", hint: "write \"1.2\" or \"1.3\"")
    }
    var finding = conclusion(seen, minimum)
    finding.details =
      ProtocolVersion.allCases.map { detail($0, seen, minimum, preferred) } + [seen.weakDetail]
    finding.facts = [
      "accepted": seen.accepted.map(\.number).joined(separator: " "),
      "weak-suite": seen.acceptedWeakSuite.map(CipherSuites.name) ?? "none",
    ]
    finding.coverage = ["versions": seen.observed.count, "weak-suites": seen.weakSuitesObserved]
    finding.transcript = finding.details.map(\.text).joined(separator: "\n") + "\n"
    return finding
  }

  private static func conclusion(_ seen: Observation, _ minimum: ProtocolVersion) -> Finding {
    let tooOld = seen.accepted.filter { $0 < minimum }
    if !tooOld.isEmpty {
      return Finding(
        .fail, "\(tooOld.map(\.name).joined(separator: ", ")) accepted", hint: manual.fix)
    }
    if let suite = seen.acceptedWeakSuite {
      return Finding(
        .fail, "the weak suite \(CipherSuites.name(suite)) is accepted",
        hint: "remove NULL, anonymous, EXPORT, DES, 3DES and RC4 suites from the server")
    }
    if let failure = seen.firstFailure {
      return .unknown("TLS versions: \(failure.reason)", hint: failure.hint)
    }
    guard seen.accepted.contains(where: { $0 >= minimum }) else {
      return Finding(.fail, "no version from \(minimum.name) upward is accepted", hint: manual.fix)
    }
    let names = seen.accepted.map(\.name).joined(separator: " and ")
    return Finding(.pass, "only \(names), no weak suite")
  }

  private static func detail(
    _ version: ProtocolVersion, _ seen: Observation, _ minimum: ProtocolVersion,
    _ preferred: ProtocolVersion
  ) -> Finding.Detail {
    switch seen.standing(of: version) {
    case .accepted:
      .init(version < minimum ? .fail : .pass, "\(version.name) accepted")
    case .refused(let how):
      .init(
        version == minimum && seen.accepted.isEmpty ? .fail : .pass,
        "\(version.name) refused (\(how))"
          + (version == preferred ? "; it should be offered" : ""))
    case .unobserved(let failure):
      .init(.unknown, "\(version.name): \(failure.reason)")
    }
  }
}
