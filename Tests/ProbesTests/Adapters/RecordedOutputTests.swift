import Checklist
import Foundation
import Testing

@testable import Probes

/// What the real programs wrote, recorded, and what is made of it.
///
/// docker 20.10.24, trivy 0.59.1, safety 2.3.5, pip-audit 2.10.1, fail2ban 1.0.2 and journalctl of
/// systemd 252. Of osv-scanner and cargo audit no program could be had to record: the texts of
/// `DependenciesAuditProbeTests` follow their documentation. npm runs in that suite for real.
@Suite("recorded outputs of real tools") struct RecordedOutputTests {
  private static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Recorded/\(name)").standardized.path
  }

  private static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// A context in which the file has just been handed over.
  private func context(_ kind: String, _ name: String) throws -> ProbeContext {
    let attributes = try FileManager.default.attributesOfItem(atPath: Self.path(name))
    let written = try #require(attributes[.modificationDate] as? Date)
    return ProbeContext(
      hostName: "ci", now: Timestamp(seconds: Int(written.timeIntervalSince1970) + 60),
      reports: [kind: [Self.path(name)]])
  }

  private func image(_ name: String, _ image: String) async throws -> Finding {
    await ContainerLayersProbe(parameters: Parameters(["image": .string(image)]))
      .run(in: try context("layers", name))
  }

  @Test("docker save of an image without secrets passes")
  func savedClean() async throws {
    let finding = try await image("docker-save-clean.tar", "shop:clean")
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.coverage["layers"] == 1 && finding.coverage["files"] == 1)
  }

  @Test("docker save of an image from which a later layer took .env fails")
  func savedHidden() async throws {
    let finding = try await image("docker-save-hidden.tar", "shop:hidden")
    #expect(finding.verdict == .fail)
    #expect(finding.summary.contains("app/.env (layer 1, taken away"), "\(finding.summary)")
    #expect(finding.summary.contains("API_KEY") && !"\(finding)".contains("correct-horse"))
  }

  @Test("docker history names the build argument and the variable")
  func history() async throws {
    let finding = try await image("docker-history.jsonl", "shop:bad")
    #expect(finding.verdict == .fail)
    #expect(finding.summary.contains("the build argument NPM_TOKEN"), "\(finding.summary)")
    #expect(finding.summary.contains("ENV API_KEY") && !"\(finding)".contains("npm_abcdefgh"))
  }

  @Test("docker inspect of containers and of an image")
  func inspected() async throws {
    let image: [String: JSONValue] = ["checks": .strings(["user"])]
    for (name, values, verdict) in [
      ("docker-inspect-good.json", [:], Finding.Verdict.review),
      ("docker-inspect-bad.json", [:], .fail), ("docker-inspect-image.json", image, .pass),
      ("docker-inspect-image.json", [:], .unknown),
    ] {
      let finding = await ContainerInspectProbe(parameters: Parameters(values))
        .run(in: try context("container", name))
      #expect(finding.verdict == verdict, "\(name) \(finding.summary)")
      // Started by name, not by digest, is all that is left to say of the good one.
      if verdict == .review { #expect(finding.details.count { $0.verdict == .review } == 1) }
      if verdict == .fail { #expect(finding.details.count { $0.verdict == .fail } == 3) }
    }
  }

  @Test("trivy names a secret, and packages that it cannot judge")
  func scanned() throws {
    let json = { (name: String) in try ToolJSON(Array(try Self.text(name).utf8)) }
    let now = try #require(Timestamp(rfc3339: "2026-11-22T10:00:00Z"))
    let secrets = ContainerImageScanProbe(
      parameters: Parameters(["checks": .strings(["secrets"]), "image": .string("bad.tar")]))
    let found = secrets.judge([try ImageScan(json("trivy-secrets.json"))], database: nil, now: now)
    #expect(found.verdict == .fail && found.message == "stripe-secret-token in /app/prod.conf")
    // Of a system that it does not know it lists the packages, and no flaw of any.
    let flaws = ContainerImageScanProbe(
      parameters: Parameters(["checks": .strings(["vulnerabilities"]), "image": .string("deb.tar")])
    )
    let packages = try ImageScan(json("trivy-packages.json"))
    let finding = flaws.judge([packages], database: now.rfc3339, now: now)
    #expect(packages.results.first?.packages == 2)
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test("pip-audit that skipped all, and safety with a database of its own, are no answers")
  func audited() throws {
    let now = try #require(Timestamp(rfc3339: "2026-11-22T10:00:00Z"))
    let read = { (name: String) in
      try AuditReport.read(
        try ToolJSON(Array(try Self.text(name).utf8)), within: .hours(24), now: now)
    }
    let skipped = try read("pip-audit-skipped.json")
    #expect(skipped.gaps.count == 2 && skipped.vulnerabilities == [])
    let clean = try read("safety-clean.json")
    #expect(clean.names == ["flask", "requests"] && clean.vulnerabilities == [])
    #expect(clean.gaps.count == 1 && clean.gaps[0].contains("a database of its own"))
    let found = try read("safety-found.json")
    #expect(found.vulnerabilities.map(\.id) == ["CVE-2024-35195"])
    #expect(found.vulnerabilities.map(\.severity) == [.unrated])
  }

  @Test("fail2ban-client status of a jail that bans")
  func jail() async throws {
    let copy = try MachineCopy([:])
    try copy.processes("fail2ban-server")
    let machine = copy.machine(["fail2ban-client status sshd": try Self.text("fail2ban-status.txt")]
    )
    let finding = await HostIntrusionBlockingProbe(parameters: Parameters()).look(at: machine)
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test("journalctl --header says how far the journal goes back")
  func journal() async throws {
    let machine = try MachineCopy([:]).machine([
      "journalctl --header --no-pager -q": try Self.text("journalctl-header.txt")
    ])
    #expect(await machine.oldestJournalEntry()?.rfc3339 == "2026-01-01T00:00:00Z")
  }
}
