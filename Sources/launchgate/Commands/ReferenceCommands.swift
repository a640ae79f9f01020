internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Session

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
  @Option(help: "The release, and the number of each critical control.") var confirm: [String] = []
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let signing = try Signing(options, identity)
    let entry = try signing.entry(record)
    switch entry.record.body {
    case .signOff, .carry, .policy: break
    default:
      throw Problem("a \(entry.record.body.type) cannot be countersigned", code: Status.usage)
    }
    if let signer = entry.record.by.person,
      signer.email.lowercased() == signing.person.email.lowercased()
    {
      throw Problem(
        "\(signer.name) signed this already", hint: "another person has to countersign",
        code: Status.usage)
    }
    try signing.want(confirm, criticalControls(entry, signing))
    try signing.write(
      .countersign(Countersign(record: entry.id, points: points, note: note)), json: json)
  }
}

extension CountersignCommand {
  /// Numbers of the critical controls that are agreed to: each has to be confirmed by itself.
  private func criticalControls(_ entry: Entry, _ signing: Signing) -> [String] {
    let covered: [String] =
      switch entry.record.body {
      case .signOff(let signOff): signOff.decisions.map(\.point)
      case .carry(let carry): carry.points
      default: []
      }
    let meant = Set(points.isEmpty ? covered : points)
    return signing.workspace.checklist.controls.filter { control in
      control.severity == .critical && control.points.contains { meant.contains($0.id) }
    }
    .map(\.number)
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
    let signing = try Signing(options, identity)
    let entry = try signing.entry(record)
    switch entry.record.body {
    case .signOff, .carry, .policy, .countersign, .assign: break
    default:
      throw Problem("a \(entry.record.body.type) cannot be taken back", code: Status.usage)
    }
    try signing.write(
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
    let signing = try Signing(options, identity)
    let entry = try signing.entry(record)
    guard case .seal = entry.record.body else {
      throw Problem("\(entry.id.short) is no seal", code: Status.usage)
    }
    try signing.write(
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
    let signing = try Signing(options, identity)
    let workspace = signing.workspace
    let duties = workspace.checklist.controls.compactMap(\.duty)
    guard duties.contains(duty) else {
      throw Problem(
        "the checklist has no duty \(duty)",
        hint: "it has: \(duties.joined(separator: ", "))", code: Status.usage)
    }
    try signing.write(.assign(assignment(workspace.configuration.policy)), json: json)
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
