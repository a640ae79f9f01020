import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct HostIntrusionBlockingProbeTests {
  private let probe = HostIntrusionBlockingProbe(parameters: Parameters())

  private static let debian = [
    "/etc/fail2ban/jail.conf": "[DEFAULT]\nenabled = false\nbantime = 10m\n[sshd]\nport = ssh\n",
    "/etc/fail2ban/jail.d/defaults-debian.conf": "[sshd]\nenabled = true\n",
  ]

  @Test func passesOnAJailThatRuns() async throws {
    let copy = try MachineCopy(Self.debian)
    try copy.processes("systemd", "fail2ban-server")
    #expect(await probe.look(at: copy.machine()).verdict == .pass)
    let asked = copy.machine([
      "fail2ban-client status sshd": "Status for the jail: sshd\n|- Filter\n"
    ])
    #expect(await probe.look(at: asked).message == "repeated failures are blocked")
  }

  @Test(arguments: [
    ["/etc/fail2ban/jail.local": "[sshd]\nenabled = false # off\n"],
    ["/etc/fail2ban/jail.d/zz.local": "[sshd]\nenabled: no\n"],
    ["/etc/fail2ban/jail.d/defaults-debian.conf": "# [sshd]\n# enabled = true\n"],
    ["/etc/fail2ban/jail.d/defaults-debian.conf": "[ sshd ]\n  enabled = true\n"],
  ])
  func failsOnAJailThatIsOff(_ more: [String: String]) async throws {
    let copy = try MachineCopy(Self.debian.merging(more) { $1 })
    try copy.processes("fail2ban-server")
    let finding = await probe.look(at: copy.machine())
    #expect(finding.verdict == .fail, "\(finding.summary)")
  }

  @Test func failsWhereItIsInstalledAndDoesNotRun() async throws {
    let copy = try MachineCopy(Self.debian)
    try copy.processes("systemd", "sshd")
    let finding = await probe.look(at: copy.machine())
    #expect(finding.verdict == .fail)
    #expect(finding.hint?.contains("jail.local") == true)
  }

  @Test(arguments: [
    (["sshguard"], Finding.Verdict.pass), (["crowdsec", "crowdsec-firewa"], .pass),
    (["crowdsec"], .review), (["my-fail2ban-server"], .fail),
  ])
  func knowsOthers(_ names: [String], _ verdict: Finding.Verdict) async throws {
    let copy = try MachineCopy()
    for (number, name) in names.enumerated() { try copy.write("/proc/\(number + 7)/comm", name) }
    #expect(await probe.look(at: copy.machine()).verdict == verdict)
  }

  @Test func unknownWithoutProcesses() async throws {
    #expect(await probe.look(at: try MachineCopy(Self.debian).machine()).verdict == .unknown)
    let odd = HostIntrusionBlockingProbe(parameters: Parameters(["jails": .strings(["--help"])]))
    #expect(await odd.look(at: .real).verdict == .unknown)
  }

  @Test func leavesTheServersOwnPenaltiesToAPerson() async throws {
    let copy = try MachineCopy()
    try copy.processes("sshd")
    let machine = copy.machine(["sshd -T": "port 22\npersourcepenalties crash:90 authfail:5\n"])
    #expect(await probe.look(at: machine).verdict == .review)
  }
}
