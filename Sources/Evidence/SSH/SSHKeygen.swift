internal import Checklist
internal import Foundation

/// Signs by running `ssh-keygen`, which everybody with an SSH key has; asks it as a second judge.
public enum SSHKeygen {
  /// Why `ssh-keygen` did not do what it was asked for.
  public struct Failure: Error, Equatable, Sendable {
    /// In lower case and without a full stop.
    public var reason: String
    /// What a person can do.
    public var hint: String
    /// Whether it would go on if it could ask a person for a passphrase or a touch.
    public var wantsPerson = false
  }

  /// What is known of a key before it signs.
  public struct Description: Hashable, Sendable {
    /// `SHA256:…`.
    public var fingerprint: String
    /// As ssh-keygen names it, such as `ED25519-SK`.
    public var kind: String
    /// Whether it asks for a touch.
    public var isHardware: Bool { kind.hasSuffix("-SK") }
  }

  /// Signs those bytes in the namespace of launchgate.
  ///
  /// - Parameters:
  ///   - key: path of a private key, of a public key (the agent signs, or the private key beside
  ///     it), or a public key in one line (the agent signs).
  ///   - mayAsk: whether it may ask for a passphrase, a PIN or a touch on the terminal; while a
  ///     screen is shown it must not.
  /// - Throws: what went wrong, with a way out.
  public static func sign(
    _ bytes: [UInt8], key: String, mayAsk: Bool = true
  ) throws(Failure) -> Signature {
    let silence = ["SSH_ASKPASS": "/bin/false", "SSH_ASKPASS_REQUIRE": "force"]
    let outcome = try withKeyFile(key) { path, byAgent throws(ChildProgram.Failure) in
      try ChildProgram(
        name: "ssh-keygen",
        arguments: ["-Y", "sign", "-q", "-n", Signature.namespace, "-f", path]
          + (byAgent ? ["-U"] : []),
        environment: mayAsk ? [:] : silence, talks: mayAsk
      ).run(input: bytes)
    }
    let text = String(decoding: outcome.output, as: UTF8.self)
    guard outcome.status == 0 else {
      throw SigningTrouble(outcome.complaint, key: name(of: key), mayAsk: mayAsk).failure
    }
    // What would be damage to the next reader is never written.
    do throws(EvidenceDamage) {
      let parsed = try SSHSignature(armoured: text)
      guard parsed.verifies(bytes) else {
        throw EvidenceDamage("the signature that ssh-keygen made does not verify")
      }
      return Signature(key: parsed.fingerprint, sshsig: text)
    } catch {
      throw Failure(
        reason: "\(name(of: key)) cannot sign here: \(error.reason)",
        hint: "sign with an Ed25519, ECDSA, RSA (2048 bits or more) or hardware key")
    }
  }

  /// What is known of a key without its passphrase; nil where that is nothing.
  public static func describe(key: String) -> Description? {
    let outcome = try? withKeyFile(key) { path, _ throws(ChildProgram.Failure) in
      try ChildProgram(
        name: "ssh-keygen", arguments: ["-l", "-E", "sha256", "-f", path],
        environment: ["SSH_ASKPASS": "/bin/false", "SSH_ASKPASS_REQUIRE": "force"]
      ).run()
    }
    guard let outcome, outcome.status == 0 else { return nil }
    let words = String(decoding: outcome.output, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count >= 3, words[1].hasPrefix("SHA256:"), let kind = words.last else { return nil }
    return Description(
      fingerprint: words[1], kind: kind.trimmingCharacters(in: ["(", ")"]))
  }

  /// The public keys that the agent holds, in one line each; none where there is no agent.
  public static func agentKeys() -> [String] {
    guard ProcessInfo.processInfo.environment["SSH_AUTH_SOCK"] != nil,
      let outcome = try? ChildProgram(name: "ssh-add", arguments: ["-L"]).run(),
      outcome.status == 0
    else { return [] }
    return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { SSHPublicKey.fingerprint(ofLine: $0) != nil }
  }

  /// Whether that text is a public key itself and no path.
  public static func isPublicKey(_ key: String) -> Bool {
    (try? SSHPublicKey(line: key)) != nil
  }

  /// For messages: the path, or the fingerprint of a key that was given as text.
  static func name(of key: String) -> String {
    SSHPublicKey.fingerprint(ofLine: key).map { "the key \($0)" } ?? key
  }

  /// Runs the body with the path of a file that holds the key, and says whether only the agent
  /// can sign with it.
  private static func withKeyFile<Result>(
    _ key: String, _ body: (String, Bool) throws(ChildProgram.Failure) -> Result
  ) throws(Failure) -> Result {
    do {
      if isPublicKey(key) {
        let folder = try PrivateFolder()
        return try body(folder.write(Array("\(key)\n".utf8), "key.pub"), true)
      }
      let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
      let path = key.hasPrefix("~/") ? home + key.dropFirst() : key
      let isPublic =
        BoundedFile.text(path, limit: 16 << 10).map { isPublicKey($0) } ?? false
      let hasPrivate =
        path.hasSuffix(".pub") && FileManager.default.fileExists(atPath: String(path.dropLast(4)))
      return try body(path, isPublic && !hasPrivate)
    } catch {
      throw Failure(error)
    }
  }
}

extension SSHKeygen.Failure {
  init(_ failure: ChildProgram.Failure) {
    self.init(
      reason: failure.reason,
      hint: failure.isMissing ? "install openssh-client" : "check the space and TMPDIR")
  }
}

/// What a failed signing means for a person.
struct SigningTrouble {
  let failure: SSHKeygen.Failure

  init(_ complaint: String, key: String, mayAsk: Bool) {
    let said = complaint.lowercased()
    let reason =
      complaint.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .first { !$0.hasPrefix("@") && !$0.hasPrefix("Enter ") && !$0.hasPrefix("Confirm ") }
    failure = .init(
      reason: "\(key) did not sign" + (reason.map { ": \($0)" } ?? ""),
      hint: Self.hint(said, key, mayAsk: mayAsk),
      wantsPerson: said.contains("passphrase") || said.contains("requires user")
        || said.contains("requires-user") || said.contains("pin required"))
  }

  private static func hint(_ said: String, _ key: String, mayAsk: Bool) -> String {
    let hints: [(sign: String, hint: String)] = [
      ("no such file", "give the path of a private key, or of a public one that the agent holds"),
      ("unprotected private key", "ssh-keygen ignores keys that others can read: chmod 600 \(key)"),
      (
        "agent refused",
        "the agent asks for a confirmation (ssh-add -c) or a touch, and got none: set SSH_ASKPASS "
          + "to a program that can ask, or add the key without -c"
      ),
      ("authentication agent", "start an agent and add the key: ssh-add"),
      ("agent socket", "start an agent and add the key: ssh-add"),
      ("no private key found", "add the key to the agent: ssh-add"),
      ("find key in agent", "add the key to the agent: ssh-add"),
      ("device not found", "plug the hardware key in"),
      (
        "passphrase",
        mayAsk
          ? "run it in a terminal that can ask for the passphrase, or use the agent: ssh-add \(key)"
          : "a key with a passphrase has to be in the agent: ssh-add \(key)"
      ),
    ]
    if said.isEmpty && mayAsk { return "ssh-keygen said why on the terminal; try again" }
    return hints.first { said.contains($0.sign) }?.hint
      ?? "check the key with ssh-keygen -l, and the agent with ssh-add -l"
  }
}
