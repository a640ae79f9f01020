internal import Checklist
internal import Dispatch
internal import Foundation
internal import Synchronization

/// A copy of a machine's files and of what its programs answer, filled anew for every input.
private struct Pretended {
  /// Where each part goes: a path, or the command line that answers with it.
  var places: [String]
  var look: @Sendable (Machine) async -> Finding
}

private let now = Timestamp(seconds: 1_800_000_000)
private let none = Parameters()
private let timers =
  "systemctl show --timestamp=unix --property=Id,ActiveState,NextElapseUSecRealtime,LastTriggerUSec "
  + "certbot.timer snap.certbot.renew.timer certbot-renew.timer acme.timer acme.sh.timer "
  + "acme_letsencrypt.timer lego.timer dehydrated.timer cert-renewer.timer acmetool.timer"

private let pretended: [Pretended] = [
  .init(
    places: ["nginx -T -c /etc/nginx/nginx.conf"],
    look: { await NginxConfigurationProbe(parameters: none).look(at: $0) }),
  .init(
    places: ["/etc/nginx/nginx.conf", "/etc/nginx/conf.d/a.conf", "/etc/nginx/conf.d/b.conf"],
    look: { await NginxConfigurationProbe(parameters: none).look(at: $0) }),
  .init(
    places: [
      "/etc/systemd/journald.conf", "/etc/logrotate.conf", "/etc/logrotate.d/a",
      "/etc/rsyslog.conf", "journalctl --header --no-pager -q",
      "/proc/7/comm",
    ],
    look: { await LoggingRetentionProbe(parameters: none).look(at: $0, now: now) }),
  .init(
    places: [
      "apt-get -s -q dist-upgrade", "/var/lib/apt/lists/security_InRelease", "/proc/7/maps",
      "/proc/7/comm", "/boot/vmlinuz-6.1.0-30-amd64",
    ],
    look: {
      await HostUpdatesProbe(parameters: none).look(
        at: $0, kernel: "6.1.0-18-amd64", isRoot: true, now: now)
    }),
  .init(
    places: [
      "/etc/fail2ban/jail.conf", "/etc/fail2ban/jail.local", "fail2ban-client status sshd",
      "sshd -T",
      "/proc/7/comm",
    ],
    look: { await HostIntrusionBlockingProbe(parameters: none).look(at: $0) }),
  .init(
    places: ["/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/7/status"],
    look: { HostServicesAsRootProbe(parameters: none).look(at: $0, isRoot: true) }),
  .init(
    places: ["/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"],
    look: { HostListenersProbe(parameters: none).look(at: $0) }),
  .init(
    places: ["/proc/self/mountinfo", "/sys/dev/block/8:1/dm/uuid"],
    look: { HostDiskEncryptionProbe(parameters: none).look(at: $0) }),
  .init(
    places: [
      timers,
      "/etc/crontab", "/etc/cron.d/certbot", "/etc/cron.daily/acme", "/proc/7/comm",
    ],
    look: { await TLSRenewalProbe(parameters: none).look(at: $0, now: now) }),
  .init(
    places: [
      "nft -j list ruleset", "iptables -S", "ip6tables -S", "/etc/ufw/ufw.conf",
      "/proc/net/if_inet6",
    ],
    look: { await HostFirewallProbe(parameters: none).look(at: $0) }),
]

/// Lets a probe look at a machine that holds these parts.
func readMachine(_ variant: Int, _ parts: [[UInt8]]) {
  let one = pretended[variant % pretended.count]
  let root = (ProcessInfo.processInfo.environment["FUZZ_FOLDER"] ?? "/tmp/fuzz") + "/\(variant)"
  let files = FileManager.default
  var answers: [String: CommandOutput] = [:]
  for (number, place) in one.places.enumerated() {
    let part = number < parts.count ? parts[number] : nil
    guard place.hasPrefix("/") else {
      if let part { answers[place] = CommandOutput(status: 0, bytes: part, errors: "") }
      continue
    }
    let path = root + place
    guard let part else {
      try? files.removeItem(atPath: path)
      continue
    }
    if !files.createFile(atPath: path, contents: Data(part)) {
      let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
      try? files.createDirectory(atPath: folder, withIntermediateDirectories: true)
      _ = files.createFile(atPath: path, contents: Data(part))
    }
  }
  let machine = Machine(root: root, deadline: .now + .seconds(60), answers: answers)
  let look = one.look
  check(finished { await look(machine) })
}

/// Waits here for what is done elsewhere: what libFuzzer calls is not asynchronous.
private func finished(_ work: @escaping @Sendable () async -> Finding) -> Finding {
  let done = DispatchSemaphore(value: 0)
  let result = Mutex<Finding?>(nil)
  return withExtendedLifetime(Box(result)) { box in
    Task.detached {
      let found = await work()
      box.result.withLock { $0 = found }
      done.signal()
    }
    done.wait()
    return box.result.withLock { $0 } ?? Finding(.unknown, "")
  }
}

private final class Box: Sendable {
  let result: Mutex<Finding?>
  init(_ result: consuming Mutex<Finding?>) { self.result = result }
}
