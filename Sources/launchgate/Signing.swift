internal import Checklist
internal import Evidence
internal import Session

/// Who signs what: the launch, its recorder and the author, from the options of a command.
struct Signing {
  let workspace: Workspace
  let recorder: LaunchRecorder
  let person: Identity
  let author: Author

  /// - Throws: where there is no configuration, or it is not known who signs.
  init(_ options: GlobalOptions, _ identity: IdentityOptions) throws {
    workspace = try Workspace(options)
    recorder = LaunchRecorder(workspace: workspace)
    let resolution = IdentityResolution(folder: workspace.repository)
    let policy = workspace.configuration.policy
    person = resolution.identity(identity, policy: policy)
    author = try resolution.author(person, policy: policy)
  }

  /// Wants the release, and whatever else is given, among the confirmations.
  ///
  /// - Throws: a usage problem that names what is missing.
  func want(_ confirmations: [String], _ more: [String] = [], about what: String? = nil) throws {
    let wanted = [workspace.configuration.release] + more
    let missing = wanted.filter { !confirmations.contains($0) }
    guard missing.isEmpty else {
      throw Problem(
        "this is not confirmed yet: \(what ?? missing.joined(separator: ", "))",
        hint: "read it again, then add: "
          + missing.map { "--confirm \($0)" }.joined(separator: " "), code: Status.usage)
    }
  }

  /// Writes a record and says what the gate says now.
  @discardableResult
  func write(_ body: Record.Body, json: Bool) throws -> RecordID {
    let (id, after) = try recorder.record(body, by: author, key: person.key)
    try Answer.recorded(id, after, json: json)
    return id
  }

  /// The record that a command names, by its id or the beginning of one.
  func entry(_ text: String) throws -> Entry {
    guard let evidence = try recorder.current() else {
      throw Problem(
        "there is no evidence yet", hint: "open the launch: launchgate probe", code: Status.usage)
    }
    return try RecordLookup.find(text, in: evidence)
  }
}
