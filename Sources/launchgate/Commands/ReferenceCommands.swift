internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Session

/// What the commands that refer to a record have in common.
private struct Reference {
  let recorder: LaunchRecorder
  let person: Identity
  let author: Author
  let evidence: Evidence

  init(_ options: GlobalOptions, _ identity: IdentityOptions) throws {
    let workspace = try Workspace(options)
    recorder = LaunchRecorder(workspace: workspace)
    let resolution = IdentityResolution(folder: workspace.repository)
    let policy = workspace.configuration.policy
    person = resolution.identity(identity, policy: policy)
    author = try resolution.author(person, policy: policy)
    guard let evidence = try recorder.current() else {
      throw Problem(
        "there is no evidence yet", hint: "open the launch: launchgate probe", code: Status.usage)
    }
    self.evidence = evidence
  }

  func write(_ body: Record.Body, json: Bool) throws {
    let (id, after) = try recorder.record(body, by: author, key: person.key)
    try Answer.recorded(id, after, json: json)
  }
}

/// Agrees to a record as a second person.
struct CountersignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "countersign", abstract: "Agree to a sign-off as the second person.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Argument(help: "Id of the sign-off, carry or policy change; its beginning is enough.")
  var record: String
  @Option(help: "Only these points; otherwise all.") var points: [String] = []
  @Option(help: "In your own words.") var note = ""
  @Option(help: "The release.") var confirm: [String] = []
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let reference = try Reference(options, identity)
    let entry = try RecordLookup.find(record, in: reference.evidence)
    switch entry.record.body {
    case .signOff, .carry, .policy: break
    default:
      throw Problem("a \(entry.record.body.type) cannot be countersigned", code: Status.usage)
    }
    if let signer = entry.record.by.person,
      signer.email.lowercased() == reference.person.email.lowercased()
    {
      throw Problem(
        "\(signer.name) signed this already", hint: "another person has to countersign",
        code: Status.usage)
    }
    let release = reference.recorder.workspace.configuration.release
    guard confirm.contains(release) else {
      throw Problem(
        "this is not confirmed yet", hint: "add --confirm \(release)", code: Status.usage)
    }
    try reference.write(
      .countersign(Countersign(record: entry.id, points: points, note: note)), json: json)
  }
}

/// Takes a record back.
struct RevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take a record back; both stay in the evidence.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Argument(help: "Id of the record; its beginning is enough.") var record: String
  @Option(help: "Only these points; otherwise all.") var points: [String] = []
  @Option(help: "Why.") var reason: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let reference = try Reference(options, identity)
    let entry = try RecordLookup.find(record, in: reference.evidence)
    switch entry.record.body {
    case .signOff, .carry, .policy, .countersign, .assign: break
    default:
      throw Problem("a \(entry.record.body.type) cannot be taken back", code: Status.usage)
    }
    try reference.write(
      .revoke(Revoke(record: entry.id, points: points, reason: try Words.read(reason))),
      json: json)
  }
}

/// Opens a sealed launch again.
struct ReopenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "End a seal: the launch is open again.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Argument(help: "Id of the seal; its beginning is enough.") var record: String
  @Option(help: "Why.") var reason: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let reference = try Reference(options, identity)
    let entry = try RecordLookup.find(record, in: reference.evidence)
    guard case .seal = entry.record.body else {
      throw Problem("\(entry.id.short) is no seal", code: Status.usage)
    }
    try reference.write(
      .reopen(Reopen(record: entry.id, reason: try Words.read(reason))), json: json)
  }
}

/// Gives a duty to a person.
struct AssignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Give a lasting duty to a person.")

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Argument(help: "The duty, as the checklist names it.") var duty: String
  @Option(help: "An id of the policy, or 'Name <address>'.") var to: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let reference = try Reference(options, identity)
    let workspace = reference.recorder.workspace
    let duties = workspace.checklist.controls.compactMap(\.duty)
    guard duties.contains(duty) else {
      throw Problem(
        "the checklist has no duty \(duty)",
        hint: "it has: \(duties.joined(separator: ", "))", code: Status.usage)
    }
    try reference.write(.assign(assignment(workspace.configuration.policy)), json: json)
  }

  private func assignment(_ policy: Policy) throws -> Assign {
    if let person = policy.people.first(where: { $0.id == to }) {
      return Assign(
        duty: duty, id: person.id, name: person.name, email: person.emails.first ?? "")
    }
    guard let open = to.firstIndex(of: "<"), to.hasSuffix(">") else {
      throw Problem(
        "\(to) is no person of the policy", hint: "give 'Name <address>'", code: Status.usage)
    }
    let email = String(to[to.index(after: open)...].dropLast())
    let name = String(to[..<open].reversed().drop { $0 == " " }.reversed())
    return Assign(duty: duty, id: email, name: name.isEmpty ? email : name, email: email)
  }
}
