internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Gate
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
    var answers: [String: Decision.Answer] = [:]
    if case .signOff(let signOff) = entry.record.body {
      for decision in signOff.decisions { answers[decision.point] = decision.answer }
    }
    let meant = Set(points.isEmpty ? covered : points)
    // A carried fact is taken for a no: that is the answer that decides on other points.
    let absent = meant.filter { answers[$0] ?? .notApplicable == .notApplicable }
    return ReviewPage.criticalControls(
      deciding: meant, absent: absent, in: signing.workspace.checklist
    ).map(\.number)
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

/// Opens a sealed launch again, or what an occasion has overtaken.
struct ReopenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "End a seal, or say that an occasion has come up.",
    discussion: """
      With --occasion, what was decided and seen before on the controls that the checklist names \
      for it is open again, in one record: after a change of the infrastructure, of the login, of \
      billing. Without, the seal alone ends.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Argument(help: "Id of the seal; its beginning is enough. Not with --occasion.")
  var record: String?
  @Option(help: "An occasion of the checklist, such as infrastructure-change.")
  var occasion: String?
  @Option(help: "Why, or what has changed.") var reason: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let signing = try Signing(options, identity)
    let reason = try Words.read(reason)
    if let occasion {
      try signing.write(.reopen(try reopening(occasion, reason, signing)), json: json)
      return
    }
    guard let record else {
      throw Problem(
        "it is not said what is opened again",
        hint: "give the id of a seal, or --occasion NAME", code: Status.usage)
    }
    let entry = try signing.entry(record)
    guard case .seal = entry.record.body else {
      throw Problem("\(entry.id.short) is no seal", code: Status.usage)
    }
    try signing.write(.reopen(Reopen(record: entry.id, reason: reason)), json: json)
  }

  /// The record of an occasion: it refers to the last seal, or to the opening where there is none.
  private func reopening(
    _ occasion: String, _ reason: String, _ signing: Signing
  ) throws -> Reopen {
    guard record == nil else {
      throw Problem("--occasion opens controls, not a record", code: Status.usage)
    }
    guard let evidence = try signing.recorder.current(), let opening = evidence.entries.first else {
      throw Problem(
        "there is no evidence yet, so that nothing can be opened again", code: Status.usage)
    }
    let known = try Gate.evaluate(evidence, at: Clock.now).checklist.occasions.map(\.id)
    guard known.contains(occasion) else {
      throw Problem(
        "the checklist has no occasion \(occasion)",
        hint: known.isEmpty ? "it names none" : "it has: \(known.joined(separator: ", "))",
        code: Status.usage)
    }
    let seals = evidence.entries.filter { if case .seal = $0.record.body { true } else { false } }
    let last = evidence.latest(seals, record: \.id).last
    return Reopen(record: (last ?? opening).id, occasion: occasion, reason: reason)
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
    let named =
      workspace.checklist.controls.compactMap(\.duty)
      + workspace.checklist.points.compactMap(\.duty)
    let duties = named.enumerated().filter { !named.prefix($0.offset).contains($0.element) }
      .map(\.element)
    guard duties.contains(duty) else {
      throw Problem(
        "the checklist has no duty \(duty)",
        hint: "it has: \(duties.joined(separator: ", "))", code: Status.usage)
    }
    try signing.write(
      .assign(Assign(duty, to: to, under: workspace.configuration.policy)), json: json)
  }
}
