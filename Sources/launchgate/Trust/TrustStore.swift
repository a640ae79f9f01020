internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation

/// The configurations and checklists that this user trusts: exact bytes at exact places.
struct TrustStore: Sendable {
  /// What was trusted at one place.
  struct Grant: Hashable, Sendable {
    var digest: Digest
    var at: String
    /// What it led to then, so that a change can be shown in its effect.
    var effects: [String]
  }

  private let path: String

  /// The user's own store (XDG base directory specification).
  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let configured = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let state = configured ?? "\(environment["HOME"] ?? NSHomeDirectory())/.local/state"
    path = "\(state)/launchgate/trusted"
  }

  /// All that is trusted, by path; nothing where the store is damaged, too large, or writable by
  /// others.
  var grants: [String: Grant] {
    guard EvidenceFile(path: path).isOpenToOthers(0o022) == false,
      let data = FileManager.default.contents(atPath: path), data.count < 4 << 20,
      let value = CanonicalText.value(Array(data)), value["version"]?.integer == 1
    else { return [:] }
    return (value["files"]?.object ?? [:]).compactMapValues { grant in
      grant["sha256"]?.string.flatMap(Digest.init).map { digest in
        Grant(
          digest: digest, at: grant["at"]?.string ?? "",
          effects: (grant["effects"]?.array ?? []).compactMap(\.string))
      }
    }
  }

  /// Whether exactly these bytes are trusted at exactly this place.
  func isTrusted(_ file: TrustedFile) -> Bool { grants[Self.key(file.path)]?.digest == file.digest }

  /// What was trusted at that place before, if anything was.
  func earlier(_ file: TrustedFile) -> Grant? { grants[Self.key(file.path)] }

  /// Trusts those files from now on; durable when it returns.
  ///
  /// - Throws: where the store cannot be written; nothing is trusted then.
  func trust(_ request: TrustRequest) throws {
    var grants = grants
    for (index, file) in request.files.enumerated() {
      grants[Self.key(file.path)] = Grant(
        digest: file.digest, at: Clock.now.rfc3339, effects: index == 0 ? request.effects : [])
    }
    try write(grants)
  }

  /// Trusts a configuration that the program itself wrote a moment ago for this user; not a
  /// checklist that it names.
  func trustWritten(_ path: String) throws {
    var request = TrustRequest(try Workspace(GlobalOptions.parse(["--config", path])))
    request.files = Array(request.files.prefix(1))
    try trust(request)
  }

  /// Ends the trust in the file at that path; false where there was none.
  func revoke(_ path: String) throws -> Bool {
    var grants = grants
    guard grants.removeValue(forKey: Self.key(Workspace.real(path))) != nil else { return false }
    try write(grants)
    return true
  }

  /// Keys of canonical JSON are ASCII; paths need not be.
  private static func key(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "%")
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(UnicodeScalar(byte))
        : "%" + String(repeating: "0", count: 2 - digits.count) + digits
    }
    .joined()
  }

  private func write(_ grants: [String: Grant]) throws {
    // A store that others could write is not taken over with its mode.
    if EvidenceFile(path: path).isOpenToOthers(0o077) ?? false { unlink(path) }
    let files = grants.mapValues { grant in
      JSONValue.object([
        "sha256": grant.digest.value, "at": .string(grant.at), "effects": .strings(grant.effects),
      ])
    }
    let value: JSONValue = .object(["version": .integer(1), "files": .object(files)])
    if let refusal = CanonicalJSON.refusal(of: value) { throw Problem(refusal) }
    try EvidenceFile(path: path).keepPrivately(CanonicalJSON.bytes(value))
  }
}
