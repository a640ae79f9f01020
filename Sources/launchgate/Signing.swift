internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Who signs what with which key: the launch, its recorder and the author, from the options of a
/// command.
struct Signing {
  let workspace: Workspace
  let recorder: LaunchRecorder
  let person: Identity
  let author: Author
  /// The policy by which the record will be judged.
  let policy: Policy
  private let isUnsigned: Bool

  /// - Throws: where there is no configuration, or it is not known who signs.
  init(_ options: GlobalOptions, _ identity: IdentityOptions) throws {
    workspace = try Workspace(options)
    recorder = LaunchRecorder(workspace: workspace)
    policy = try recorder.policy()
    let resolution = IdentityResolution(folder: workspace.repository)
    person = resolution.identity(identity, policy: policy)
    author = try resolution.author(person, policy: policy)
    isUnsigned = identity.unsigned
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
    let (id, after) = try write(recorder.drafts(body, by: author))
    try Answer.recorded(id, after, json: json)
    return id
  }

  /// Signs the drafts and writes them; the last one is what is meant.
  func write(_ drafts: [Entry]) throws -> (id: RecordID, evidence: Evidence) {
    let entries = try signed(drafts)
    guard let id = entries.last?.id else { throw Problem("there is nothing to write") }
    return (id, try recorder.add(entries))
  }

  private func signed(_ drafts: [Entry]) throws -> [Entry] {
    guard !isUnsigned else { return drafts }
    let keys = KeyResolution(policy: policy, folder: workspace.repository)
    guard let key = try keys.key(for: person) else {
      try SignatureRule(policy: policy).admitUnsigned(drafts.last, of: person)
      return drafts
    }
    Output.progress("signing as \(person.email) with \(key.words)")
    return try RecordSigner(key: key) { [person] in try keys.check($0, for: person) }
      .sign(drafts, mayAsk: true)
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

/// Whether a record may be written without a signature.
struct SignatureRule {
  let policy: Policy

  /// Refuses what could not count; what speaks against the launch is always taken.
  ///
  /// - Throws: a usage problem with the ways to a key.
  func admitUnsigned(_ entry: Entry?, of person: Identity) throws {
    guard policy.signaturesRequired, let entry else { return }
    guard !entry.record.body.speaksAgainst else {
      Output.progress(
        "warning: this is not signed; it counts, because it speaks against the launch")
      return
    }
    throw Problem(
      "signatures are required, and no key of \(person.name) was found",
      hint: "give --key FILE, or put a key that the policy lists into the agent (ssh-add) or "
        + "~/.ssh; with --unsigned it is recorded, but does not count", code: Status.usage)
  }
}

extension Record.Body {
  /// Whether it takes away, so that it counts without a name.
  fileprivate var speaksAgainst: Bool {
    switch self {
    case .revoke, .reopen, .timestamp: true
    case .signOff(let signOff): signOff.decisions.allSatisfy { $0.answer == .notMet }
    default: false
    }
  }
}
