import Checklist

/// Lines of cron that renew certificates.
struct CronJobs: Equatable, Sendable {
  var renewals: [Finding.Detail] = []

  init(_ machine: Machine) {
    let hasSystemd = machine.exists("/run/systemd/system")
    let files =
      ["/etc/crontab", "/var/spool/cron/crontabs/root", "/var/spool/cron/root"]
      + (machine.list("/etc/cron.d") ?? []).map { "/etc/cron.d/\($0)" }
    for file in files {
      for line in (machine.text(file) ?? "").split(whereSeparator: \.isNewline) {
        guard Self.isRenewal(line) else { continue }
        // Debian's own line steps aside for the timer.
        if hasSystemd && line.contains("-d /run/systemd/system") { continue }
        renewals.append(
          Self.isDaily(line)
            ? .init(.pass, "\(file) renews at least once a day")
            : .init(.review, "\(file) renews less often than once a day"))
      }
    }
    for name in machine.list("/etc/cron.daily") ?? [] {
      let text = machine.text("/etc/cron.daily/\(name)") ?? ""
      if text.split(whereSeparator: \.isNewline).contains(where: Self.isRenewal) {
        renewals.append(.init(.pass, "/etc/cron.daily/\(name) renews once a day"))
      }
    }
  }

  private static func isRenewal(_ line: Substring) -> Bool {
    let line = line.trimmed
    guard !line.hasPrefix("#") else { return false }
    return line.contains("certbot") && line.contains("renew")
      || line.contains("acme.sh") && line.contains("--cron")
      || line.contains("lego") && line.contains("renew")
      || line.contains("dehydrated") && (line.contains(" -c") || line.contains("--cron"))
  }

  /// Whether day of month, month and day of week are all open.
  static func isDaily(_ line: Substring) -> Bool {
    let words = line.split(whereSeparator: \.isWhitespace)
    if let first = words.first, first.hasPrefix("@") {
      return ["@daily", "@midnight", "@hourly"].contains(first)
    }
    return words.count > 5 && words[2...4].allSatisfy { $0 == "*" || $0 == "*/1" }
  }
}
