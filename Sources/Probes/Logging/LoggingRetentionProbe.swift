public import Checklist

/// Whether logs of this machine are kept long enough, and sent elsewhere.
public struct LoggingRetentionProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "logging.retention", version: 1,
    claim: "This machine keeps its logs as long as is asked for, and sends them elsewhere.",
    standards: ["lynis LOGG-2154", "NIST AU-11", "NIST AU-4(1)"], scope: .host,
    method: """
      Reads journald.conf and logrotate's files with what they include, counts in days what each \
      rotation keeps (times `rotate`, cut by `maxage`), and asks `journalctl` for its oldest \
      entry. Logs that are cut by size and not by time are for a person. For forwarding it reads \
      rsyslog.conf, syslog-ng.conf and journal-upload.conf, and looks for agents that run. What the \
      platform keeps at the other end is not seen. Only on a machine listed in the target's hosts.
      """,
    facts: "the days that each log is kept, and where logs are sent",
    fix: """
      Raise `rotate` or `maxage` in /etc/logrotate.d, set MaxRetentionSec and SystemMaxUse in \
      /etc/systemd/journald.conf, and forward to a log platform: `*.* @@logs.example:6514`.
      """,
    reproduce: "cat /etc/logrotate.conf /etc/logrotate.d/*; journalctl | head -1",
    tools: ["journalctl"],
    parameters: [
      .init("minimum", .period, "how long logs are kept; 90d unless given", stricter: .higher),
      .init(
        "logs", .texts, "logs that matter, such as /var/log/nginx/access.log; all unless given"),
      .init(
        "checks", .texts, "out of retention, forwarding; both unless given", stricter: .more),
    ],
    standsFor: ["journalctl"])

  static let allChecks = ["retention", "forwarding"]

  private let minimum: Period
  private let logs: [String]
  private let checks: [String]

  /// A probe with that limit, of those logs.
  public init(parameters: Parameters) {
    minimum = parameters.period("minimum") ?? .days(90)
    logs = parameters.texts("logs") ?? []
    checks = parameters.texts("checks") ?? Self.allChecks
  }

  /// Reads the configuration, and asks the journal.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { await look(at: $0, now: context.now) }
  }

  func look(at machine: Machine, now: Timestamp) async -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))",
        hint: "checks may hold retention and forwarding")
    }
    var details: [Finding.Detail] = []
    if checks.contains("retention") {
      details += rotations(machine)
      if logs.isEmpty { details += await journal(machine, now) }
    }
    if checks.contains("forwarding") { details.append(LogForwarding(machine).detail) }
    let facts = details.map { ($0.text, $0.verdict.rawValue) }
    return .judged(
      details, pass: "logs are kept and sent as is asked for",
      WayOut(
        fix: Self.manual.fix, review: "say how long these logs are kept, and where",
        unknown: "run it with sudo on the machine that writes the logs, and name them in `logs`"),
      facts: Dictionary(facts) { first, _ in first }, coverage: ["logs": details.count])
  }

  private func rotations(_ machine: Machine) -> [Finding.Detail] {
    let read = LogRotation.read(machine)
    var details = read.gaps.map { Finding.Detail(.unknown, $0) }
    let wanted =
      logs.isEmpty
      ? read.rotations : read.rotations.filter { rotation in logs.contains(where: rotation.covers) }
    for log in logs where !read.rotations.contains(where: { $0.covers(log) }) {
      details.append(.init(.review, "\(log): nothing of logrotate deletes it"))
    }
    if read.rotations.isEmpty && read.gaps.isEmpty && logs.isEmpty {
      details.append(.init(.review, "logrotate is not set up here"))
    }
    return details
      + wanted.map { rotation in
        let name = rotation.files.first ?? ""
        guard let days = rotation.days else {
          return .init(.review, "\(name) is cut by size, not by time")
        }
        return .init(
          days >= (minimum.seconds + 86_399) / 86_400 ? .pass : .fail,
          "\(name) is kept for \(days) days")
      }
  }

  private func journal(_ machine: Machine, _ now: Timestamp) async -> [Finding.Detail] {
    guard let settings = JournalSettings(machine) else { return [] }
    if settings.isVolatile { return [.init(.fail, "the journal is kept in memory only")] }
    if let seconds = settings.retention, seconds < minimum.seconds {
      return [.init(.fail, "the journal is kept for \(seconds / 86_400) days (MaxRetentionSec)")]
    }
    guard let oldest = await machine.oldestJournalEntry() else {
      return [.init(.unknown, "journalctl does not say how far the journal goes back")]
    }
    let days = max(0, now.seconds - oldest.seconds) / 86_400
    // A young machine has no old entries; the size decides what it will keep.
    return [
      days * 86_400 >= minimum.seconds
        ? .init(.pass, "the journal goes back \(days) days")
        : .init(.review, "the journal goes back \(days) days, and its size decides how far it will")
    ]
  }
}

extension Machine {
  /// When the first entry of the journal was written.
  func oldestJournalEntry() async -> Timestamp? {
    // The header of the files says it without reading what is in them.
    let answer = await run("journalctl", ["--header", "--no-pager", "-q"])
    guard case .success(let output) = answer, output.succeeded else { return nil }
    let dates = output.text.split(whereSeparator: \.isNewline).compactMap { line -> Timestamp? in
      // Head realtime timestamp: Tue 2026-11-17 09:00:01 UTC (63f...)
      guard
        let match = line.firstMatch(
          of: #/Head realtime timestamp: \w+ (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC/#)
      else { return nil }
      return Timestamp(rfc3339: "\(match.1)T\(match.2)Z")
    }
    return dates.min()
  }
}
