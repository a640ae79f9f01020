import Checklist

/// What an audit of dependencies saw, whichever tool made it.
struct AuditReport: Equatable, Sendable {
  /// How bad a known flaw is, in the tool's own judgement.
  enum Severity: Int, Comparable, Sendable {
    case low, moderate, high, critical
    /// The tool does not say; whoever has to be safe takes it for the worst.
    case unrated

    static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

    init(word: String?) {
      switch word?.lowercased() {
      case "info", "negligible", "none", "low": self = .low
      case "moderate", "medium": self = .moderate
      case "high": self = .high
      case "critical": self = .critical
      default: self = .unrated
      }
    }

    /// CVSS v3.1 section 5: high from 7.0, critical from 9.0.
    init(score: String?) {
      guard let score = score.flatMap(Double.init), score >= 0, score <= 10 else {
        self = .unrated
        return
      }
      self = score >= 9 ? .critical : score >= 7 ? .high : score >= 4 ? .moderate : .low
    }

    var word: String {
      switch self {
      case .low: "low"
      case .moderate: "moderate"
      case .high: "high"
      case .critical: "critical"
      case .unrated: "without a severity"
      }
    }
  }

  /// A known flaw in a dependency.
  struct Vulnerability: Hashable, Sendable {
    var package: String
    var version: String
    var id: String
    var severity: Severity
  }

  /// Who made it, such as `npm audit`.
  var tool: String
  /// Package managers whose dependencies it covers, as `Ecosystem` names them.
  var ecosystems: Set<String>
  /// How many dependencies it looked at.
  var dependencies: Int
  /// Their names, where the tool lists all of them.
  var names: Set<String> = []
  var vulnerabilities: [Vulnerability] = []
  /// Why it is not the whole answer.
  var gaps: [String] = []
  /// What somebody told the tool to leave out.
  var ignored: [String] = []

  /// Why a document is no report that is understood.
  struct Fault: Error, Equatable { var reason: String }

  /// Reads the JSON of npm, pnpm, pip-audit, osv-scanner, trivy, safety or cargo audit.
  static func read(
    _ json: ToolJSON, within: Period, now: Timestamp
  ) throws(Fault) -> AuditReport {
    guard let root = json.object else { throw Fault(reason: "it is no report that is known") }
    if root["auditReportVersion"] != nil || root["advisories"] != nil { return try npm(json) }
    if let error = root["error"] ?? root["message"] {
      let text = error.string ?? error["summary"]?.string ?? error["code"]?.string ?? ""
      throw Fault(reason: "the tool reports an error: \(text.prefix(200))")
    }
    if root["dependencies"]?.array != nil { return try pip(json) }
    if root["SchemaVersion"] != nil { return try trivy(json, within, now) }
    if root["report_meta"] != nil { return try safety(json, within, now) }
    if root["database"] != nil, root["lockfile"] != nil { return try cargo(json, within, now) }
    if root["results"] != nil { return try osv(json) }
    throw Fault(reason: "it is no report that is known")
  }

  /// A number of things, of which there are no more than a billion: sums of them stay numbers.
  static func count(_ value: ToolJSON?, _ what: String) throws(Fault) -> Int {
    guard let count = value?.integer, (0...1_000_000_000).contains(count) else {
      throw Fault(reason: "it does not say \(what)")
    }
    return count
  }
}
