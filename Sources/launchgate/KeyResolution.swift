internal import Checklist
internal import Evidence
internal import Foundation
internal import Session

/// Finds the key with which a person signs, and refuses keys of others.
///
/// A given key comes first. Else, of the keys that the policy lists for the person, the first one
/// that is at hand: in the agent, in `~/.ssh`, or as git's `user.signingkey`. Where the policy
/// lists none, the key with which git signs for the same address (`gpg.format = ssh`).
struct KeyResolution: Sendable {
  let policy: Policy
  var folder: String
  var home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
  var agent: @Sendable () -> [String] = SSHKeygen.agentKeys

  /// The key for that person; nil where there is none.
  ///
  /// - Throws: a usage problem where the given key belongs to somebody else.
  func key(for person: Identity) throws -> SigningKey? {
    if let given = person.key {
      let key = SigningKey(given, origin: given.hasPrefix("~") ? given : "given")
      if let fingerprint = key.fingerprint { try check(fingerprint, for: person) }
      return key
    }
    let lines = policy.person(id: person.email, email: person.email)?.keys ?? []
    if lines.isEmpty { return try ownedGitKey(for: person) }
    let wanted = lines.compactMap { line in
      SSHPublicKey.fingerprint(ofLine: line).map { (line: line, fingerprint: $0) }
    }
    let held = Set(agent().compactMap { SSHPublicKey.fingerprint(ofLine: $0) })
    if let found = wanted.first(where: { held.contains($0.fingerprint) }) {
      return SigningKey(found.line, origin: "in the agent, listed for \(person.name)")
    }
    let fingerprints = Set(wanted.map(\.fingerprint))
    for path in files
    where SSHKeygen.describe(key: path).map({ fingerprints.contains($0.fingerprint) }) ?? false {
      return SigningKey(path, origin: "\(path), listed for \(person.name)")
    }
    let git = gitKey(for: person.email)
    return git?.fingerprint.map(fingerprints.contains) ?? false ? git : nil
  }

  /// Refuses a key that is not the person's, as far as the policy knows.
  ///
  /// - Throws: a usage problem that says whose it is, and what to do.
  func check(_ fingerprint: String, for person: Identity) throws {
    let me = policy.person(id: person.email, email: person.email)
    if let owner = owner(of: fingerprint), owner.id != me?.id {
      throw Problem(
        "the key \(fingerprint) is that of \(owner.name), not of \(person.name)",
        hint: "sign with a key of your own, or as yourself: --email", code: Status.usage)
    }
    if let machine = automation(fingerprint) {
      throw Problem(
        "the key \(fingerprint) is that of the automation \(machine.id)",
        hint: "people sign with keys of their own", code: Status.usage)
    }
    guard policy.signaturesRequired, let me, owner(of: fingerprint) == nil else { return }
    throw Problem(
      "the key \(fingerprint) is not among the keys of \(me.name) in the policy, so that the "
        + "signature would not count",
      hint: me.keys.isEmpty
        ? "list it in launchgate.yaml, then: launchgate adopt, and a second person countersigns"
        : "sign with: \(me.keys.joined(separator: " or "))", code: Status.usage)
  }

  /// The automation whose key that is.
  func automation(_ fingerprint: String) -> AutomationKey? {
    policy.automation.first { SSHPublicKey.fingerprint(ofLine: $0.key) == fingerprint }
  }

  private func owner(of fingerprint: String) -> Person? {
    policy.people.first { person in
      person.keys.contains { SSHPublicKey.fingerprint(ofLine: $0) == fingerprint }
    }
  }

  /// Private keys with a public one beside, in the order of their names.
  private var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(home)/.ssh")) ?? []
    return names.filter { $0.hasSuffix(".pub") && names.contains(String($0.dropLast(4))) }
      .sorted().map { "\(home)/.ssh/\($0.dropLast(4))" }
  }

  private func ownedGitKey(for person: Identity) throws -> SigningKey? {
    guard let key = gitKey(for: person.email) else { return nil }
    if let fingerprint = key.fingerprint { try check(fingerprint, for: person) }
    return key
  }

  /// Git's key, where git signs with SSH and both the key and the address are set in the same
  /// place: an address of this repository alone says nothing of a key that is set for all.
  private func gitKey(for email: String) -> SigningKey? {
    let git = GitCommand(folder: folder)
    func setting(_ name: String) -> (scope: String, value: String)? {
      let line = git.line(["config", "--show-scope", "--get", name])
      let halves = line?.split(separator: "\t", maxSplits: 1).map(String.init)
      return halves.flatMap { $0.count == 2 ? ($0[0], $0[1]) : nil }
    }
    guard setting("gpg.format")?.value == "ssh", let key = setting("user.signingkey"),
      let address = setting("user.email"), address.scope == key.scope,
      address.value.lowercased() == email.lowercased()
    else { return nil }
    let value = key.value.hasPrefix("key::") ? String(key.value.dropFirst(5)) : key.value
    return SigningKey(value, origin: "git's user.signingkey")
  }
}
