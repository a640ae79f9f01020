internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation

/// Shows what a configuration makes the program contact and run, and lets the user agree to it.
struct TrustCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Agree to what launchgate.yaml and its checklist make this program contact and run.",
    discussion: """
      A configuration or checklist that came with a repository contacts and runs nothing until you \
      have agreed to its exact bytes once; what init wrote for you is trusted, and so is the demo. \
      A changed byte asks again. In a pipeline: --yes, or LAUNCHGATE_TRUST with the digests.
      """)

  @OptionGroup var options: GlobalOptions
  @Flag(help: "Agree without a question.") var yes = false
  @Flag(help: "Only show it; exits with 5 where it is not trusted.") var show = false
  @Flag(help: "Do not trust it any more.") var revoke = false
  @Flag(help: "List all that you trust.") var list = false
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let store = TrustStore()
    if list { return listAll(store) }
    let workspace = try Workspace(options)
    let request = TrustRequest(workspace)
    if revoke { return try end(request, store) }
    let missing = request.effects.isEmpty ? [] : Permission.missing(request, options.trust)
    if json { Output.json(document(request, missing)) } else { say(request, missing, store) }
    if show {
      if !missing.isEmpty { throw Status.couldNotLook }
      return
    }
    guard !missing.isEmpty else { return }
    guard yes || asks() else {
      throw Problem(
        "nothing is trusted", hint: "read what is listed, then: launchgate trust --yes",
        code: Status.couldNotLook)
    }
    // What was shown is what is trusted, not what lies there by now.
    try store.trust(request)
    if !json { Output.say("trusted, as these files are now") }
  }

  private func asks() -> Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    FileHandle.standardError.write(Data("type trust to agree: ".utf8))
    return readLine() == "trust"
  }

  private func say(_ request: TrustRequest, _ missing: [TrustedFile], _ store: TrustStore) {
    var lines = request.files.map { file in
      let word =
        request.effects.isEmpty
        ? "needs no trust" : missing.contains(file) ? "NOT trusted" : "trusted"
      return "\(word)  \(file.path)\n  \(file.digest)"
    }
    let difference = TrustDifference(request, store)
    if let since = difference.since { lines.append("trusted before, on \(since); since then:") }
    lines += difference.lines
    if request.effects.isEmpty {
      lines.append("it contacts nothing, and runs git in its own repository alone")
    }
    Output.say(lines.joined(separator: "\n"))
  }

  private func document(_ request: TrustRequest, _ missing: [TrustedFile]) -> JSONValue {
    .object([
      "trusted": .bool(missing.isEmpty), "effects": .strings(request.effects),
      "files": .array(
        request.files.map { file in
          .object([
            "path": .string(file.path), "sha256": file.digest.value,
            "trusted": .bool(!missing.contains(file)),
          ])
        }),
    ])
  }

  private func end(_ request: TrustRequest, _ store: TrustStore) throws {
    let ended = try request.files.filter { try store.revoke($0.path) }
    Output.say(
      ended.isEmpty
        ? "it was not trusted"
        : ended.map { "not trusted any more: \($0.path)" }.joined(separator: "\n"))
  }

  private func listAll(_ store: TrustStore) {
    let grants = store.grants.sorted { $0.key < $1.key }
    if json {
      Output.json(
        .array(
          grants.map { path, grant in
            .object([
              "path": .string(path.removingPercentEncoding ?? path),
              "sha256": grant.digest.value, "at": .string(grant.at),
            ])
          }))
      return
    }
    Output.say(
      grants.isEmpty
        ? "nothing is trusted"
        : grants.map { path, grant in
          "\(path.removingPercentEncoding ?? path)\n  \(grant.digest), \(grant.at)"
        }.joined(separator: "\n"))
  }
}

/// What is done by files that were trusted otherwise before, beside what was done then.
struct TrustDifference {
  /// When they were trusted last; nil where they never were, or nothing has changed.
  var since: String?
  /// One line for each effect: `+` new, `-` gone, `  ` as before.
  var lines: [String]

  init(_ request: TrustRequest, _ store: TrustStore) {
    let earlier = request.files.first.flatMap { store.earlier($0) }
    let isChanged = request.files.contains { !store.isTrusted($0) }
    guard let earlier, isChanged else {
      lines = request.effects.map { "  \($0)" }
      return
    }
    since = earlier.at
    lines =
      earlier.effects.filter { !request.effects.contains($0) }.map { "- \($0)" }
      + request.effects.map { earlier.effects.contains($0) ? "  \($0)" : "+ \($0)" }
  }
}
