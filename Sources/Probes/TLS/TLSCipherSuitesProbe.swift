public import Checklist

/// Whether the target accepts only cipher suites that are recommended today.
public struct TLSCipherSuitesProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "tls.cipher-suites", version: 1,
    claim: "The target accepts no broken cipher suite, and none outside the recommendation",
    standards: [
      "RFC 9325", "Mozilla server-side TLS 6.0", "NIST SC-8", "NIST SC-13", "ASVS 12.1.2",
    ],
    scope: .target,
    method: """
      For SSL 3.0 to TLS 1.3, ClientHellos that offer all registered suites, without the accepted \
      one each time, until the rest is refused; no handshake is completed. Where Diffie-Hellman \
      over a finite field is accepted, one more to read the size of the server's group. 5 s and \
      64 KiB for each connection, about one connection for each accepted suite and 20 more.
      """,
    facts: "accepted suites of each version; bits of the Diffie-Hellman group",
    fix: """
      allow only ECDHE with AES-GCM or ChaCha20 (nginx: ssl_ciphers \
      ECDHE+AESGCM:ECDHE+CHACHA20; and no ssl_dhparam)
      """,
    reproduce: "nmap -Pn -p 443 --script ssl-enum-ciphers HOST",
    parameters: [
      .init(
        "accepted", .texts,
        "suites accepted besides the nine of Mozilla's intermediate list, such as "
          + "DHE_RSA_WITH_AES_128_GCM_SHA256 (default none)", stricter: .fewer),
      .init("dh-bits", .integer, "least size of a group (default 2048)", stricter: .higher),
    ],
    standsFor: ["sslscan", "nmap --script ssl-enum-ciphers"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Sends the hellos and judges what was accepted.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      var finding = Self.judge(await Observation(target), parameters)
      finding.reproduce = target.suiteScan
      return finding
    }
  }

  /// Concludes from the accepted suites; a question without an answer is never a pass.
  static func judge(_ seen: Observation, _ parameters: Parameters) -> Finding {
    let tolerated = Set(parameters.texts("accepted") ?? [])
    let known = Set(CipherSuite.all.map(\.name))
    if let odd = tolerated.first(where: { !known.contains($0) }) {
      return .unknown(
        "accepted names no suite: \(odd)", hint: "write it as RSA_WITH_AES_128_GCM_SHA256")
    }
    let details = details(seen, tolerated, leastBits: parameters.integer("dh-bits") ?? 2_048)
    var finding = conclusion(details, seen)
    finding.details = details.worstFirst
    finding.coverage = [
      "suites": seen.answered, "accepted": seen.accepted.values.reduce(0) { $0 + $1.count },
    ]
    for (version, suites) in seen.accepted {
      finding.facts[version.name] = suites.map(\.name).joined(separator: " ")
    }
    if case .bits(let bits) = seen.group { finding.facts["dh-bits"] = "\(bits)" }
    finding.transcript = finding.details.map(\.text).joined(separator: "\n") + "\n"
    return finding
  }

  private static func conclusion(_ details: [Finding.Detail], _ seen: Observation) -> Finding {
    if let fault = details.first(where: { $0.verdict == .fail }) {
      let more = details.count { $0.verdict == .fail } - 1
      return Finding(.fail, fault.text + (more > 0 ? " and \(more) more" : ""), hint: manual.fix)
    }
    if let gap = details.first(where: { $0.verdict == .unknown }) {
      return .unknown(
        gap.text, hint: "check that the server answers every connection, then probe again")
    }
    guard !seen.accepted.isEmpty else {
      return .unknown(
        "no suite was accepted in any version",
        hint: "look at the server's TLS configuration; see tls.minimum-version")
    }
    if let doubt = details.first(where: { $0.verdict == .review }) {
      let more = details.count { $0.verdict == .review } - 1
      return Finding(
        .review, doubt.text + (more > 0 ? " and \(more) more" : ""),
        hint: "remove it, or say which clients need it")
    }
    return Finding(.pass, "only recommended suites are accepted")
  }

  private static func details(
    _ seen: Observation, _ tolerated: Set<String>, leastBits: Int
  ) -> [Finding.Detail] {
    let suites = seen.accepted.sorted { $0.key < $1.key }.flatMap { version, suites in
      suites.map { detail($0, version, tolerated) }
    }
    let gaps = seen.gaps.sorted { $0.key < $1.key }.map { version, failure in
      Finding.Detail(.unknown, "suites of \(version.name): \(failure.reason)")
    }
    return group(seen.group, leastBits) + suites + gaps
  }

  private static func detail(
    _ suite: CipherSuite, _ version: ProtocolVersion, _ tolerated: Set<String>
  ) -> Finding.Detail {
    let place = "\(version.name) accepts \(suite.name)"
    switch suite.standing {
    case .broken(let why): return .init(.fail, "\(place): \(why)")
    case .recommended: return .init(.pass, place)
    case .outdated(let why):
      return tolerated.contains(suite.name)
        ? .init(.pass, "\(place): \(why), accepted by the checklist")
        : .init(.review, "\(place): \(why)")
    }
  }

  private static func group(_ group: Observation.Group, _ least: Int) -> [Finding.Detail] {
    switch group {
    case .unused: []
    case .bits(let bits) where bits < least:
      [.init(.fail, "Diffie-Hellman group of \(bits) bits")]
    case .bits(let bits): [.init(.pass, "Diffie-Hellman group of \(bits) bits")]
    case .unobserved(let failure):
      [.init(.unknown, "size of the Diffie-Hellman group: \(failure.reason)")]
    }
  }
}
