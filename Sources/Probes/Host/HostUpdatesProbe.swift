public import Checklist
internal import Foundation
internal import Glibc

/// Whether security updates wait to be installed, or installed ones wait for a restart.
public struct HostUpdatesProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "host.updates", version: 1,
    claim: "No security update waits on this machine, and what runs is what was installed.",
    standards: ["lynis PKGS-7392", "lynis KRNL-5830", "NIST SI-2"], scope: .host,
    method: """
      Runs `apt-get -s dist-upgrade`, which changes nothing and needs no root, and counts what \
      comes from a security suite. The package lists must be signed within `within` (Date of \
      InRelease, Valid-Until heeded); `apt-get update` is never run. Then it compares the running \
      kernel with those in /boot, looks for /run/reboot-required, and, as root, for processes that \
      still map a deleted libssl or libcrypto. Only Debian and its kin; only on a machine listed \
      in the target's hosts.
      """,
    facts: "the packages with a security update, and what waits for a restart",
    fix: "sudo apt-get update && sudo apt-get dist-upgrade, then restart what runs old code.",
    reproduce: "apt-get -s dist-upgrade | grep -- -security; uname -r; ls /run/reboot-required",
    tools: ["apt-get"],
    parameters: [
      .init(
        "within", .period, "greatest age of the package lists; 7d unless given", stricter: .lower),
      .init(
        "checks", .texts, "out of pending, restart; both unless given", stricter: .more),
    ],
    standsFor: ["apt-get -s upgrade"])

  static let allChecks = ["pending", "restart"]

  private let within: Period
  private let checks: [String]

  /// A probe with that limit and those checks.
  public init(parameters: Parameters) {
    within = parameters.period("within") ?? .days(7)
    checks = parameters.texts("checks") ?? Self.allChecks
  }

  /// Asks apt, and looks at what runs.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { machine in
      await look(at: machine, kernel: Self.kernel, isRoot: geteuid() == 0, now: context.now)
    }
  }

  /// What `uname -r` says.
  private static var kernel: String {
    var name = utsname()
    guard uname(&name) == 0 else { return "" }
    return withUnsafePointer(to: &name.release) {
      $0.withMemoryRebound(to: CChar.self, capacity: 65) { String(cString: $0) }
    }
  }

  func look(at machine: Machine, kernel: String, isRoot: Bool, now: Timestamp) async -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))", hint: "checks may hold pending, restart"
      )
    }
    guard machine.exists("/var/lib/apt/lists") else {
      return .unknown(
        "this machine has no lists of apt", hint: "look by hand, with the package manager it has")
    }
    var details: [Finding.Detail] = []
    var facts: [String: String] = [:]
    if checks.contains("pending") {
      let lists = PackageLists(machine)
      details.append(lists.detail(within, now))
      let pending = await pending(machine)
      details += pending.details
      facts["pending"] = pending.names.joined(separator: ", ")
    }
    if checks.contains("restart") {
      let restart = Self.restart(machine, kernel: kernel, isRoot: isRoot)
      details += restart
      facts["restart"] = restart.filter { $0.verdict != .pass }.map(\.text).joined(separator: ", ")
    }
    return .judged(
      details, pass: "no security update waits",
      WayOut(
        fix: Self.manual.fix, review: "say why it may wait",
        unknown: "run sudo apt-get update first, then launchgate with sudo"),
      facts: facts)
  }

  private func pending(_ machine: Machine) async -> (names: [String], details: [Finding.Detail]) {
    switch await machine.run("apt-get", ["-s", "-q", "dist-upgrade"]) {
    case .failure(let failure): return ([], [.init(.unknown, failure.reason)])
    case .success(let answer) where !answer.succeeded:
      return ([], [.init(.unknown, "apt-get: \(answer.complaint)")])
    case .success(let answer):
      guard let upgrades = PendingUpgrade.read(answer.text) else {
        return ([], [.init(.unknown, "the answer of apt-get is not understood")])
      }
      let security = upgrades.filter(\.isSecurity)
      var details = security.map {
        Finding.Detail(.fail, "\($0.name) \($0.version) waits, from \($0.origin)")
      }
      let text =
        upgrades.count.counted("update waits", "updates wait")
        + ", \(security.count) of them for security"
      if security.count > 1 { details.insert(.init(.fail, text), at: 0) }
      if security.isEmpty { details = [.init(.pass, text)] }
      return (security.map(\.name).sorted(), details)
    }
  }

  static func restart(_ machine: Machine, kernel: String, isRoot: Bool) -> [Finding.Detail] {
    var details: [Finding.Detail] = []
    if machine.exists("/run/reboot-required") || machine.exists("/var/run/reboot-required") {
      details.append(.init(.fail, "this machine waits for a restart (/run/reboot-required)"))
    }
    details.append(kernelDetail(machine, kernel))
    guard isRoot else {
      return details + [.init(.unknown, "only root sees which libraries other processes use")]
    }
    let stale = machine.processesWithDeletedLibraries()
    details += stale.map { .init(.fail, "\($0) still runs with an OpenSSL that was replaced") }
    if stale.isEmpty {
      details.append(.init(.pass, "no process uses an OpenSSL that was replaced"))
    }
    return details
  }

  /// Compares with the newest kernel of the same flavour in /boot.
  private static func kernelDetail(_ machine: Machine, _ running: String) -> Finding.Detail {
    let installed = (machine.list("/boot") ?? []).filter { $0.hasPrefix("vmlinuz-") }
      .map { String($0.dropFirst("vmlinuz-".count)) }
    guard !installed.isEmpty else {
      return .init(.review, "no kernel is installed here; \(running) came from elsewhere")
    }
    let kin = installed.filter { flavour($0) == flavour(running) }
    let newest = kin.max { $0.compare($1, options: .numeric) == .orderedAscending }
    guard let newest else {
      return .init(.review, "the running kernel \(running) is of another kind than those in /boot")
    }
    return newest.compare(running, options: .numeric) == .orderedDescending
      ? .init(.fail, "the kernel \(running) runs, \(newest) is installed")
      : .init(.pass, "the newest installed kernel runs: \(running)")
  }

  /// `cloud-amd64` of `6.1.0-29-cloud-amd64`: what follows the numbers.
  private static func flavour(_ kernel: String) -> String {
    kernel.split(separator: "-").drop { $0.first?.isNumber == true }.joined(separator: "-")
  }
}
