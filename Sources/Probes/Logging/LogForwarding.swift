import Checklist

/// Where this machine sends its logs, as far as files and processes tell.
struct LogForwarding: Equatable, Sendable {
  /// What forwards, and to where.
  var targets: [String] = []
  /// Agents that run, and whose configuration is not read here.
  var agents: [String] = []

  init(_ machine: Machine) {
    let running = machine.processNames()
    if running.contains("rsyslogd") {
      let extra = (machine.list("/etc/rsyslog.d") ?? []).filter { $0.hasSuffix(".conf") }
      for file in ["/etc/rsyslog.conf"] + extra.map({ "/etc/rsyslog.d/\($0)" }) {
        targets += Self.rsyslog(machine.text(file) ?? "")
      }
    }
    if running.contains("systemd-journal"), exists(machine, "systemd-journal-upload") {
      let text = machine.text("/etc/systemd/journal-upload.conf") ?? ""
      targets += text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("URL=") }
        .map { "journal-upload to \($0.dropFirst(4))" }
    }
    // Names of processes end after 15 bytes.
    let known = [
      "vector", "fluent-bit", "fluentd", "promtail", "alloy", "filebeat", "journalbeat",
      "datadog-agent", "agent", "otelcol", "otelcol-contrib", "splunkd", "newrelic-infra",
      "amazon-cloudwat", "google_cloud_op", "nxlog", "syslog-ng", "telegraf",
    ]
    agents = known.filter { $0 != "agent" && running.contains($0) }
  }

  private func exists(_ machine: Machine, _ service: String) -> Bool {
    machine.link("/etc/systemd/system/multi-user.target.wants/\(service).service") != nil
  }

  /// `*.* @@host:port`, and `action(type="omfwd" target="host")`, also over several lines.
  static func rsyslog(_ text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }
      .filter { !$0.hasPrefix("#") }
    let plain = lines.compactMap { line -> String? in
      guard let match = line.firstMatch(of: #/^\S+\s+(@@?\S+)/#) else { return nil }
      return "rsyslog to \(match.1)"
    }
    // Cut at every end, so that a file of beginnings alone is not read again for each of them.
    let actions = lines.joined(separator: " ").split(separator: ")").compactMap { part -> String? in
      guard let opening = part.firstMatch(of: #/action\s*\(/#) else { return nil }
      let action = part[opening.range.upperBound...]
      guard action.contains(#/type\s*=\s*"omfwd"/#),
        let target = action.firstMatch(of: #/[Tt]arget\s*=\s*"([^"]+)"/#)
      else { return nil }
      return "rsyslog to \(target.1)"
    }
    return plain + actions
  }

  /// A loopback target is no other place.
  var detail: Finding.Detail {
    let away = targets.filter { !$0.contains("127.0.0.1") && !$0.contains("localhost") }
    if !away.isEmpty {
      return .init(.pass, "logs are sent elsewhere: \(away.sorted().joined(separator: ", "))")
    }
    if let agent = agents.first {
      return .init(.review, "\(agent) runs; where it sends logs is not read here")
    }
    return .init(.fail, "nothing is seen that sends logs elsewhere")
  }
}
