public import Checklist

/// Whether the target's certificate is trusted, names the host and will stay valid for a while.
public struct TLSCertificateProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "tls.certificate", version: 2,
    claim: "The target's certificate and chain are sound, name the host and do not end soon",
    standards: [
      "RFC 5280", "RFC 9525", "NIST SC-17", "NIST SC-8", "ASVS 12.2.2", "ASVS 12.3.4",
    ],
    scope: .target,
    method: """
      Two TLS handshakes with SNI, of 10 s each: one to read the presented chain, one with full \
      verification against the system's roots, or those of ca-file. Revocation is not looked up.
      """,
    facts: "SHA-256 of the leaf's public key, its issuer, the day on which it ends",
    fix: "install the full chain of a certificate for this name, and see that renewal runs",
    reproduce: "openssl s_client -connect HOST:443 -servername HOST -verify_return_error",
    parameters: [
      .init(
        "warn-days", .integer, "days left below which a person has to look (default 21)",
        stricter: .higher),
      .init(
        "longest-days", .integer,
        "days of validity in all, beyond which a person has to look (default 366)",
        stricter: .lower),
    ],
    standsFor: ["openssl s_client", "openssl x509"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Shakes hands and judges.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observe(context) { target in
      let seen = await Observation(target)
      var finding = Self.judge(seen, host: target.url.host, parameters, now: context.now)
      finding.reproduce = target.openssl("-verify_return_error -showcerts")
      return finding
    }
  }

  /// Concludes from the chain and from how the verified handshake ended.
  static func judge(
    _ seen: Observation, host: String, _ parameters: Parameters, now: Timestamp
  ) -> Finding {
    let chain = (try? seen.chain.get()) ?? []
    var finding = conclusion(seen, chain, host, parameters, now)
    finding.coverage = ["certificates": chain.count]
    finding.transcript = chain.map(line).joined(separator: "\n") + "\n"
    guard let leaf = chain.first else { return finding }
    finding.facts = [
      "key-sha256": leaf.keyDigest, "issuer": "\(leaf.issuer)",
      "not-after": "\(leaf.notAfter.date)",
    ]
    return finding
  }

  private static func conclusion(
    _ seen: Observation, _ chain: [PresentedCertificate], _ host: String,
    _ parameters: Parameters, _ now: Timestamp
  ) -> Finding {
    let faults = faults(of: chain, host: host, failure: seen.failure, now: now)
    if let worst = faults.first {
      return Finding(.fail, worst, hint: manual.fix, details: faults.map { .init(.fail, $0) })
    }
    if let failure = seen.failure { return .unknown("certificate", failure) }
    if case .failure(let failure) = seen.chain { return .unknown("certificate", failure) }
    guard let leaf = chain.first else { return .unknown("certificate", .closed) }
    let issuer = Finding.Detail(.pass, "issued by \(leaf.issuer) for \(leaf.subject)")
    let doubts = doubts(leaf, chain, parameters, now)
    if let first = doubts.first {
      return Finding(
        .review, first.message, hint: first.hint,
        details: doubts.map { .init(.review, $0.message) } + [issuer])
    }
    return Finding(
      .pass, "trusted, for \(host), valid until \(leaf.notAfter.date)", details: [issuer])
  }

  /// What is right today and may still be wrong: a renewal that did not run, a long validity,
  /// certificates that nobody needs.
  private static func doubts(
    _ leaf: PresentedCertificate, _ chain: [PresentedCertificate], _ parameters: Parameters,
    _ now: Timestamp
  ) -> [(message: String, hint: String)] {
    let (wanted, longest) = (
      parameters.integer("warn-days") ?? 21, parameters.integer("longest-days") ?? 366
    )
    let left = (leaf.notAfter.seconds - now.seconds) / 86_400
    let whole = (leaf.notAfter.seconds - leaf.notBefore.seconds) / 86_400
    var doubts: [(String, String)] = []
    if left < wanted {
      doubts.append(
        (
          "the certificate ends in \(left.counted("day")), on \(leaf.notAfter.date) "
            + "(\(wanted.counted("day")) wanted)",
          "renew it; if renewal is automatic, find out why it did not run"
        ))
    }
    if whole > longest {
      doubts.append(
        (
          "the certificate is valid for \(whole) days, \(longest) at most are wanted",
          "have shorter ones issued and renewed automatically"
        ))
    }
    if let needless = ChainOrder(chain).needless.first {
      doubts.append(
        (
          "\(needless.subject) is presented and belongs to no path from the certificate",
          "present the certificate and its intermediates alone"
        ))
    }
    return doubts
  }

  private static func faults(
    of chain: [PresentedCertificate], host: String, failure: NetworkFailure?, now: Timestamp
  ) -> [String] {
    var faults = chain.first.map { Self.faults(ofLeaf: $0, host: host, now: now) } ?? []
    faults += chain.compactMap { certificate in
      certificate.weakness.map { "\(certificate.subject): \($0)" }
    }
    if case .untrusted(let why) = failure {
      if !faults.contains(where: { $0.hasPrefix("the certificate") }) {
        faults.insert(
          pathEnd(of: chain, now: now) ?? "the certificate is not trusted: \(why)", at: 0)
      }
    } else if let misplaced = ChainOrder(chain).misplaced {
      // Some clients sort the chain, others break it off here (RFC 5246 section 7.4.2).
      faults.append(
        "the chain is in the wrong order: \(misplaced.subject) does not follow what it issued")
    }
    return faults
  }

  private static func faults(
    ofLeaf leaf: PresentedCertificate, host: String, now: Timestamp
  ) -> [String] {
    var faults: [String] = []
    if leaf.notAfter < now { faults.append("the certificate expired on \(leaf.notAfter.date)") }
    if now < leaf.notBefore {
      faults.append("the certificate is not valid before \(leaf.notBefore.date)")
    }
    if leaf.names.isEmpty {
      faults.append("the certificate has no subject alternative name")
    } else if !leaf.covers(host) {
      faults.append("the certificate is not for \(host)")
    }
    return faults
  }

  /// Where the path from the leaf ends, for a chain that did not verify.
  private static func pathEnd(of chain: [PresentedCertificate], now: Timestamp) -> String? {
    guard var current = chain.first else { return nil }
    if current.isSelfIssued { return "the certificate is self-signed and not trusted" }
    for _ in chain {
      guard let issuer = chain.first(where: { $0.subject == current.issuer }) else {
        return "the chain is incomplete or its root is not trusted: \(current.issuer) is missing"
      }
      if issuer.notAfter < now {
        return "\(issuer.subject) in the chain expired on \(issuer.notAfter.date)"
      }
      if issuer.isSelfIssued { return "the root \(issuer.subject) is not trusted" }
      current = issuer
    }
    return nil
  }

  private static func line(_ certificate: PresentedCertificate) -> String {
    "subject \(certificate.subject); issuer \(certificate.issuer); "
      + "from \(certificate.notBefore.rfc3339) to \(certificate.notAfter.rfc3339)"
  }
}
