internal import Checklist

/// What tools say of the example shop, in the formats in which they say it.
///
/// They are of the example as its image, its container and its dependencies are of it: nothing was
/// built and nothing runs but the shop itself.
struct DemoReports: Sendable {
  /// The image that the shop ships.
  static let imageName = "registry.acme.example/shop:4.2.0"

  var now: Timestamp

  /// `npm audit --json` of the two dependencies.
  var audit: String {
    """
    {"auditReportVersion":2,"vulnerabilities":{},"metadata":{
    "vulnerabilities":{"info":0,"low":0,"moderate":0,"high":0,"critical":0,"total":0},
    "dependencies":{"prod":3,"dev":0,"optional":0,"peer":0,"peerOptional":0,"total":2}}}

    """
  }

  /// `docker inspect shop`.
  var container: String {
    """
    [{"Id":"\(String(repeating: "7c1e90b2", count: 8))","Name":"/shop","Mounts":[],
    "Config":{"User":"1000","Image":"\(Self.imageName)"},
    "HostConfig":{"Memory":536870912,"Privileged":false,"CapAdd":null,"CapDrop":["ALL"],"Binds":null}}]

    """
  }

  /// `trivy image --format json --list-all-pkgs --scanners vuln,secret` of the image.
  func image(holdsToken: Bool) -> String {
    let secret = #"""
      ,{"Target":"/shop/config.json","Class":"secret","Secrets":[
      {"RuleID":"generic-api-token","Category":"general","Severity":"HIGH","Match":"*****"}]}
      """#
    return """
      {"SchemaVersion":2,"CreatedAt":"\(now.rfc3339)","ArtifactName":"\(Self.imageName)",
      "ArtifactType":"container_image","Metadata":{"OS":{"Family":"debian","Name":"12.8"},
      "RepoDigests":["registry.acme.example/shop@sha256:\(String(repeating: "4f6e2a91", count: 8))"]},
      "Results":[{"Target":"\(Self.imageName) (debian 12.8)","Class":"os-pkgs","Type":"debian",
      "Packages":[{"Name":"base-files","Version":"12.4"},{"Name":"libc6","Version":"2.36-9"},
      {"Name":"libssl3","Version":"3.0.15-1"}]}\(holdsToken ? secret : "")]}

      """
  }
}
