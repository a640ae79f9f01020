internal import Checklist
internal import Evidence
internal import Foundation

/// A file that says what is contacted and run: its place, and the digest of its exact bytes.
struct TrustedFile: Hashable, Sendable {
  /// Absolute, without symbolic links.
  var path: String
  /// What `sha256sum` says of it.
  var digest: Digest

  /// The file at that path with that text in it.
  init(path: String, text: String) {
    let full = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    self.path = full
    digest = Digest(of: text.utf8)
  }
}

/// What the files of a launch make the program contact, run, read and write.
struct TrustRequest: Hashable, Sendable {
  /// The configuration, and the checklist where it is no bundled one.
  var files: [TrustedFile]
  /// One line each; none where there is nothing that needs trust.
  var effects: [String]

  /// What that workspace leads to.
  init(_ workspace: Workspace) {
    files = workspace.files
    let configuration = workspace.configuration
    effects =
      configuration.targets.flatMap(Self.effects)
      + configuration.authorised.map { "may contact \($0)" }
      + configuration.parameters.sorted { $0.key < $1.key }.map {
        "gives probes \($0.key) = \(Self.words($0.value))"
      }
    if !Self.isInside(workspace.repository, workspace.folder) {
      effects.append("looks through the repository \(workspace.repository)")
    }
    if workspace.writesOutside {
      effects.append("writes the evidence to \(workspace.evidencePlace)")
    }
    if workspace.files.count > 1 { effects += Self.effects(workspace.checklist) }
  }

  private static func effects(_ target: Target) -> [String] {
    var effects: [String] = []
    if let url = target.url {
      effects.append("contacts \(url)")
      effects += target.paths.map { "  and its path \($0)" }
    }
    if let login = target.login { effects.append("  and its login \(login)") }
    if let proxy = target.proxy { effects.append("sends requests through the proxy \(proxy)") }
    effects += target.resolve.sorted { $0.key < $1.key }.map {
      "takes \($0.value) as the address of \($0.key), whatever DNS says"
    }
    if let file = target.caFile {
      effects.append("believes certificates that \(file) vouches for")
    }
    effects += target.hosts.map { "looks at the machine \($0), where it runs on it" }
    return effects
  }

  /// Every use of a probe by a checklist of one's own, with its parameters.
  private static func effects(_ checklist: Checklist) -> [String] {
    checklist.points.flatMap { point in
      point.probes.map { probe in
        let named = probe.parameters.filter {
          probe.commandLine == nil || $0.key != "arguments"
        }
        let parameters = named.sorted { $0.key < $1.key }.map {
          " \($0.key)=\(words($0.value))"
        }
        let program = probe.commandLine.map { ", which runs, as you: \($0)" } ?? ""
        return "point \(point.id) runs the probe \(probe.id)\(parameters.joined())\(program)"
      }
    }
  }

  /// In one line: what holds an end of line is spelled out, lest it looks like another effect.
  private static func words(_ value: JSONValue) -> String {
    if let text = value.string, !text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      return text
    }
    return String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
  }

  private static func isInside(_ path: String, _ folder: String) -> Bool {
    let (path, folder) = (Workspace.real(path), Workspace.real(folder))
    return path == folder || path.hasPrefix("\(folder)/")
  }
}
