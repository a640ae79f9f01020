import Foundation

/// `package.json`, `composer.json` and what their lock files say about them.
enum NodeManifest {
  private static let groups = ["dependencies", "devDependencies", "optionalDependencies"]

  /// Reads a `package.json`.
  static func read(_ bytes: [UInt8]) -> Ecosystem.Reading {
    guard let root = object(bytes) else { return .malformed("it is no JSON object") }
    guard let wanted = wanted(root) else { return .malformed("its dependencies are no object") }
    return wanted.isEmpty && root["workspaces"] == nil ? .none : .dependencies
  }

  /// Reads a `composer.json`; PHP itself and its extensions are no packages.
  static func readComposer(_ bytes: [UInt8]) -> Ecosystem.Reading {
    guard let root = object(bytes) else { return .malformed("it is no JSON object") }
    var names: [String] = []
    for group in ["require", "require-dev"] {
      switch root[group] {
      case nil: continue
      case let wanted as [String: Any]: names += wanted.keys
      // PHP writes an empty object as an empty array.
      case let list as [Any] where list.isEmpty: continue
      default: return .malformed("\(group) is no object")
      }
    }
    return names.contains { $0.contains("/") } ? .dependencies : .none
  }

  /// How a `package-lock.json` differs from the manifest that it should lock.
  enum Difference: Equatable, Sendable {
    case same
    case malformed(String)
    /// The manifest is no member of what the lock file locks.
    case notMember
    /// Dependencies that differ, by name.
    case differs([String])
  }

  /// Compares a manifest with the lock file, in which it has that path (`""` beside it).
  static func compare(_ manifest: [UInt8], lock: [UInt8], path: String) -> Difference {
    guard let manifest = object(manifest), let wanted = wanted(manifest) else {
      return .malformed("the manifest is no JSON object")
    }
    guard let lock = object(lock) else { return .malformed("the lock file is no JSON object") }
    if let packages = lock["packages"] as? [String: Any] {
      guard let entry = packages[path] as? [String: Any], let locked = self.wanted(entry) else {
        return path.isEmpty ? .malformed("the lock file has no entry for the root") : .notMember
      }
      let names = Set(wanted.keys).union(locked.keys).filter { wanted[$0] != locked[$0] }
      return names.isEmpty ? .same : .differs(names.sorted())
    }
    // Version 1 has no ranges: only names can be compared.
    guard path.isEmpty else { return .notMember }
    guard let locked = lock["dependencies"] as? [String: Any] else {
      return wanted.isEmpty ? .same : .differs(wanted.keys.sorted())
    }
    let missing = wanted.keys.filter { locked[$0] == nil }
    return missing.isEmpty ? .same : .differs(missing.sorted())
  }

  private static func wanted(_ root: [String: Any]) -> [String: String]? {
    var wanted: [String: String] = [:]
    for group in groups {
      guard let value = root[group] else { continue }
      guard let names = value as? [String: String] else { return nil }
      wanted.merge(names) { _, last in last }
    }
    return wanted
  }

  private static func object(_ bytes: [UInt8]) -> [String: Any]? {
    guard JSONDepth.isHarmless(bytes) else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
  }
}
