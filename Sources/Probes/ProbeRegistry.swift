/// All probes by id; a new probe is one line here.
public enum ProbeRegistry {
  /// In alphabetical order of their ids.
  public static let all: [any Probe.Type] = [
    BackupRecentProbe.self,
    CodeReviewSuspectsProbe.self,
    ConfigurationNoDebugProbe.self,
    ContainerDockerfileProbe.self,
    ContainerOrchestrationProbe.self,
    CookiesFlagsProbe.self,
    CORSOriginsProbe.self,
    DependenciesLockedProbe.self,
    DependenciesNotDeprecatedProbe.self,
    DependenciesPinnedProbe.self,
    DependenciesUpdateBotProbe.self,
    DisclosureSecurityTxtProbe.self,
    DocumentsExistProbe.self,
    FilesPermissionsProbe.self,
    HeadersBannerProbe.self,
    HeadersSecurityProbe.self,
    HTTPRedirectsToHTTPSProbe.self,
    JWTLifetimeProbe.self,
    LogsNoSensitiveDataProbe.self,
    PasswordsHashParametersProbe.self,
    PortsNotPublicProbe.self,
    PostgresTLSProbe.self,
    RedisAuthenticationProbe.self,
    SecretsEnvIgnoredProbe.self,
    SecretsEnvironmentsDifferProbe.self,
    SecretsGitHistoryProbe.self,
    SSHAuthenticationMethodsProbe.self,
    SSHServerAlgorithmsProbe.self,
    SSHServerConfigurationProbe.self,
    TLSCertificateProbe.self,
    TLSCipherSuitesProbe.self,
    TLSMinimumVersionProbe.self,
  ]

  /// The probe of that id, or nil.
  public static func probe(_ id: String) -> (any Probe.Type)? {
    all.first { $0.manual.id == id }
  }
}
