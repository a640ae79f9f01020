import Crypto

/// The secrets of one environment's file, as digests that lead back to nothing.
struct EnvironmentSecrets: Equatable, Sendable {
  /// Digests under a key of this run only, each with the names under which the value stands.
  var names: [[UInt8]: [String]] = [:]
  /// Names of secrets whose value is a placeholder or weak.
  var weak: [String] = []

  /// The secrets of a text of settings.
  init(_ text: String, key: SymmetricKey) {
    for setting in SettingReader.read(text) {
      guard let value = Self.secret(setting) else { continue }
      let bytes = Array(value.utf8)
      guard !bytes.withUnsafeBufferPointer(Placeholder.isValue), bytes.count >= 6 else {
        weak.append(setting.name)
        continue
      }
      let digest = Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
      names[digest, default: []].append(setting.name)
    }
  }

  /// The secret in a setting: the value behind a telling name, or the password of a URL.
  private static func secret(_ setting: Setting) -> String? {
    let value = setting.value
    let isReference =
      value.isEmpty || value.hasPrefix("$") || value.hasPrefix("/run/secrets/")
      || ["vault:", "op://", "arn:aws:", "projects/", "secret://"].contains { value.hasPrefix($0) }
    guard !isReference else { return nil }
    if let scheme = value.firstRange(of: "://") {
      let authority = value[scheme.upperBound...].prefix { !"/?#".contains($0) }
      guard let at = authority.lastIndex(of: "@"),
        let colon = authority[..<at].firstIndex(of: ":")
      else { return nil }
      return String(authority[authority.index(after: colon)..<at])
    }
    guard DockerfileSecrets.isSecretName(setting.name) || setting.name.hasSuffix("_KEY"),
      !setting.name.contains("PUBLIC"), !setting.name.contains("PUBLISHABLE")
    else { return nil }
    return value
  }
}
