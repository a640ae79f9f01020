import Checklist
import Testing

@testable import Probes

@Suite struct TLSRenewalProbeTests {
  private static let now = Timestamp(seconds: 1_795_300_000)
  private static let command =
    "systemctl show --timestamp=unix --property=Id,ActiveState,NextElapseUSecRealtime,LastTriggerUSec "
    + "certbot.timer snap.certbot.renew.timer certbot-renew.timer acme.timer acme.sh.timer "
    + "acme_letsencrypt.timer lego.timer dehydrated.timer cert-renewer.timer acmetool.timer"

  private func look(
    _ timers: String? = nil, _ files: [String: String] = [:], running: [String] = ["cron"]
  ) async throws -> Finding {
    let copy = try MachineCopy(files)
    for (number, name) in running.enumerated() { try copy.write("/proc/\(number + 3)/comm", name) }
    let machine = copy.machine(timers.map { [Self.command: $0] } ?? [:])
    return await TLSRenewalProbe(parameters: Parameters()).look(at: machine, now: Self.now)
  }

  @Test(arguments: [
    ("active", "@1795340000", Finding.Verdict.pass), ("active", "@1795299999", .pass),
    ("active", "@1795986400", .fail), ("active", "", .review), ("inactive", "", .review),
    ("failed", "@1795340000", .review),
  ])
  func timer(_ state: String, _ next: String, _ verdict: Finding.Verdict) async throws {
    let answer =
      "NextElapseUSecRealtime=\(next)\nLastTriggerUSec=\nId=certbot.timer\nActiveState=\(state)\n\n"
      + "NextElapseUSecRealtime=\nLastTriggerUSec=\nId=acme.timer\nActiveState=inactive\n"
    let finding = try await look(answer)
    #expect(finding.verdict == verdict, "\(finding.summary)")
  }

  @Test(arguments: [
    ("/etc/crontab", "17 3 * * * root certbot renew -q\n", Finding.Verdict.pass),
    ("/var/spool/cron/crontabs/root", "0 0 * * * \"/root/.acme.sh\"/acme.sh --cron\n", .pass),
    ("/etc/cron.d/x", "@daily root /usr/bin/lego --path /etc/lego renew\n", .pass),
    ("/etc/cron.daily/certs", "#!/bin/sh\ndehydrated --cron\n", .pass),
    ("/etc/crontab", "17 3 * * 1 root certbot renew -q\n", .review),
    ("/etc/crontab", "@weekly root certbot renew -q\n", .review),
    ("/etc/crontab", "# 17 3 * * * root certbot renew -q\n", .review),
    ("/etc/crontab", "17 3 * * * root certbot certificates\n", .review),
  ])
  func cron(_ file: String, _ text: String, _ verdict: Finding.Verdict) async throws {
    #expect(try await look(nil, [file: text]).verdict == verdict)
  }

  @Test func cronHasToRun() async throws {
    let files = ["/etc/crontab": "17 3 * * * root certbot renew -q\n"]
    #expect(try await look(nil, files, running: ["sh"]).verdict == .review)
  }

  @Test func stepsAsideAsDebiansLineDoes() async throws {
    let line =
      "0 */12 * * * root test -x /usr/bin/certbot -a \\! -d /run/systemd/system && certbot -q renew\n"
    #expect(try await look(nil, ["/etc/cron.d/certbot": line]).verdict == .pass)
    #expect(
      try await look(nil, ["/etc/cron.d/certbot": line, "/run/systemd/system/x": ""]).verdict
        == .review)
  }

  @Test func leavesServersThatRenewToAPerson() async throws {
    #expect(try await look(nil, running: ["caddy"]).verdict == .review)
  }
}
