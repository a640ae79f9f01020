import Checklist
import Testing

@testable import Probes

@Suite struct LoggingRetentionProbeTests {
  private static let now = Timestamp(rfc3339: "2026-11-22T06:00:00Z") ?? Timestamp(seconds: 0)

  private func look(
    _ files: [String: String], _ values: [String: JSONValue] = ["checks": .strings(["retention"])],
    running: [String] = ["init"], answers: [String: String] = [:]
  ) async throws -> Finding {
    let copy = try MachineCopy(files)
    for (number, name) in running.enumerated() { try copy.write("/proc/\(number + 3)/comm", name) }
    return await LoggingRetentionProbe(parameters: Parameters(values))
      .look(at: copy.machine(answers), now: Self.now)
  }

  private func rotation(_ block: String, global: String = "weekly\nrotate 4\n") -> [String: String]
  {
    [
      "/etc/logrotate.conf": global + "include /etc/logrotate.d\n",
      "/etc/logrotate.d/nginx": "/var/log/nginx/*.log {\n\(block)\n}\n",
    ]
  }

  @Test(arguments: [
    ("daily\nrotate 90", Finding.Verdict.pass), ("weekly\nrotate 13", .pass),
    ("monthly\nrotate 4", .pass), ("yearly\nrotate 1", .pass), ("daily\nrotate 89", .fail),
    ("daily\nrotate 14\nmissingok", .fail), ("", .fail), ("daily\nrotate 400\nmaxage 30", .fail),
    ("daily\nrotate 0", .fail), ("hourly\nrotate 900", .fail), ("size 10M\nrotate 900", .review),
    ("daily\nmaxsize 1G\nrotate 90", .review), ("daily\nminsize 1k\nrotate 90", .pass),
    ("rotate 90\ndaily\npostrotate\n  rotate 1\nendscript", .pass),
    ("# rotate 1\ndaily\nrotate 90", .pass),
  ])
  func rotations(_ block: String, _ verdict: Finding.Verdict) async throws {
    let finding = try await look(rotation(block))
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }

  @Test func takesGlobalSettingsThatStandBefore() async throws {
    #expect(try await look(rotation("", global: "daily\nrotate 120\n")).verdict == .pass)
  }

  @Test func asksForTheLogsThatMatter() async throws {
    let values: [String: JSONValue] = [
      "checks": .strings(["retention"]), "logs": .strings(["/var/log/nginx/access.log"]),
    ]
    var files = rotation("daily\nrotate 90")
    files["/etc/logrotate.d/apt"] = "/var/log/apt/term.log {\n rotate 1\n}\n"
    #expect(try await look(files).verdict == .fail)
    #expect(try await look(files, values).verdict == .pass)
    let other: [String: JSONValue] = [
      "checks": .strings(["retention"]), "logs": .strings(["/srv/shop/app.log"]),
    ]
    #expect(try await look(files, other).verdict == .review)
  }

  @Test func unknownWhereAFileMakesNoSense() async throws {
    #expect(try await look(["/etc/logrotate.conf": "/var/log/x {\n daily\n"]).verdict == .unknown)
    #expect(try await look(["/etc/logrotate.conf": "include /etc/none\n"]).verdict == .unknown)
  }

  private static let journal = ["/run/systemd/journal/x": "", "/var/log/journal/x": ""]

  @Test(
    arguments: [
      ("Storage=volatile\n", "2026-01-01", Finding.Verdict.fail),
      ("MaxRetentionSec=1month\n", "2026-01-01", .fail),
      ("MaxRetentionSec=90d\n", "2026-01-01", .pass),
      ("#MaxRetentionSec=1d\n", "2026-01-01", .pass), ("", "2026-11-01", .review),
      ("", nil, .unknown),
    ] as [(String, String?, Finding.Verdict)])
  func journal(_ settings: String, _ oldest: String?, _ verdict: Finding.Verdict) async throws {
    var files = Self.journal.merging(rotation("daily\nrotate 90")) { $1 }
    files["/etc/systemd/journald.conf"] = "[Journal]\nMaxRetentionSec=1d\n"
    files["/etc/systemd/journald.conf.d/50-x.conf"] = "[Journal]\nMaxRetentionSec=0\n" + settings
    let header = oldest.map { "Head realtime timestamp: Tue \($0) 09:00:01 UTC (63f)\n" }
    let answers = header.map { ["journalctl --header --no-pager -q": $0] } ?? [:]
    let finding = try await look(files, answers: answers)
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }

  @Test(arguments: [
    ("90day", 7_776_000), ("1month 2w", 3_839_616), ("100", 100), ("1y", 31_557_600), ("x", nil),
    ("1 fortnight", nil), ("5min 20s", 320),
  ])
  func spans(_ text: String, _ seconds: Int?) {
    #expect(JournalSettings.seconds(text) == seconds)
  }

  @Test(arguments: [
    ("*.* @@logs.example:6514\n", ["rsyslogd"], Finding.Verdict.pass),
    ("*.* @logs.example\n", ["rsyslogd"], .pass),
    ("*.* action(type=\"omfwd\"\n  target=\"10.0.0.9\" port=\"6514\")\n", ["rsyslogd"], .pass),
    ("*.* @@logs.example:6514\n", ["init"], .fail), ("# *.* @@logs.example\n", ["rsyslogd"], .fail),
    ("*.* @@127.0.0.1:514\n", ["rsyslogd"], .fail), ("", ["vector"], .review),
    ("", ["init"], .fail),
  ])
  func forwarding(_ rules: String, _ running: [String], _ verdict: Finding.Verdict) async throws {
    let values: [String: JSONValue] = ["checks": .strings(["forwarding"])]
    let finding = try await look(["/etc/rsyslog.d/50-x.conf": rules], values, running: running)
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }
}
