internal import Checklist

/// Which algorithms of ssh still hold (RFC 9142 for key exchange).
enum SSHAlgorithmRules {
  /// How everything that a server offers stands.
  static func details(_ greeting: SSHTransport.Greeting) -> [Finding.Detail] {
    let lists = greeting.algorithms
    var details: [Finding.Detail] = []
    if !greeting.identification.hasPrefix("SSH-2.0-") {
      details.append(.init(.fail, "version 1 of the protocol is offered"))
    }
    details += lists.keyExchanges.filter { !isMark($0) }.map {
      detail("key exchange", $0, keyExchange)
    }
    details += lists.hostKeys.map { detail("host key", $0, hostKey) }
    details += lists.ciphers.map { detail("cipher", $0, cipher) }
    details += lists.macs.map { detail("MAC", $0, mac) }
    if !lists.keyExchanges.isEmpty, !lists.keyExchanges.contains(where: isPostQuantum) {
      details.append(.init(.review, "no key exchange withstands quantum computers"))
    }
    if !lists.isStrict, let exposed = exposedToTruncation(lists) {
      details.append(
        .init(.review, "\(exposed) without strict key exchange: beginnings can be cut"))
    }
    return details
  }

  private static func detail(
    _ kind: String, _ name: String, _ rule: (String) -> HeaderOpinion
  ) -> Finding.Detail {
    let opinion = rule(name)
    return .init(
      opinion.verdict, "\(kind) \(name)" + (opinion.text.isEmpty ? "" : ": \(opinion.text)"))
  }

  /// Not algorithms, but marks in their list (RFC 8308 and OpenSSH's).
  private static func isMark(_ name: String) -> Bool {
    name.hasPrefix("ext-info-") || name.hasPrefix("kex-strict-")
  }

  private static func words(_ name: String) -> Set<Substring> {
    Set(name.lowercased().split { $0 == "-" || $0 == "@" || $0 == "_" })
  }

  private static func keyExchange(_ name: String) -> HeaderOpinion {
    // RFC 9142: SHA-1 is weak, and groups of 1024 bits are too small.
    if words(name).contains("sha1") { return .fail("SHA-1") }
    if name.contains("group1-") || name.hasPrefix("rsa1024") { return .fail("1024 bits") }
    return .pass("")
  }

  private static func hostKey(_ name: String) -> HeaderOpinion {
    let lower = name.lowercased()
    if lower.hasPrefix("ssh-rsa") || lower.hasPrefix("x509v3-sign-rsa")
      || lower.hasPrefix("x509v3-ssh-rsa")
    {
      return .fail("signs with SHA-1")
    }
    if lower.contains("dss") { return .fail("DSA") }
    return lower == "null" ? .fail("no host key") : .pass("")
  }

  private static func cipher(_ name: String) -> HeaderOpinion {
    let words = words(name)
    if name == "none" { return .fail("no encryption") }
    if let old = [
      "3des", "des", "arcfour", "arcfour128", "arcfour256", "blowfish", "cast128", "idea",
    ]
    .first(where: { words.contains(Substring($0)) }) {
      return .fail(old)
    }
    if words.contains("cbc") { return .fail("CBC") }
    return .pass("")
  }

  private static func mac(_ name: String) -> HeaderOpinion {
    let words = words(name)
    if name == "none" { return .fail("no authentication") }
    if words.contains("md5") { return .fail("MD5") }
    if words.contains("sha1") { return .review("SHA-1") }
    if words.contains("64") || words.contains("96") { return .review("a short tag") }
    return .pass("")
  }

  private static func isPostQuantum(_ name: String) -> Bool {
    name.contains("mlkem") || name.contains("sntrup")
  }

  /// The cipher whose beginning an attacker on the way can cut off (CVE-2023-48795).
  private static func exposedToTruncation(_ lists: SSHAlgorithms) -> String? {
    if let chacha = lists.ciphers.first(where: { $0.hasPrefix("chacha20-poly1305") }) {
      return chacha
    }
    let hasLateMAC = lists.macs.contains { $0.contains("-etm@") }
    return hasLateMAC ? lists.ciphers.first { words($0).contains("cbc") } : nil
  }
}
