internal import Checklist
internal import Evidence

/// Whether the author of a record may decide on a control.
struct Admission {
  let policy: Policy
  let now: Timestamp

  /// Why the record does not count for that control, or for the launch as a whole where there is
  /// none; nil where it counts.
  func refusal(of entry: Entry, for control: Control?) -> String? {
    guard let signer = entry.record.by.person else {
      return "\(entry.record.by.name) is a machine, and machines decide nothing"
    }
    if let early = tooEarly(entry) { return early }
    if let control, !control.signers.isEmpty, !control.signers.contains(signer.role) {
      return "\(signer.name) signed as \(signer.role), but control \(control.number) wants "
        + control.signers.joined(separator: " or ")
    }
    guard !policy.people.isEmpty else {
      return policy.signaturesRequired ? "signatures are required, but no people are listed" : nil
    }
    return personRefusal(of: entry, signer)
  }

  /// Why a record is not to be believed because its time lies ahead; nil where it does not.
  func tooEarly(_ entry: Entry) -> String? {
    guard entry.record.at > now + Period(seconds: 300) else { return nil }
    return "\(entry.record.at.short) UTC is more than 5 minutes ahead"
  }

  /// Whether two signers are one person: by address, by stable id, or because the policy says so.
  func isSamePerson(_ one: Author.Signer, _ other: Author.Signer) -> Bool {
    if one.isSamePerson(as: other) { return true }
    guard let known = policy.person(id: one.id, email: one.email) else { return false }
    return known.id == policy.person(id: other.id, email: other.email)?.id
  }

  /// Whether a record has signatures, but only by keys that signed the other one too: two names
  /// with one key are one pair of eyes.
  func hasOnlyKeys(of other: Entry, _ entry: Entry) -> Bool {
    !entry.signatures.isEmpty
      && entry.signatures.allSatisfy { own in other.signatures.contains { $0.key == own.key } }
  }

  private func personRefusal(of entry: Entry, _ signer: Author.Signer) -> String? {
    guard let person = policy.person(id: signer.id, email: signer.email) else {
      return "\(signer.name) is not among the people of the policy"
    }
    guard person.has(role: signer.role, on: entry.record.at.date) else {
      return "\(signer.name) had not the role \(signer.role) on \(entry.record.at.date)"
    }
    guard policy.signaturesRequired else { return nil }
    guard !entry.signatures.isEmpty else { return "\(signer.name) did not sign it with a key" }
    return isSigned(entry, by: person)
      ? nil : "it is signed, but not by a key of \(signer.name)"
  }

  /// Whether one of the person's keys signed the record.
  func isSigned(_ entry: Entry, by person: Person) -> Bool {
    let keys = person.keys.compactMap { SSHPublicKey.fingerprint(ofLine: $0) }
    return entry.signatures.contains { keys.contains($0.key) }
  }

  /// Whether an automation key of the policy signed the run, under its own id.
  func isSignedByAutomation(_ entry: Entry) -> Bool {
    guard case .automation(let automation) = entry.record.by.identity else { return false }
    let keys = policy.automation.filter { $0.id == automation.id }
      .compactMap { SSHPublicKey.fingerprint(ofLine: $0.key) }
    return entry.signatures.contains { keys.contains($0.key) }
  }

  /// Whether a known person signed the record with a key of theirs.
  func isSignedByPerson(_ entry: Entry) -> Bool {
    guard let signer = entry.record.by.person,
      let person = policy.person(id: signer.id, email: signer.email)
    else { return false }
    return isSigned(entry, by: person)
  }
}
