internal import Checklist

/// A detached SSH signature over a record's canonical bytes, in the namespace `launchgate`.
public struct Signature: Hashable, Sendable {
  /// The namespace that separates these signatures from those for other uses of the key.
  public static let namespace = "launchgate"

  /// Fingerprint of the public key, `SHA256:…`.
  public var key: String
  /// The armoured signature, as `ssh-keygen` wrote it.
  public var sshsig: String

  /// A signature by that key.
  public init(key: String, sshsig: String) {
    self.key = key
    self.sshsig = sshsig
  }
}

extension Signature {
  static let shape = Shape.object([
    .required("key", .filledText, "fingerprint of the key, SHA256:…"),
    .required("sshsig", .filledText, "armoured SSH signature over the record's bytes"),
  ])

  var value: JSONValue { .object(["key": .string(key), "sshsig": .string(sshsig)]) }

  init(_ value: JSONValue) {
    let members = Members(value)
    key = members.text("key")
    sshsig = members.text("sshsig")
  }
}
