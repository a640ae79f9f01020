/// A place that the launch is served from; everything is optional.
public struct Target: Hashable, Sendable {
  /// `https://shop.example` or `http://…`; nil for a launch without any URL.
  public var url: String?
  /// Paths that are looked at beside `/`, such as `/login`.
  public var paths: [String]
  /// Machines that serve it, by host name: probes of a host count only for these.
  public var hosts: [String]
  /// Path or URL of the login, for probes that need one.
  public var login: String?
  /// File with the PEM certificates that are trusted instead of the system's.
  public var caFile: String?
  /// Host name to address, instead of DNS.
  public var resolve: [String: String]
  /// `http://proxy:3128`, if requests have to go through one.
  public var proxy: String?

  /// A target of these parts.
  public init(
    url: String? = nil, paths: [String] = [], hosts: [String] = [], login: String? = nil,
    caFile: String? = nil, resolve: [String: String] = [:], proxy: String? = nil
  ) {
    self.url = url
    self.paths = paths
    self.hosts = hosts
    self.login = login
    self.caFile = caFile
    self.resolve = resolve
    self.proxy = proxy
  }
}
