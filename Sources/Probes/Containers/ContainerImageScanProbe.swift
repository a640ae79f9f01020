public import Checklist

/// Whether a scanner looked at the image that ships and found nothing grave.
public struct ContainerImageScanProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "container.image-scan", version: 1,
    claim: "A scan of the image that ships found no critical flaw and no secret.",
    standards: ["NIST RA-5", "NIST SI-2"], scope: .repository,
    method: """
      Reads the report of `trivy image --format json --list-all-pkgs --scanners vuln,secret`, from \
      --from or from `report`, up to 64 MiB, no older than `within` by its own date. It has to be of \
      an image, with packages in it, and of the image that `image` names. The age of the database \
      comes from `trivy version --format json`, handed over beside it; without that a person \
      judges. A report without secrets does not show that any were looked for. Nothing is run.
      """,
    facts: "the image, and each flaw that is too grave",
    fix: "Build on a newer base image and update what is named; rotate secrets that were in it.",
    reproduce: "trivy image --exit-code 1 --severity CRITICAL IMAGE; echo $?",
    parameters: [
      .init("report", .text, "path of a report, beside those of --from"),
      .init("image", .text, "the image that ships, by name and best by digest"),
      .init(
        "severity", .text,
        "from which severity a flaw fails: low, moderate, high, critical (default)"),
      .init(
        "within", .period, "greatest age of scan and database; 24h unless given", stricter: .lower),
      .init(
        "checks", .texts, "out of vulnerabilities, secrets; both unless given", stricter: .more),
    ],
    standsFor: ["trivy image"], reports: ["image"])

  static let allChecks = ["vulnerabilities", "secrets"]

  private let report: String?
  private let image: String?
  private let severity: AuditReport.Severity
  private let within: Period
  private let checks: [String]

  /// A probe with those limits.
  public init(parameters: Parameters) {
    report = parameters.text("report")
    image = parameters.text("image")
    severity = AuditReport.Severity(word: parameters.text("severity") ?? "critical")
    within = parameters.period("within") ?? .hours(24)
    checks = parameters.texts("checks") ?? Self.allChecks
  }

  /// Reads the reports.
  public func run(in context: ProbeContext) async -> Finding {
    Self.local(look(in: context), context)
  }

  private func look(in context: ProbeContext) -> Finding {
    guard severity != .unrated, !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "there is no such severity or check", hint: "see launchgate probes show \(Self.manual.id)")
    }
    let paths = (context.reports["image"] ?? []) + (report.map { [$0] } ?? [])
    guard !paths.isEmpty else {
      return .unknown(
        "no report of a scan was handed over",
        hint: "trivy image --format json --list-all-pkgs -o image.json IMAGE; "
          + "launchgate probe --from image=image.json")
    }
    var scans: [ImageScan] = []
    var database: String?
    var origins: [String] = []
    for path in paths {
      do throws(ToolReport.Fault) {
        let file = try ToolReport(path, within: within, now: context.now)
        origins.append(file.origin(context.now))
        if let version = file.json["VulnerabilityDB"] {
          database = version["UpdatedAt"]?.string ?? ""
          continue
        }
        scans.append(try scan(file))
      } catch {
        return error.finding
      }
    }
    var finding = judge(scans, database: database, now: context.now)
    finding.transcript = (origins + [finding.transcript]).joined(separator: "\n")
    return finding
  }

  private func scan(_ file: ToolReport) throws(ToolReport.Fault) -> ImageScan {
    do throws(AuditReport.Fault) {
      return try ImageScan(file.json)
    } catch {
      throw .init(reason: "\(file.path): \(error.reason)", hint: "hand over trivy's report in JSON")
    }
  }

  /// Fails on what is too grave; unknown where the report is of something else or too old.
  func judge(_ scans: [ImageScan], database: String?, now: Timestamp) -> Finding {
    var parts = scans.flatMap { details($0, now) }
    if scans.isEmpty { parts.append(.init(.unknown, "no report of a scan was handed over")) }
    if checks.contains("vulnerabilities") {
      if let database {
        parts += AuditReport.age(database, "trivy's database", within, now).map {
          .init(.unknown, $0)
        }
      } else {
        parts.append(.init(.review, "it is not known how old trivy's database was"))
      }
    }
    var facts: [String: String] = [:]
    for scan in scans {
      facts["image"] = scan.digests.sorted().joined(separator: " ")
      for flaw in grave(scan) { facts["\(flaw.package) \(flaw.id)"] = flaw.severity.word }
    }
    return .judged(
      parts, pass: "the scan found nothing that is too grave",
      WayOut(
        fix: Self.manual.fix,
        review: "say what the report leaves open, or hand it over: trivy version --format json",
        unknown: "scan the image that ships: trivy image --format json --list-all-pkgs IMAGE"),
      facts: facts,
      coverage: ["packages": scans.flatMap(\.results).reduce(0) { $0 + $1.packages }])
  }

  private func grave(_ scan: ImageScan) -> [AuditReport.Vulnerability] {
    guard checks.contains("vulnerabilities") else { return [] }
    return Set(scan.results.flatMap(\.vulnerabilities)).filter { $0.severity >= severity }
      .sorted { ($0.package, $0.id) < ($1.package, $1.id) }
  }

  private func details(_ scan: ImageScan, _ now: Timestamp) -> [Finding.Detail] {
    var details = AuditReport.age(scan.created, "the scan", within, now).map {
      Finding.Detail(.unknown, $0)
    }
    if !scan.isImage { details.append(.init(.unknown, "\(scan.artifact) is no image")) }
    details += identity(scan)
    if checks.contains("vulnerabilities") {
      details += grave(scan).map {
        .init(.fail, "\($0.package) \($0.version): \($0.id), \($0.severity.word)")
      }
      if scan.isEndOfLife {
        details.append(.init(.fail, "the system in the image gets no more security updates"))
      }
      if scan.isUnrecognised {
        details.append(
          .init(
            .unknown, "trivy does not know the system in the image, so its packages are not judged")
        )
      }
      let packages = scan.results.filter { $0.kind.hasSuffix("-pkgs") }
      let count = packages.reduce(0) { $0 + $1.packages }
      details.append(
        count > 0
          ? .init(.pass, count.counted("package was", "packages were") + " looked at")
          : .init(.unknown, "the report lists no packages: run trivy with --list-all-pkgs"))
    }
    if checks.contains("secrets") {
      let secrets = scan.results.flatMap(\.secrets)
      details += secrets.map { .init(.fail, "\($0)") }
      if secrets.isEmpty {
        details.append(.init(.review, "no secret is named; the report does not say if it looked"))
      }
    }
    return details
  }

  private func identity(_ scan: ImageScan) -> [Finding.Detail] {
    guard let image else {
      return [.init(.review, "the scan is of \(scan.artifact); is that the image that ships?")]
    }
    let digest = image.firstRange(of: "@").map { image[$0.upperBound...] }
    let isSame =
      digest.map { digest in scan.digests.contains { $0.hasSuffix(digest) } }
      ?? (scan.artifact == image)
    return [
      isSame
        ? .init(.pass, "the scan is of \(image)")
        : .init(.unknown, "the scan is of \(scan.artifact), not of \(image)")
    ]
  }
}
