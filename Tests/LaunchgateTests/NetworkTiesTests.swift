import BundledChecklists
import Checklist
import Testing

/// Points that a view from outside decides or supports are tied to the probes that have it.
@Suite struct NetworkTiesTests {
  static let ties: [(checklist: String, point: String, probes: Set<String>)] = [
    ("production-25", "1.1", ["tls.certificate"]),
    ("production-25", "1.2", ["http.redirects-to-https"]),
    ("production-25", "1.3", ["tls.minimum-version", "tls.cipher-suites"]),
    ("production-25", "2.1", ["ports.not-public"]), ("production-25", "2.2", ["ports.not-public"]),
    ("production-25", "7.2", ["headers.security"]), ("production-25", "10.1", ["headers.security"]),
    ("production-25", "10.2", ["headers.security"]),
    ("production-25", "10.3", ["headers.security"]),
    ("production-25", "10.4", ["headers.security"]),
    ("production-25", "10.5", ["headers.security"]),
    ("production-25", "10.6", ["headers.security"]), ("production-25", "12.4", ["cookies.flags"]),
    ("production-25", "25.1", ["disclosure.security-txt"]),
    (
      "go-live-20", "1.1",
      ["tls.certificate", "tls.minimum-version", "tls.cipher-suites", "http.redirects-to-https"]
    ),
    ("go-live-20", "1.2", ["headers.security"]), ("go-live-20", "13.1", ["headers.security"]),
    ("go-live-20", "13.2", ["headers.security"]), ("go-live-20", "13.3", ["headers.security"]),
    ("go-live-20", "14.1", ["ports.not-public"]),
    ("saas-playbook", "1.14", ["cors.origins"]), ("saas-playbook", "3.3", ["cookies.flags"]),
    ("saas-playbook", "5.1", ["ports.not-public"]),
    ("saas-playbook", "5.8", ["ssh.authentication-methods"]),
    ("saas-playbook", "6.1", ["tls.certificate"]),
    ("saas-playbook", "6.3", ["http.redirects-to-https"]),
    ("saas-playbook", "6.7", ["tls.certificate", "tls.minimum-version", "tls.cipher-suites"]),
    ("saas-playbook", "7.1", ["headers.security"]), ("saas-playbook", "7.12", ["headers.security"]),
    ("saas-playbook", "8.2", ["ports.not-public"]),
    ("saas-playbook", "8.9", ["redis.authentication"]),
  ]

  @Test(arguments: ties.indices) func aPointHasItsProbes(_ index: Int) throws {
    let tie = Self.ties[index]
    let checklist = try Checklist.read(
      yaml: BundledChecklists.yaml(tie.checklist) ?? "", file: "\(tie.checklist).yaml")
    let point = try #require(checklist.points.first { $0.id == tie.point })
    #expect(
      tie.probes.isSubset(of: point.probes.map(\.id)), "\(tie.checklist) \(tie.point)")
  }
}
