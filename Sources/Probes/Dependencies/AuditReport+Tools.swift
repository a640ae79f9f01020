import Checklist

extension AuditReport {
  /// npm 7 and later, and the older form that pnpm still writes.
  static func npm(_ json: ToolJSON) throws(Fault) -> AuditReport {
    guard json["error"] == nil, json["message"] == nil else {
      throw Fault(reason: "the tool reports an error")
    }
    guard let metadata = json["metadata"], let totals = metadata["vulnerabilities"] else {
      throw Fault(reason: "it has no totals, as if it was cut off")
    }
    let all =
      metadata["totalDependencies"] ?? metadata["dependencies"]?["total"]
      ?? metadata["dependencies"]
    var report = AuditReport(
      tool: "npm audit", ecosystems: ["npm"],
      dependencies: try count(all, "how many dependencies it looked at"))
    if let found = json["vulnerabilities"]?.object {
      for (name, item) in found {
        report.vulnerabilities.append(
          Vulnerability(
            package: name, version: item["range"]?.string ?? "", id: identifier(item["via"]),
            severity: Severity(word: item["severity"]?.string)))
      }
    } else if let found = json["advisories"]?.object {
      report.tool = "pnpm audit"
      for (id, item) in found {
        report.vulnerabilities.append(
          Vulnerability(
            package: item["module_name"]?.string ?? "", version: "",
            id: item["github_advisory_id"]?.string ?? id,
            severity: Severity(word: item["severity"]?.string)))
      }
    } else {
      throw Fault(reason: "it has no list of vulnerabilities")
    }
    // The totals may not say more than the list does.
    for (word, severity) in [("high", Severity.high), ("critical", .critical)] {
      let total = try count(totals[word], "how many \(word) findings there are")
      if total > 0, !report.vulnerabilities.contains(where: { $0.severity >= severity }) {
        report.gaps.append("its totals name \(total) \(word) findings that it does not list")
      }
    }
    return report
  }

  private static func identifier(_ via: ToolJSON?) -> String {
    for cause in via?.array ?? [] {
      if let url = cause["url"]?.string { return String(url.split(separator: "/").last ?? "") }
    }
    return ""
  }

  static func pip(_ json: ToolJSON) throws(Fault) -> AuditReport {
    let items = json["dependencies"]?.array ?? []
    var report = AuditReport(
      tool: "pip-audit", ecosystems: ["Python", "pipenv", "pip"], dependencies: items.count)
    for item in items {
      guard let name = item["name"]?.string else { throw Fault(reason: "a dependency has no name") }
      if let reason = item["skip_reason"] {
        report.gaps.append("\(name) was skipped: \((reason.string ?? "").prefix(120))")
        continue
      }
      guard let found = item["vulns"]?.array else {
        throw Fault(reason: "\(name) has no result")
      }
      report.names.insert(RequirementPins.normal(name))
      for flaw in found {
        report.vulnerabilities.append(
          Vulnerability(
            package: name, version: item["version"]?.string ?? "", id: flaw["id"]?.string ?? "",
            severity: .unrated))
      }
    }
    return report
  }

  static func safety(
    _ json: ToolJSON, _ within: Period, _ now: Timestamp
  ) throws(Fault) -> AuditReport {
    guard let found = json["vulnerabilities"]?.array else {
      throw Fault(reason: "it has no list of vulnerabilities")
    }
    var report = AuditReport(
      tool: "safety", ecosystems: ["Python", "pipenv", "pip"],
      dependencies: try count(
        json["report_meta"]?["packages_found"], "how many packages it looked at"))
    report.names = Set((json["scanned_packages"]?.object ?? [:]).keys.map(RequirementPins.normal))
    let made = json["report_meta"]?["timestamp"]?.string?.replacing(" ", with: "T")
    report.gaps += age(made, "the report", within, now)
    if let path = json["report_meta"]?["local_database_path"]?.string {
      report.gaps.append("it was asked with a database of its own, \(path.prefix(120)), of any age")
    }
    let total = try count(
      json["report_meta"]?["vulnerabilities_found"], "how many vulnerabilities it found")
    if total > found.count { report.gaps.append("it found \(total) and lists \(found.count)") }
    report.vulnerabilities = found.map {
      Vulnerability(
        package: $0["package_name"]?.string ?? "", version: $0["analyzed_version"]?.string ?? "",
        id: $0["CVE"]?.string ?? $0["vulnerability_id"]?.string ?? "",
        severity: Severity(score: $0["severity"]?["cvssv3"]?["base_score"].flatMap(spelling)))
    }
    report.ignored = (json["ignored_vulnerabilities"]?.array ?? []).map {
      $0["vulnerability_id"]?.string ?? "one"
    }
    return report
  }

  private static func spelling(_ value: ToolJSON) -> String? {
    if case .number(let text) = value { text } else { value.string }
  }

