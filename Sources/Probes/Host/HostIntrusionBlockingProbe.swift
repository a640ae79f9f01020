public import Checklist

/// Whether something slows down repeated attempts to sign in over ssh.
public struct HostIntrusionBlockingProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "host.intrusion-blocking", version: 1,
    claim: "Repeated failures to sign in to this machine are blocked.",
    standards: ["lynis TOOL-5102", "lynis TOOL-5104", "NIST AC-7"], scope: .host,
    method: """
      Looks for running processes of fail2ban, sshguard, or crowdsec with a bouncer. Of fail2ban \
      it wants each jail: `fail2ban-client status JAIL`, which needs root; else jail.conf, \
      jail.local and jail.d in the order of fail2ban itself. Without any of them, penalties of the \
      ssh server (PerSourcePenalties) are left to a person. Whether a ban works is not tried. \
      Only on a machine listed in the target's hosts.
      """,
    facts: "what blocks, and the state of each jail",
    fix: """
      Install fail2ban and enable its jail: `[sshd]` with `enabled = true` in \
      /etc/fail2ban/jail.local, then `systemctl enable --now fail2ban`.
      """,
    reproduce: "sudo fail2ban-client status sshd", tools: ["fail2ban-client", "sshd"],
    parameters: [
      .init("jails", .texts, "jails of fail2ban; sshd unless given", stricter: .more)
    ],
    standsFor: ["fail2ban-client status"])

  private let jails: [String]

  /// A probe of those jails.
  public init(parameters: Parameters) { jails = parameters.texts("jails") ?? ["sshd"] }

  /// Looks at processes, and asks fail2ban.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { await look(at: $0) }
  }

  func look(at machine: Machine) async -> Finding {
    let isValid = jails.allSatisfy {
      $0.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}/#) != nil
    }
    guard !jails.isEmpty, isValid else {
      return .unknown("a name of a jail is no name", hint: "jails are names such as sshd")
    }
    let running = machine.processNames()
    guard !running.isEmpty else {
      return .unknown("the processes cannot be seen", hint: "look by hand: ps -e")
    }
    let details: [Finding.Detail]
    if running.contains("fail2ban-server") {
      details = await fail2ban(machine)
    } else {
      details = [await other(running, machine)]
    }
    return .judged(
      details, pass: "repeated failures are blocked",
      WayOut(
        fix: Self.manual.fix,
        review: "say what is blocked after how many failures, and for how long",
        unknown: "run launchgate with sudo, or look by hand: sudo fail2ban-client status"),
      facts: Dictionary(
        details.map { ($0.text, $0.verdict.rawValue) }, uniquingKeysWith: { first, _ in first }),
      coverage: ["processes": running.count])
  }

  private func fail2ban(_ machine: Machine) async -> [Finding.Detail] {
    let files = JailFiles(machine)
    var details: [Finding.Detail] = []
    for jail in jails {
      if case .success(let answer) = await machine.run("fail2ban-client", ["status", jail]) {
        if answer.succeeded, answer.text.contains("Status for the jail: \(jail)") {
          details.append(.init(.pass, "fail2ban runs its jail \(jail)"))
          continue
        }
        if (answer.text + answer.errors).contains("UnknownJailException")
          || (answer.text + answer.errors).contains("does not exist")
        {
          details.append(.init(.fail, "fail2ban runs, and has no jail \(jail)"))
          continue
        }
      }
      details.append(files.detail(jail))
    }
    return details
  }

  private func other(_ running: Set<String>, _ machine: Machine) async -> Finding.Detail {
    if running.contains("sshguard") { return .init(.pass, "sshguard runs") }
    if running.contains("crowdsec") {
      // Names of processes end after 15 bytes; the engine alone only decides.
      return running.contains { $0.contains("bouncer") || $0.hasPrefix("crowdsec-firewa") }
        ? .init(.pass, "crowdsec runs with a bouncer")
        : .init(.review, "crowdsec runs, and no bouncer of this machine is seen")
    }
    if case .success(let answer) = await machine.run("sshd", ["-T"]), answer.succeeded,
      let line = answer.text.split(whereSeparator: \.isNewline).first(where: {
        $0.hasPrefix("persourcepenalties ")
      }), !line.hasSuffix(" no")
    {
      return .init(.review, "the ssh server itself punishes failures, and nothing else does")
    }
    return .init(.fail, "neither fail2ban nor sshguard nor crowdsec runs")
  }
}
