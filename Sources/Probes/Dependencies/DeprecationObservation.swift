import Checklist
import Foundation

/// What a lock file says about packages that nobody maintains any more.
struct DeprecationObservation: Equatable, Sendable {
  var path: GitPath
  /// Packages with their reason, or why the file says nothing.
  var packages: [String]?
  var count = 0
  var trouble: String?

  /// Lock files in which registries leave such a note.
  static let talkative: Set<String> = [
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "composer.lock",
  ]
  /// Lock files that never say it.
  static let silent: Set<String> = [
    "yarn.lock", "bun.lock", "bun.lockb", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock",
    "Cargo.lock", "go.sum", "Gemfile.lock", "Package.resolved", "mix.lock", "pubspec.lock",
    "Podfile.lock",
  ]

  init(_ path: GitPath, _ text: RepositoryText) {
    self.path = path
    switch text {
    case .absent: trouble = "it is tracked but not there"
    case .trouble(let reason): trouble = reason
    case .text(let text): read(text)
    }
  }

  private mutating func read(_ text: String) {
    guard !text.contains("\n<<<<<<< ") else {
      trouble = "it holds a merge conflict"
      return
    }
    switch path.name {
    case "pnpm-lock.yaml": readPNPM(text)
    default:
      guard JSONDepth.isHarmless(Array(text.utf8)),
        let root = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      else {
        trouble = "it is no JSON object"
        return
      }
      if path.name == "composer.lock" { readComposer(root) } else { readNPM(root) }
    }
  }

  private mutating func readNPM(_ root: [String: Any]) {
    guard let locked = root["packages"] as? [String: Any] else {
      trouble = "its version 1 does not say what is deprecated"
      return
    }
    count = locked.keys.count { !$0.isEmpty }
    packages = locked.sorted { $0.key < $1.key }.compactMap { key, value in
      guard let reason = (value as? [String: Any])?["deprecated"], !(reason is Bool) else {
        return nil
      }
      let name = key.components(separatedBy: "node_modules/").last ?? key
      return "\(name): \(String("\(reason)".prefix(120)))"
    }
  }

  private mutating func readComposer(_ root: [String: Any]) {
    guard let locked = root["packages"] as? [[String: Any]] else {
      trouble = "it has no list of packages"
      return
    }
    count = locked.count
    packages = locked.compactMap { package in
      guard let name = package["name"] as? String, let reason = package["abandoned"] else {
        return nil
      }
      if let flag = reason as? Bool, !flag { return nil }
      let successor = (reason as? String).map { "; use \($0)" } ?? ""
      return "\(name): abandoned\(successor)"
    }
  }

  // Each package is a key of four or two spaces less than its note.
  private mutating func readPNPM(_ text: String) {
    guard text.contains("lockfileVersion") else {
      trouble = "it is no lock file of pnpm"
      return
    }
    var name = ""
    var found: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("  "), !line.hasPrefix("   "), line.last == ":" {
        name = String(line.trimmed.dropLast()).trimmingCharacters(
          in: CharacterSet(charactersIn: "'\"/"))
        count += 1
      } else if let note = line.trimmed.prefixMatch(of: #/deprecated:\s*(.*)/#) {
        found.append("\(name): \(note.output.1.prefix(120))")
      }
    }
    packages = found
  }

  var details: [Finding.Detail] {
    if let trouble {
      return [.init(trouble.contains("version 1") ? .review : .unknown, "\(path.text): \(trouble)")]
    }
    let found = packages ?? []
    return found.isEmpty
      ? [.init(.pass, "\(path.text): none of \(count.counted("package")) is deprecated")]
      : found.map { .init(.review, "\(path.text): \($0)") }
  }
}
