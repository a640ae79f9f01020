public import Checklist

/// Whether this machine renews its certificates by itself, at least once a day.
public struct TLSRenewalProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "tls.renewal", version: 1,
    claim: "This machine tries to renew its certificates at least once a day, by itself.",
    standards: ["RFC 8555", "NIST SC-12(3)"], scope: .host,
    method: """
      Asks `systemctl show` for the timers of certbot, acme.sh, lego, dehydrated and step, and \
      wants one that is active with a next run within `within`. Else it reads /etc/crontab, \
      /etc/cron.d, /etc/cron.daily and the crontab of root for them, while cron runs. Caddy and \
      Traefik renew by themselves, which is left to a person. Whether the web server loads the new \
      certificate is not tried. Only on a machine listed in the target's hosts.
      """,
    facts: "what renews, and by what it is started",
    fix: "sudo systemctl enable --now certbot.timer, then sudo certbot renew --dry-run",
    reproduce: "systemctl list-timers '*cert*' '*acme*'; sudo certbot renew --dry-run",
    tools: ["systemctl"],
    parameters: [
      .init("within", .period, "until the next run at most; 24h unless given", stricter: .lower)
    ],
    standsFor: ["systemctl list-timers"])

  private static let timers = [
    "certbot.timer", "snap.certbot.renew.timer", "certbot-renew.timer", "acme.timer",
    "acme.sh.timer", "acme_letsencrypt.timer", "lego.timer", "dehydrated.timer",
    "cert-renewer.timer", "acmetool.timer",
  ]

  private let within: Period

  /// A probe with that limit.
  public init(parameters: Parameters) { within = parameters.period("within") ?? .hours(24) }

  /// Asks systemd, and reads cron's files.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { await look(at: $0, now: context.now) }
  }

  func look(at machine: Machine, now: Timestamp) async -> Finding {
    let running = machine.processNames()
    var details: [Finding.Detail] = []
    var gap: Finding.Detail?
    let names = Self.timers
    let fields = "--property=Id,ActiveState,NextElapseUSecRealtime,LastTriggerUSec"
    // Microseconds, whatever the language and zone of the machine.
    switch await machine.run("systemctl", ["show", "--timestamp=unix", fields] + names) {
    case .success(let answer) where answer.succeeded:
      details += timers(answer.text, now)
    case .success(let answer): gap = .init(.unknown, "systemctl: \(answer.complaint)")
    case .failure(.notInstalled): break
    case .failure(let failure): gap = .init(.unknown, failure.reason)
    }
    if running.contains("cron") || running.contains("crond") {
      details += CronJobs(machine).renewals
    }
    for name in ["caddy", "traefik"] where running.contains(name) {
      details.append(.init(.review, "\(name) runs, which renews certificates if it is told to"))
    }
    // One that renews is enough; others may be left over.
    if details.contains(where: { $0.verdict == .pass }) {
      details = details.filter { $0.verdict == .pass }
    } else if let gap {
      details.append(gap)
    }
    if details.isEmpty { details = [.init(.review, "nothing is seen that renews certificates")] }
    return .judged(
      details, pass: "certificates are renewed by a machine",
      WayOut(
        fix: Self.manual.fix,
        review: "say what renews the certificates, or enable a timer: certbot.timer",
        unknown: "look by hand: systemctl list-timers"),
      facts: ["renewal": details.map(\.text).sorted().joined(separator: ", ")])
  }

  /// Reads `systemctl show` of several units, with an empty line between them.
  func timers(_ text: String, _ now: Timestamp) -> [Finding.Detail] {
    text.replacing("\r\n", with: "\n").split(separator: "\n\n").compactMap { block in
      var values: [String: String] = [:]
      for line in block.split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 { values[parts[0]] = parts[1] }
      }
      guard let id = values["Id"], Self.timers.contains(id) else { return nil }
      guard values["ActiveState"] == "active" else {
        // systemd says inactive of units that do not exist, too.
        return nil
      }
      guard let next = values["NextElapseUSecRealtime"].flatMap(Self.seconds) else {
        return .init(.review, "\(id) is active, and its next run is not known")
      }
      // A run that is due now starts in a moment.
      return Timestamp(seconds: next) <= now + within
        ? .init(.pass, "\(id) is active")
        : .init(.fail, "\(id) next runs \(Timestamp(seconds: next).short), later than in \(within)")
    }
  }

  /// `@1795305600`, seconds since 1970.
  private static func seconds(_ text: String) -> Int? {
    text.hasPrefix("@") ? Int(text.dropFirst().prefix { $0.isNumber }) : nil
  }
}
