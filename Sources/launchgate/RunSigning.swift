internal import Checklist
internal import Evidence
internal import Session

/// Who signs a run: the automation whose key is given, else whoever runs it.
///
/// No key is looked for: a run counts as well once a signed sign-off or seal follows it.
struct RunSigning {
  let author: Author
  private let key: SigningKey?
  private let check: @Sendable (String) throws -> Void

  /// - Throws: a usage problem where the key is that of another pipeline or person.
  init(_ recorder: LaunchRecorder, _ options: IdentityOptions) throws {
    let folder = recorder.workspace.repository
    let policy = try recorder.policy()
    let keys = KeyResolution(policy: policy, folder: folder)
    let resolution = IdentityResolution(folder: folder)
    let person = resolution.identity(options, policy: policy)
    let key = options.unsigned ? nil : person.key.map { SigningKey($0, origin: "given") }
    let machine = key?.fingerprint.flatMap(keys.automation)
    self.key = key
    author = try resolution.runner(person, policy: policy, automation: machine?.id)
    if case .automation(let automation) = author.identity {
      check = { fingerprint in
        guard policy.signaturesRequired, keys.automation(fingerprint)?.id != automation.id
        else { return }
        throw Problem(
          "the key \(fingerprint) is not that of the automation \(automation.id), so that the "
            + "signature would not count",
          hint: "list it under automation: in launchgate.yaml, or set LAUNCHGATE_AUTOMATION",
          code: Status.usage)
      }
    } else {
      check = { try keys.check($0, for: person) }
    }
    if let fingerprint = key?.fingerprint { try check(fingerprint) }
  }

  /// The records, each signed where a key is given.
  func signed(_ entries: [Entry]) throws -> [Entry] {
    guard let key else { return entries }
    Output.progress("signing as \(author.name) with \(key.words)")
    return try RecordSigner(key: key, check: check).sign(entries, mayAsk: true, all: true)
  }
}
