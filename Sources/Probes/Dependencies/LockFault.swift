/// What is wrong with the content of a lock file.
enum LockFault {
  static func find(
    _ name: String, _ bytes: [UInt8], manifest: [UInt8], member: String
  ) -> ManifestObservation.Fault? {
    if name == "bun.lockb" { return nil }
    guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\n<<<<<<< "),
      !text.hasPrefix("<<<<<<< ")
    else { return .malformed("it is no text, or holds a merge conflict") }
    switch name {
    case "package-lock.json", "npm-shrinkwrap.json":
      switch NodeManifest.compare(manifest, lock: bytes, path: member) {
      case .same: return nil
      case .notMember: return .notMember
      case .differs(let names): return .differs(names)
      case .malformed(let reason): return .malformed(reason)
      }
    case "pnpm-lock.yaml" where !member.isEmpty && !isMember(member, pnpm: text),
      "yarn.lock"
    where !member.isEmpty && text.contains("__metadata:")
      && !text.contains("@workspace:\(member)\""):
      return .notMember
    case "requirements.txt":
      guard let unpinned = TextManifests.unpinned(bytes) else { return .malformed("it is no text") }
      return unpinned.isEmpty ? nil : .unpinned(unpinned.count)
    case "composer.lock", "Pipfile.lock", "Package.resolved":
      guard text.trimmedStart.hasPrefix("{") else { return .malformed("it is no JSON object") }
    default: break
    }
    let missing = LockedNames.missing(lock: name, text, manifest: manifest)
    return missing.isEmpty ? nil : .differs(missing)
  }

  private static func isMember(_ member: String, pnpm text: String) -> Bool {
    ["\n  \(member):", "\n  '\(member)':", "\n  \"\(member)\":"].contains { text.contains($0) }
  }
}

extension String {
  /// Without white space at the beginning.
  fileprivate var trimmedStart: Substring { drop(while: \.isWhitespace) }
}
