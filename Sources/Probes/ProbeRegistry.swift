/// All probes by id; a new probe is one line here.
public enum ProbeRegistry {
  /// In alphabetical order of their ids.
  public static let all: [any Probe.Type] = [
    APIMinimalFieldsProbe.self,
    AuthorizationProbe.self,
    BackupRecentProbe.self,
    CodeReviewSuspectsProbe.self,
    ConfigurationNoDebugProbe.self,
    ContainerDockerfileProbe.self,
    ContainerOrchestrationProbe.self,
    CookiesFlagsProbe.self,
    CORSOriginsProbe.self,
    CSRFRejectedProbe.self,
    DependenciesLockedProbe.self,
    DependenciesNotDeprecatedProbe.self,
    DependenciesPinnedProbe.self,
    DependenciesUpdateBotProbe.self,
    DisclosureSecurityTxtProbe.self,
    DocumentsExistProbe.self,
    EndpointsNotExposedProbe.self,
    ErrorsNoInternalsProbe.self,
    FilesPermissionsProbe.self,
    HeadersBannerProbe.self,
    HeadersSecurityProbe.self,
    HTTPBodyLimitProbe.self,
    HTTPMethodsProbe.self,
    HTTPRedirectsToHTTPSProbe.self,
    JWTLifetimeProbe.self,
    JWTRejectedWhenForgedProbe.self,
    LogsNoSensitiveDataProbe.self,
    OAuthRedirectProbe.self,
    PasswordsHashParametersProbe.self,
    PortsNotPublicProbe.self,
    PostgresTLSProbe.self,
    RateLimitLoginProbe.self,
    RateLimitPasswordResetProbe.self,
    RedisAuthenticationProbe.self,
    SecretsEnvIgnoredProbe.self,
    SecretsEnvironmentsDifferProbe.self,
    SecretsGitHistoryProbe.self,
    SessionEndsAtLogoutProbe.self,
    SessionIdentifiersProbe.self,
    SSHAuthenticationMethodsProbe.self,
    SSHServerAlgorithmsProbe.self,
    SSHServerConfigurationProbe.self,
    TLSCertificateProbe.self,
    TLSCipherSuitesProbe.self,
    TLSMinimumVersionProbe.self,
    WebhookSignatureProbe.self,
  ]

  /// The probe of that id, or nil.
  public static func probe(_ id: String) -> (any Probe.Type)? {
    all.first { $0.manual.id == id }
  }
}
