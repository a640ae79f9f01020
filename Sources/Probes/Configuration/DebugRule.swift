import Checklist

/// What a setting says about the mode in which a service runs.
enum DebugRule {
  /// The parts of the claim.
  enum Check: String, Sendable, CaseIterable {
    case debug
    case hosts
    case origins
    case testKeys = "test-keys"
  }

  private static let modes: Set<String> = [
    "NODE_ENV", "FLASK_ENV", "APP_ENV", "RAILS_ENV", "RACK_ENV", "ENVIRONMENT", "DJANGO_ENV",
    "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "SPRING_PROFILES_ACTIVE", "GIN_MODE",
    "MIX_ENV", "SYMFONY_ENV", "APPLICATION_ENV", "ENV", "DJANGO_SETTINGS_MODULE",
  ]
  private static let development: Set<String> = [
    "dev", "development", "debug", "test", "testing", "local", "develop",
  ]
  private static let production: Set<String> = ["production", "prod", "release", "live"]
  private static let truths: Set<String> = ["1", "true", "yes", "on", "t", "y", "*", "enabled"]

  /// What a setting comes to for one check; nil where it has nothing to do with it.
  static func judge(_ setting: Setting, _ check: Check) -> Finding.Detail? {
    switch check {
    case .debug: debug(setting)
    case .hosts: hosts(setting)
    case .origins: origins(setting)
    case .testKeys: testKey(setting)
    }
  }

  private static func debug(_ setting: Setting) -> Finding.Detail? {
    let value = setting.value.lowercased()
    if modes.contains(setting.name) { return mode(setting, value) }
    if setting.name == "LOG_LEVEL", ["debug", "trace"].contains(value) {
      return .init(.review, "LOG_LEVEL is \(value)")
    }
    guard setting.name == "DEBUG" || setting.name.hasSuffix("_DEBUG") else { return nil }
    if truths.contains(value) { return .init(.fail, "\(setting.name) is on") }
    if isVariable(value) { return .init(.review, "\(setting.name) depends on a variable") }
    let isOff = ["", "0", "false", "no", "off", "f", "n", "none", "null", "disabled"].contains(
      value)
    // npm's `debug` takes names of modules, and anything else may be an expression.
    return isOff
      ? .init(.pass, "\(setting.name) is off")
      : .init(.review, "\(setting.name) is neither on nor off")
  }

  private static func mode(_ setting: Setting, _ value: String) -> Finding.Detail {
    let words = Set(value.split { "._-, ".contains($0) }.map(String.init))
    if !words.isDisjoint(with: development) {
      return .init(.fail, "\(setting.name) is \(value.prefix(40))")
    }
    if !words.isDisjoint(with: production) {
      return .init(.pass, "\(setting.name) is \(value.prefix(40))")
    }
    return .init(
      .review,
      isVariable(value)
        ? "\(setting.name) depends on a variable" : "\(setting.name) is not said to be production")
  }

  private static func hosts(_ setting: Setting) -> Finding.Detail? {
    guard setting.name.hasSuffix("ALLOWED_HOSTS") || setting.name == "TRUSTED_HOSTS" else {
      return nil
    }
    let entries = entries(setting.value)
    if entries.contains("*") { return .init(.fail, "\(setting.name) lets any host in") }
    if entries.contains(where: isVariable) || entries.isEmpty {
      return .init(.review, "\(setting.name) does not say which hosts")
    }
    return entries.contains(where: isLocal)
      ? .init(.review, "\(setting.name) has a local host")
      : .init(.pass, "\(setting.name) names its hosts")
  }

  private static func origins(_ setting: Setting) -> Finding.Detail? {
    guard setting.name.contains("ORIGIN") || setting.name.contains("CORS") else { return nil }
    let entries = entries(setting.value)
    if setting.name.contains("ALLOW_ALL"), truths.contains(setting.value.lowercased()) {
      return .init(.fail, "\(setting.name) lets any origin in")
    }
    if entries.contains(where: isLocal) {
      return .init(.fail, "\(setting.name) has a local origin")
    }
    if entries.contains("*") { return .init(.fail, "\(setting.name) lets any origin in") }
    if entries.isEmpty || entries.contains(where: isVariable) {
      return .init(.review, "\(setting.name) does not say which origins")
    }
    return .init(.pass, "\(setting.name) names its origins")
  }

  private static func testKey(_ setting: Setting) -> Finding.Detail? {
    let value = setting.value
    let isStripe = ["sk_test_", "pk_test_", "rk_test_"].contains { value.contains($0) }
    if isStripe { return .init(.fail, "\(setting.name) is a key for tests") }
    let isLive = ["sk_live_", "pk_live_", "rk_live_"].contains { value.contains($0) }
    return isLive ? .init(.pass, "\(setting.name) is a live key") : nil
  }

  private static func isVariable(_ value: String) -> Bool {
    value.contains("$") || value.contains("%(")
  }

  private static func entries(_ value: String) -> [String] {
    value.lowercased().replacing("[::1]", with: "localhost").split { "[](){}, \"'".contains($0) }
      .map(String.init)
  }

  private static func isLocal(_ entry: String) -> Bool {
    let host = entry.firstRange(of: "://").map { entry[$0.upperBound...] } ?? entry[...]
    let name = host.prefix { !":/".contains($0) }
    return name == "localhost" || name == "0.0.0.0" || name.hasPrefix("127.")
      || name.hasSuffix(".localhost")
  }
}
