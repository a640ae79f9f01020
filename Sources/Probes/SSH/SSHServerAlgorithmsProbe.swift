public import Checklist

/// Whether an ssh server offers only algorithms that still hold.
public struct SSHServerAlgorithmsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "ssh.server-algorithms", version: 1,
    claim: "The ssh server offers no broken key exchange, cipher, MAC or host key",
    standards: ["RFC 4253", "RFC 9142", "NIST SC-8", "NIST SC-13", "NIST AC-17(2)"],
    scope: .target,
    method: """
      Two TCP connections of 5 s and 64 KiB at most: one reads the identification and the offered \
      lists, the other goes on until the RSA host key shows its length. Nobody logs in. The server \
      logs connections that were closed before authentication.
      """,
    facts: "the offered lists; bits of the RSA host key",
    fix: """
      set KexAlgorithms, Ciphers, MACs and HostKeyAlgorithms in sshd_config to those of the \
      system's present OpenSSH, replace short host keys, and reload
      """,
    reproduce: "nmap -Pn -p 22 --script ssh2-enum-algos,ssh-hostkey HOST",
    parameters: [
      .init("host", .text, "where ssh is served (default: the target's host)"),
      .init("port", .integer, "its port (default 22)"),
    ],
    standsFor: ["ssh-audit", "nmap --script ssh2-enum-algos"])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// What the server showed of itself.
  struct Observation: Sendable {
    var greeting: Result<SSHTransport.Greeting, NetworkFailure>
    /// Nil where no RSA host key is offered.
    var rsaBits: Result<Int, NetworkFailure>?
  }

  /// Reads what the server offers and judges it.
  public func run(in context: ProbeContext) async -> Finding {
    await NetworkTarget.observeService(context, parameters, port: 22) { target, place in
      let greeting = await target.talk(to: place, SSHGreetingDialogue())
      var seen = Observation(greeting: greeting)
      if (try? greeting.get())?.algorithms.hasRSA == true {
        seen.rsaBits = await target.talk(to: place, SSHHostKeyDialogue())
      }
      var finding = Self.judge(seen)
      finding.reproduce =
        "nmap -Pn -p \(place.port) --script ssh2-enum-algos,ssh-hostkey \(place.host)"
      return finding
    }
  }

  /// Concludes from the lists and the key; a key that was not seen is never a pass.
  static func judge(_ seen: Observation) -> Finding {
    let greeting: SSHTransport.Greeting
    switch seen.greeting {
    case .failure(let failure): return .unknown("ssh", failure)
    case .success(let read): greeting = read
    }
    var details = SSHAlgorithmRules.details(greeting)
    switch seen.rsaBits {
    case .success(let bits) where bits < 2_048:
      details.append(.init(.fail, "RSA host key of \(bits) bits"))
    case .success(let bits): details.append(.init(.pass, "RSA host key of \(bits) bits"))
    case .failure(let failure):
      details.append(.init(.unknown, "length of the RSA host key: \(failure.reason)"))
    case nil: break
    }
    var finding = conclusion(details.worstFirst)
    finding.details = details.worstFirst
    finding.facts = facts(greeting.algorithms, seen)
    finding.coverage = ["algorithms": greeting.algorithms.count]
    finding.transcript =
      greeting.identification + "\n"
      + finding.facts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
    return finding
  }

  private static func conclusion(_ details: [Finding.Detail]) -> Finding {
    guard let worst = details.first else { return .unknown("ssh", .malformed("empty lists")) }
    let more = details.count { $0.verdict == worst.verdict } - 1
    let text = worst.text + (more > 0 ? " and \(more) more" : "")
    return switch worst.verdict {
    case .fail: Finding(.fail, text, hint: manual.fix)
    case .review:
      Finding(.review, text, hint: "update OpenSSH or narrow its lists, or say why it has to be so")
    case .pass: Finding(.pass, "the ssh server offers only what still holds")
    case .unknown, .notApplicable:
      .unknown(text, hint: "look with nmap --script ssh-hostkey, then probe again")
    }
  }

  private static func facts(_ lists: SSHAlgorithms, _ seen: Observation) -> [String: String] {
    var facts = [
      "key-exchanges": lists.keyExchanges, "host-keys": lists.hostKeys, "ciphers": lists.ciphers,
      "macs": lists.macs,
    ].mapValues { String($0.joined(separator: " ").prefix(2_048)) }
    if case .success(let bits) = seen.rsaBits { facts["rsa-bits"] = "\(bits)" }
    return facts
  }
}

extension SSHAlgorithms {
  /// How many names were judged.
  var count: Int { keyExchanges.count + hostKeys.count + ciphers.count + macs.count }
}
