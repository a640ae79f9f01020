/// All probes by id; a new probe is one line here.
public enum ProbeRegistry {
  /// In alphabetical order of their ids.
  public static let all: [any Probe.Type] = [
    ContainerDockerfileProbe.self,
    CookiesFlagsProbe.self,
    DependenciesLockedProbe.self,
    DisclosureSecurityTxtProbe.self,
    HeadersSecurityProbe.self,
    HTTPRedirectsToHTTPSProbe.self,
    PortsNotPublicProbe.self,
    SecretsEnvIgnoredProbe.self,
    SecretsGitHistoryProbe.self,
    SSHServerConfigurationProbe.self,
    TLSCertificateProbe.self,
    TLSMinimumVersionProbe.self,
  ]

  /// The probe of that id, or nil.
  public static func probe(_ id: String) -> (any Probe.Type)? {
    all.first { $0.manual.id == id }
  }
}
