/// A report of `trivy --format json`.
struct ImageScan: Equatable, Sendable {
  struct Result: Equatable, Sendable {
    var target: String
    /// `os-pkgs`, `lang-pkgs`, `secret` or `config`.
    var kind: String
    var type: String
    /// How many packages it lists.
    var packages: Int
    var vulnerabilities: [AuditReport.Vulnerability]
    /// Rule and place of each secret; never the secret.
    var secrets: [String]
  }

  /// What was scanned, such as `registry.example/app:1`.
  var artifact: String
  var isImage: Bool
  /// Digests under which registries know the image.
  var digests: [String]
  /// Whether its operating system is not known, so that nobody looked for flaws in its packages.
  var isUnrecognised: Bool
  /// Whether the operating system in it gets no more updates.
  var isEndOfLife: Bool
  /// When it was scanned.
  var created: String?
  var results: [Result]

  init(_ json: ToolJSON) throws(AuditReport.Fault) {
    guard json["SchemaVersion"]?.integer == 2 else {
      throw AuditReport.Fault(reason: "it is no report of trivy of schema 2")
    }
    artifact = json["ArtifactName"]?.string ?? ""
    isImage = json["ArtifactType"]?.string == "container_image"
    digests = (json["Metadata"]?["RepoDigests"]?.array ?? []).compactMap(\.string)
    isUnrecognised = json["Metadata"]?["OS"]?["Family"]?.string == "none"
    isEndOfLife = json["Metadata"]?["OS"]?["EOSL"]?.bool == true
    created = json["CreatedAt"]?.string
    guard let list = json["Results"]?.array else {
      throw AuditReport.Fault(reason: "it has no results, as if nothing was scanned")
    }
    results = []
    for item in list {
      guard let kind = item["Class"]?.string else {
        throw AuditReport.Fault(reason: "a result has no class")
      }
      results.append(
        Result(
          target: item["Target"]?.string ?? "", kind: kind, type: item["Type"]?.string ?? "",
          packages: item["Packages"]?.array?.count ?? 0,
          vulnerabilities: (item["Vulnerabilities"]?.array ?? []).map(Self.vulnerability),
          secrets: (item["Secrets"]?.array ?? []).map {
            "\($0["RuleID"]?.string ?? "secret") in \(item["Target"]?.string ?? "")"
          }))
    }
  }

  private static func vulnerability(_ item: ToolJSON) -> AuditReport.Vulnerability {
    AuditReport.Vulnerability(
      package: item["PkgName"]?.string ?? "", version: item["InstalledVersion"]?.string ?? "",
      id: item["VulnerabilityID"]?.string ?? "",
      severity: AuditReport.Severity(word: item["Severity"]?.string))
  }
}
