internal import Evidence

/// A key with which a person or a pipeline signs, and how it came to be the one.
struct SigningKey: Hashable, Sendable {
  /// As `SSHKeygen.sign` takes it: a path, or a public key whose private half the agent has.
  var key: String
  /// Where it was found, for one sentence.
  var origin: String
  /// Fingerprint; nil where it is known only after signing.
  var fingerprint: String?
  /// Whether it asks for a touch each time.
  var isHardware: Bool

  /// The key with what can be known of it without its passphrase.
  init(_ key: String, origin: String) {
    let description = SSHKeygen.describe(key: key)
    self.key = key
    self.origin = origin
    fingerprint = description?.fingerprint
    isHardware = description?.isHardware ?? false
  }

  /// For people, such as `SHA256:… (~/.ssh/id_ed25519, listed for mara)`.
  var words: String { "\(fingerprint ?? key) (\(origin))" }
}