  static func cargo(
    _ json: ToolJSON, _ within: Period, _ now: Timestamp
  ) throws(Fault) -> AuditReport {
    guard let found = json["vulnerabilities"]?["list"]?.array else {
      throw Fault(reason: "it has no list of vulnerabilities")
    }
    var report = AuditReport(
      tool: "cargo audit", ecosystems: ["Cargo"],
      dependencies: try count(
        json["lockfile"]?["dependency-count"], "how many dependencies it looked at"))
    report.gaps += age(
      json["database"]?["last-updated"]?.string, "the advisory database", within, now)
    if try count(json["database"]?["advisory-count"], "how many advisories it knows") == 0 {
      report.gaps.append("its database is empty")
    }
    report.vulnerabilities = found.map {
      Vulnerability(
        package: $0["package"]?["name"]?.string ?? "",
        version: $0["package"]?["version"]?.string ?? "",
        id: $0["advisory"]?["id"]?.string ?? "", severity: .unrated)
    }
    report.ignored = (json["settings"]?["ignore"]?.array ?? []).compactMap(\.string)
    return report
  }

  static func osv(_ json: ToolJSON) throws(Fault) -> AuditReport {
    guard let results = json["results"]?.array else {
      throw Fault(reason: "it has no list of results")
    }
    var report = AuditReport(tool: "osv-scanner", ecosystems: [], dependencies: 0)
    var clean = 0
    for result in results {
      guard let packages = result["packages"]?.array else {
        throw Fault(reason: "a source has no list of packages")
      }
      for item in packages {
        guard let name = item["package"]?["name"]?.string,
          let ecosystem = item["package"]?["ecosystem"]?.string
        else { throw Fault(reason: "a package has no name or ecosystem") }
        report.dependencies += 1
        report.ecosystems.formUnion(ecosystems(ofOSV: ecosystem))
        report.names.insert(RequirementPins.normal(name))
        let groups = item["groups"]?.array ?? []
        if groups.isEmpty && (item["vulnerabilities"]?.array ?? []).isEmpty { clean += 1 }
        let version = item["package"]?["version"]?.string ?? ""
        report.vulnerabilities += groups.map {
          Vulnerability(
            package: name, version: version, id: $0["ids"]?.array?.first?.string ?? "",
            severity: Severity(score: $0["max_severity"]?.string))
        }
        if groups.isEmpty, let flaws = item["vulnerabilities"]?.array {
          report.vulnerabilities += flaws.map {
            Vulnerability(
              package: name, version: version, id: $0["id"]?.string ?? "", severity: .unrated)
          }
        }
      }
    }
    if clean == 0 {
      report.gaps.append("it lists vulnerable packages only: run osv-scanner with --all-packages")
    }
    return report
  }

  private static func ecosystems(ofOSV name: String) -> Set<String> {
    switch name.split(separator: ":").first.map(String.init) ?? name {
    case "npm": ["npm"]
    case "PyPI": ["Python", "pipenv", "pip"]
    case "crates.io": ["Cargo"]
    case "Go": ["Go"]
    case "Packagist": ["Composer"]
    case "RubyGems": ["Bundler"]
    case "SwiftURL": ["SwiftPM"]
    case "Hex": ["Mix"]
    case "Pub": ["Pub"]
    case let other: [other]
    }
  }

  static func trivy(
    _ json: ToolJSON, _ within: Period, _ now: Timestamp
  ) throws(Fault) -> AuditReport {
    let scan = try ImageScan(json)
    var report = AuditReport(tool: "trivy", ecosystems: [], dependencies: 0)
    report.gaps += age(scan.created, "the scan", within, now)
    for result in scan.results where result.kind == "lang-pkgs" {
      report.ecosystems.formUnion(ecosystems(ofTrivy: result.type))
      report.dependencies += result.packages
      report.vulnerabilities += result.vulnerabilities
      if result.packages == 0 {
        report.gaps.append("\(result.target) lists no packages: run trivy with --list-all-pkgs")
      }
    }
    return report
  }

  private static func ecosystems(ofTrivy type: String) -> Set<String> {
    switch type {
    case "npm", "pnpm", "yarn", "bun", "node-pkg": ["npm"]
    case "pip", "pipenv", "poetry", "uv", "python-pkg": ["Python", "pipenv", "pip"]
    case "cargo": ["Cargo"]
    case "gomod", "gobinary": ["Go"]
    case "composer": ["Composer"]
    case "bundler", "gemspec": ["Bundler"]
    case "swift": ["SwiftPM"]
    case "cocoapods": ["CocoaPods"]
    case "hex": ["Mix"]
    case "pub": ["Pub"]
    default: [type]
    }
  }

  /// Why a date inside a report is too old, or none.
  static func age(
    _ text: String?, _ what: String, _ within: Period, _ now: Timestamp
  ) -> [String] {
    // Fractions and offsets are cut off; a day more or less is no matter here.
    guard let text, text.count >= 19, let date = Timestamp(rfc3339: text.prefix(19) + "Z") else {
      return ["it does not say of when \(what) is"]
    }
    if date + within < now { return ["\(what) is of \(date.short), older than \(within)"] }
    return date <= now + .days(1) ? [] : ["\(what) is dated ahead of now"]
  }
}
