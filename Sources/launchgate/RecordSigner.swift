internal import Evidence
internal import Probes

/// Signs records that follow one another.
///
/// The last one is what was reviewed: it is always signed, and covers by its parents those that
/// come with it (the opening, the candidate). These are signed as well where that asks nobody.
struct RecordSigner: Sendable {
  let key: SigningKey
  /// Refuses the key, known for certain once it has signed.
  let check: @Sendable (String) throws -> Void
  /// Where it is noted that ssh-keygen was run; the terminal may be lent from another thread.
  private let log = CommandLog.current

  /// A signer with that key.
  init(key: SigningKey, check: @escaping @Sendable (String) throws -> Void) {
    self.key = key
    self.check = check
  }

  /// - Parameters:
  ///   - mayAsk: whether a person may be asked on the terminal.
  ///   - all: whether each record has to be signed by itself.
  /// - Throws: why nothing was signed; nothing was written then.
  func sign(_ entries: [Entry], mayAsk: Bool, all: Bool = false) throws -> [Entry] {
    guard let last = entries.last else { return [] }
    let main = try signed(last, mayAsk: mayAsk)
    let others = try entries.dropLast().map { entry in
      if all { return try signed(entry, mayAsk: mayAsk) }
      return key.isHardware ? entry : (try? signed(entry, mayAsk: false)) ?? entry
    }
    return others + [main]
  }

  private func signed(_ entry: Entry, mayAsk: Bool) throws -> Entry {
    let running = log?.start(
      ["ssh-keygen", "-Y", "sign", "-q", "-n", Signature.namespace, "-f", key.key])
    let signature: Signature
    do {
      signature = try SSHKeygen.sign(entry.bytes, key: key.key, mayAsk: mayAsk)
    } catch {
      running?.end("failed")
      throw error
    }
    running?.end("exit 0")
    try check(signature.key)
    var entry = entry
    entry.add([signature])
    return entry
  }
}
