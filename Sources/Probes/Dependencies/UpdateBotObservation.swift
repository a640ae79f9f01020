import Checklist
import Foundation

/// The configuration of a program that proposes updates.
struct UpdateBotObservation: Equatable, Sendable {
  var path: GitPath
  /// What it comes to by itself.
  var detail: Finding.Detail
  /// Package managers for which it proposes updates; nil where it finds them itself.
  var ecosystems: Set<String>?

  static let dependabot: Set<String> = [".github/dependabot.yml", ".github/dependabot.yaml"]
  static let renovate: Set<String> = [
    "renovate.json", "renovate.json5", ".renovaterc", ".renovaterc.json", ".renovaterc.json5",
    ".github/renovate.json", ".github/renovate.json5", ".gitlab/renovate.json",
    ".gitlab/renovate.json5",
  ]

  /// Reads a configuration by its path; nil where it is none.
  init?(_ path: GitPath, _ text: RepositoryText, isTracked: Bool) {
    let isDependabot = Self.dependabot.contains(path.text)
    let isManifest = path.text == "package.json"
    guard isDependabot || isManifest || Self.renovate.contains(path.text) else { return nil }
    self.path = path
    detail = .init(.unknown, "")
    switch text {
    case .absent: return nil
    case .trouble(let reason): detail = .init(.unknown, "\(path.text): \(reason)")
    case .text(let text):
      if isManifest, !text.contains("\"renovate\"") { return nil }
      detail = isDependabot ? dependabotDetail(text) : renovateDetail(text, isManifest)
    }
    if detail.verdict == .pass, !isTracked {
      detail = .init(.fail, "\(path.text) is not committed, so that nothing obeys it")
    }
  }

  private func told(_ verdict: Finding.Verdict, _ text: String) -> Finding.Detail {
    .init(verdict, "\(path.text): \(text)")
  }

  private mutating func dependabotDetail(_ text: String) -> Finding.Detail {
    let documents: [YAMLNode]
    do {
      documents = try YAMLNode.documents(text)
    } catch {
      return told(.fail, "it does not parse: line \(error.line): \(error.reason)")
    }
    guard let root = documents.first, root["version"]?.text == "2",
      let updates = root["updates"]?.elements, !updates.isEmpty
    else { return told(.fail, "it is not version 2, or has no updates") }
    var found: Set<String> = []
    for update in updates {
      guard let ecosystem = update["package-ecosystem"]?.text,
        update["directory"]?.text != nil || update["directories"]?.elements?.isEmpty == false,
        update.at("schedule", "interval")?.text != nil
      else {
        return told(
          .fail, "line \(update.line): an update needs package-ecosystem, directory and schedule")
      }
      if update["open-pull-requests-limit"]?.text != "0" { found.insert(ecosystem) }
    }
    ecosystems = found
    return found.isEmpty
      ? told(.fail, "every update may open 0 pull requests: only security updates are proposed")
      : told(.pass, "Dependabot proposes updates for \(found.sorted().joined(separator: ", "))")
  }

  private func renovateDetail(_ text: String, _ isManifest: Bool) -> Finding.Detail {
    let bytes = Array(text.utf8)
    guard JSONDepth.isHarmless(bytes) else { return told(.fail, "it is nested too deeply") }
    let strict = isManifest ? text : RelaxedJSON.strict(text)
    guard let root = try? JSONSerialization.jsonObject(with: Data(strict.utf8)),
      var settings = root as? [String: Any]
    else { return told(.fail, "it does not parse") }
    if isManifest {
      guard let inner = settings["renovate"] as? [String: Any] else {
        return told(.fail, "`renovate` is no object")
      }
      settings = inner
    }
    if settings["enabled"] as? Bool == false { return told(.fail, "Renovate is switched off") }
    if let enabled = settings["enabledManagers"] as? [String], enabled.isEmpty {
      return told(.fail, "no package manager is enabled")
    }
    return told(.pass, "Renovate is configured")
  }

  // The names under which Dependabot knows the package managers of `Ecosystem`.
  private static let names: [String: Set<String>] = [
    "npm": ["npm", "bun"], "Python": ["pip", "uv"], "pipenv": ["pip"], "pip": ["pip", "uv"],
    "Cargo": ["cargo"], "Go": ["gomod"], "Composer": ["composer"], "Bundler": ["bundler"],
    "SwiftPM": ["swift"], "Mix": ["mix"], "Pub": ["pub"],
  ]

  /// Package managers of the repository for which it proposes nothing.
  func uncovered(_ present: Set<String>) -> [String] {
    guard let ecosystems else { return [] }
    return present.sorted().filter { name in
      Self.names[name].map { $0.isDisjoint(with: ecosystems) } ?? true
    }
  }
}
