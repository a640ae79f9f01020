internal import Checklist
internal import Evidence
internal import Foundation
internal import Session

/// Writes `launchgate.yaml` and tells git how to merge the evidence.
struct Initialisation {
  var folder: String

  /// Writes the configuration; an existing one is never touched.
  ///
  /// - Returns: its path.
  func write(_ answers: SetupAnswers, checklist: String = "production-25") throws -> String {
    let path = "\(folder)/\(Configuration.fileName)"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Problem(
        "\(path) is there already", hint: "change it with an editor", code: Status.usage)
    }
    let yaml = Self.yaml(answers, checklist: checklist)
    // What is written has to read back, whatever was typed.
    _ = try Configuration.read(yaml: yaml, file: path)
    // Last the file that says that all is set up, so that an interrupted run can be run again.
    try addLine("*.evidence.json -text merge=union", to: ".gitattributes")
    try addLine("*.evidence.json.lock", to: ".gitignore")
    try Self.store(yaml, at: path)
    return path
  }

  /// The configuration of those answers.
  static func yaml(_ answers: SetupAnswers, checklist: String) -> String {
    var lines = [
      "# What this launch is, and what may be contacted for it. Meant to be committed.",
      "launch:", "  subject: \(quoted(answers.subject))",
      "  release: \(quoted(answers.release))",
      "  environment: \(quoted(answers.environment))", "checklist: \(quoted(checklist))",
      "evidence: \(quoted(Configuration.evidenceName(answers.subject, answers.release)))",
    ]
    if let url = answers.url {
      lines += [
        "targets:", "  - url: \(quoted(url))",
        "    paths: []   # such as /login: headers and cookies are looked at there too",
        "    hosts: []   # machines that serve it: probes of a host count only there",
      ]
      let host = answers.isAuthorised ? URL(string: url)?.host : nil
      lines.append("authorised: [\(host.map(quoted) ?? "")]")
    }
    lines += [
      "policy:", "  signatures: optional   # required: a sign-off counts only with an SSH key",
      "  people: []   # {id: mara, name: …, emails: […], keys: […], roles: [release-manager]}",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// A YAML double-quoted scalar; JSON's escapes are valid there.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        result += "\\x" + String(scalar.value + 0x100, radix: 16).suffix(2)
      // Line breaks and other marks that a reader of YAML would fold or refuse.
      case "\u{80}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        result += "\\u" + String(scalar.value + 0x1_0000, radix: 16).suffix(4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private func addLine(_ line: String, to name: String) throws {
    let path = "\(folder)/\(name)"
    let old = FileManager.default.fileExists(atPath: path) ? try Workspace.text(of: path) : ""
    guard !old.split(separator: "\n").contains(Substring(line)) else { return }
    try Self.store(old + (old.isEmpty || old.hasSuffix("\n") ? "" : "\n") + line + "\n", at: path)
  }

  private static func store(_ text: String, at path: String) throws {
    try EvidenceFile(path: path).replace(with: Array(text.utf8))
  }
}

/// What a first run can find out by itself.
enum SetupGuess {
  /// Proposals for the launch of that folder.
  static func proposal(folder: String) -> SetupProposal {
    let git = GitCommand(folder: folder)
    let top = git.top
    let tag = git.line(["describe", "--tags", "--abbrev=0"]) ?? ""
    var identity = IdentityResolution(folder: folder).identity(.none)
    if identity.role.isEmpty { identity.role = "release-manager" }
    return SetupProposal(
      subject: URL(fileURLWithPath: top ?? folder).lastPathComponent,
      release: tag.hasPrefix("v") ? String(tag.dropFirst()) : tag, repository: top,
      identity: identity,
      earlier: EarlierLaunches(folder).first().map { "\($0.subject) \($0.release)" })
  }
}

extension IdentityOptions {
  /// No flags were given.
  static var none: IdentityOptions {
    var options = IdentityOptions()
    options.name = nil
    options.email = nil
    options.role = nil
    options.key = nil
    options.unsigned = false
    return options
  }
}
