internal import Checklist

/// The manifests of a repository, and the reports about them.
struct AuditObservation: Sendable {
  let manifests: [ManifestObservation]
  private(set) var reports: [AuditReport] = []
  private(set) var gaps: [String] = []
  /// Files that were read, with digest and age.
  private(set) var origins: [String] = []

  init(manifests: [ManifestObservation]) { self.manifests = manifests }

  /// Reads a file that a tool wrote.
  mutating func add(_ path: String, _ within: Period, _ now: Timestamp) {
    do throws(ToolReport.Fault) {
      let file = try ToolReport(path, within: within, now: now)
      origins.append(file.origin(now))
      add(file.json, named: path, within, now)
    } catch {
      gaps.append(error.reason)
    }
  }

  /// Takes what a program wrote a moment ago.
  mutating func add(_ runs: [AuditRun.Answer]) {
    for run in runs {
      switch run.result {
      case .failure(let trouble): gaps.append("\(run.name): \(trouble.reason)")
      case .success(let json):
        origins.append("\(run.name), run now")
        add(json, named: run.name, .days(1), run.now)
      }
    }
  }

  mutating func add(_ json: ToolJSON, named name: String, _ within: Period, _ now: Timestamp) {
    do throws(AuditReport.Fault) {
      let report = try AuditReport.read(json, within: within, now: now)
      gaps += report.gaps.prefix(50).map { "\(report.tool): \($0)" }
      if report.dependencies == 0 { gaps.append("\(report.tool) looked at no dependency") }
      reports.append(report)
    } catch {
      gaps.append("\(name): \(error.reason)")
    }
  }

  /// Notes what the repository has and no report covers.
  mutating func compare(below top: String) {
    let covered = reports.reduce(into: Set<String>()) { $0.formUnion($1.ecosystems) }
    for manifest in manifests {
      switch manifest.reading {
      case .none: continue
      case .malformed(let reason): gaps.append("\(manifest.path.text): \(reason)")
      case .foreign:
        if !reports.contains(where: { ["trivy", "osv-scanner"].contains($0.tool) }) {
          gaps.append("no report covers \(manifest.path.text)")
        }
      case .dependencies:
        if !covered.contains(manifest.ecosystem) {
          gaps.append("no report covers \(manifest.path.text) (\(manifest.ecosystem))")
        } else {
          compare(manifest, below: top)
        }
      }
    }
  }

  private mutating func compare(_ manifest: ManifestObservation, below top: String) {
    guard let lock = manifest.lock?.path,
      case .content(let bytes) = FileBytes.read(lock, below: top, limit: LockSearch.sizeLimit)
    else { return }
    if lock.name == "package-lock.json" || lock.name == "npm-shrinkwrap.json" {
      let wanted = Self.packages(bytes)
      let seen = reports.filter { $0.ecosystems.contains("npm") }.reduce(0) { $0 + $1.dependencies }
      if seen < wanted {
        gaps.append("\(lock.text) has \(wanted) packages, and \(seen) were looked at")
      }
    } else if lock.name.hasPrefix("requirements") {
      let wanted = RequirementPins.names(String(decoding: bytes, as: UTF8.self))
      let named = reports.filter { $0.ecosystems.contains("pip") && !$0.names.isEmpty }
      guard !named.isEmpty else { return }
      let missing = wanted.subtracting(named.reduce(into: Set()) { $0.formUnion($1.names) })
      if !missing.isEmpty {
        let list = missing.sorted().prefix(5).joined(separator: ", ")
        gaps.append("\(lock.text) names \(list), which no report does")
      }
    }
  }

  /// How many packages a lock file of npm installs: neither the root nor links to workspaces.
  static func packages(_ bytes: [UInt8]) -> Int {
    guard let root = try? ToolJSON(bytes), let packages = root["packages"]?.object else { return 0 }
    return packages.filter { path, entry in
      path.contains("node_modules/") && entry["link"]?.bool != true
    }.count
  }
}
