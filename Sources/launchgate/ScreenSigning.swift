internal import Checklist
internal import Evidence
internal import Session

/// Signs for the person at the screen, which is left while something is asked.
struct ScreenSigning {
  private let person: Identity
  private let policy: Policy
  private let signer: RecordSigner?

  /// - Parameter looks: whether a key is looked for where none is given; never for the example,
  ///   whose people are not the user.
  /// - Throws: a usage problem where the key is somebody else's.
  init(_ recorder: LaunchRecorder, _ person: Identity, looks: Bool) throws {
    self.person = person
    let policy = try recorder.policy()
    self.policy = policy
    let folder = recorder.workspace.repository
    let keys = KeyResolution(policy: policy, folder: folder)
    guard looks || person.key != nil, let key = try keys.key(for: person) else {
      signer = nil
      return
    }
    signer = RecordSigner(key: key) { try keys.check($0, for: person) }
  }

  /// Signs in silence where that is possible; else on the terminal that is lent for it.
  func signed(
    _ drafts: [Entry],
    lending lend: (@escaping @Sendable () -> Result<[Entry], any Error>) async -> Result<
      [Entry], any Error
    >
  ) async throws -> [Entry] {
    guard let signer else {
      try SignatureRule(policy: policy).admitUnsigned(drafts.last, of: person)
      return drafts
    }
    if !signer.key.isHardware {
      do {
        return try signer.sign(drafts, mayAsk: false)
      } catch let failure as SSHKeygen.Failure where failure.wantsPerson {}
    }
    let words =
      "launchgate: signing as \(person.email) with \(signer.key.words). The key may ask for its "
      + "passphrase, a PIN or a touch; Ctrl-C gives up, and nothing is lost."
    return try await lend {
      Output.progress(words)
      return Result { try signer.sign(drafts, mayAsk: true) }
    }.get()
  }
}
