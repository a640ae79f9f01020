import Checklist
import Testing

@testable import Probes

@Suite struct HostUpdatesProbeTests {
  private static let now = Timestamp(rfc3339: "2026-11-22T06:00:00Z") ?? Timestamp(seconds: 0)
  private static let list = "/var/lib/apt/lists/deb_dists_bookworm-security_InRelease"
  private static let fresh = "Origin: Debian\nDate: Sat, 21 Nov 2026 20:09:54 UTC\n"
  private static let command = "apt-get -s -q dist-upgrade"
  private static let security =
    "Inst libssl3 [3.0.17-1] (3.0.18-1~deb12u1 Debian-Security:12/oldstable-security [amd64])\n"
  private static let other = "Inst base-files [12.4] (12.5 Debian:12.5/oldstable [amd64]) []\n"

  private func look(
    _ answer: String?, release: String? = fresh, kernels: [String] = ["6.1.0-29-amd64"],
    isRoot: Bool = true, checks: [String] = HostUpdatesProbe.allChecks,
    files: [String: String] = [:]
  ) async throws -> Finding {
    let copy = try MachineCopy(files)
    try copy.write("/var/lib/apt/lists/lock", "")
    if let release { try copy.write(Self.list, release) }
    for kernel in kernels { try copy.write("/boot/vmlinuz-\(kernel)", "") }
    let machine = copy.machine(answer.map { [Self.command: $0] } ?? [:])
    return await HostUpdatesProbe(parameters: Parameters(["checks": .strings(checks)]))
      .look(at: machine, kernel: "6.1.0-29-amd64", isRoot: isRoot, now: Self.now)
  }

  @Test func passesWhereNothingWaitsForSecurity() async throws {
    for answer in ["Reading package lists...\n", Self.other] {
      let finding = try await look(answer)
      #expect(finding.verdict == .pass, "\(finding.summary)")
    }
  }

  @Test(arguments: [
    security, security + other,
    "Inst openssl [1] (2 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64])\n",
    "Inst linux-image-6.1.0-30-amd64 (6.1.124-1 Debian-Security:12/oldstable-security [amd64])\n",
  ])
  func failsOnASecurityUpdate(_ answer: String) async throws {
    let finding = try await look(answer)
    #expect(finding.verdict == .fail, "\(finding.summary)")
    #expect(finding.facts["pending"]?.isEmpty == false)
  }

  @Test(
    "unknown where the lists are stale, from the future, or not there",
    arguments: [
      "Date: Sat, 14 Nov 2026 20:09:54 UTC\n", "Date: Sat, 28 Nov 2026 20:09:54 UTC\n", "", nil,
      "Date: Sat, 21 Nov 2026 20:09:54 UTC\nValid-Until: Sun, 22 Nov 2026 01:00:00 UTC\n",
      "Date: yesterday\n", "Date: Sat, 31 Feb 2026 20:09:54 UTC\n",
    ] as [String?])
  func stale(_ release: String?) async throws {
    let finding = try await look("", release: release)
    #expect(finding.verdict == .unknown, "\(finding.summary)")
    #expect(finding.hint?.contains("apt-get update") == true)
  }

  @Test func unknownWithoutAnAnswer() async throws {
    #expect(try await look(nil).verdict == .unknown)
    #expect(try await look("Inst libssl3\n").verdict == .unknown)
    let none = await HostUpdatesProbe(parameters: Parameters())
      .look(at: try MachineCopy().machine(), kernel: "6", isRoot: true, now: Self.now)
    #expect(none.verdict == .unknown)
  }

  @Test func failsOnWhatWaitsForARestart() async throws {
    #expect(
      try await look("", kernels: ["6.1.0-9-amd64", "6.1.0-30-amd64"]).verdict == .fail)
    #expect(
      try await look("", kernels: ["6.1.0-9-amd64", "6.1.0-29-amd64"]).verdict == .pass)
    #expect(try await look("", kernels: []).verdict == .review)
    #expect(try await look("", kernels: ["6.1.0-30-cloud-amd64"]).verdict == .review)
    #expect(try await look("", files: ["/run/reboot-required": ""]).verdict == .fail)
    let stale = [
      "/proc/7/comm": "nginx\n",
      "/proc/7/maps": "7f0 r-xp 00000000 08:01 1 /usr/lib/libssl.so.3 (deleted)\n",
    ]
    let finding = try await look("", files: stale)
    #expect(finding.verdict == .fail)
    #expect(finding.message.hasPrefix("nginx still runs"))
  }

  @Test func unknownWithoutRootForOtherProcesses() async throws {
    #expect(try await look("", isRoot: false).verdict == .unknown)
    #expect(try await look("", isRoot: false, checks: ["pending"]).verdict == .pass)
  }

  @Test func readsWhatAptReallyAnswers() async throws {
    let answer = try await Machine.real.run("apt-get", ["-s", "-q", "dist-upgrade"]).get()
    try #require(answer.succeeded, "\(answer.errors)")
    let lines = answer.text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("Inst ") }
    let read = try #require(PendingUpgrade.read(answer.text))
    #expect(read.count == lines.count)
    #expect(read.filter(\.isSecurity).count == lines.filter { $0.contains("-security") }.count)
  }
}
