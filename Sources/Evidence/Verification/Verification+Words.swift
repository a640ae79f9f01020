internal import Checklist

extension Verification {
  /// Says in words what is established and what is not; never more than that.
  mutating func describe(_ evidence: Evidence, _ demands: Demands) {
    let records = evidence.entries.count
    let signed = evidence.entries.count { !$0.signatures.isEmpty }
    say("\(records) records are consistent: ids, parents, references, canonical bytes")
    say("\(signed) records are signed, each signature over the bytes it stands beside")
    describeSigners(demands)
    if signed < records {
      deny("who wrote \(records - signed) records: they are not signed, and names are as typed")
    }
    describeHardware()
    describeTime(evidence, demands)
    describeCompleteness(demands)
    describeAttachments(evidence, demands)
    deny("whether what people and machines said is true: a signature says who, not what is so")
  }

  private mutating func say(_ words: String) { established.append(words) }
  private mutating func deny(_ words: String) { notEstablished.append(words) }

  private mutating func describeSigners(_ demands: Demands) {
    if let signers = demands.allowedSigners {
      let records = trusted.count.counted("record is", "records are")
      let name = trusted.count == 1 ? "it names" : "they name"
      say("\(records) signed by an allowed signer, as whom \(name)")
      for warning in signers.warnings { deny("who signed, wholly: \(warning)") }
      if demands.isStrict && !signatures.isEmpty {
        say("ssh-keygen comes to the same result for \(signatures.count.counted("signature"))")
      }
    } else {
      deny("who signed: no allowed signers were given (--allowed-signers)")
    }
    if demands.revokedKeys != nil {
      let revoked = signatures.count { $0.refusal?.hasSuffix("is revoked") ?? false }
      say(
        revoked.counted("signature is by a key that is", "signatures are by keys that are")
          + " revoked by the given list")
    } else if !signatures.isEmpty {
      deny("that no key was lost or revoked: no list was given (verify --revoked)")
    }
  }

  private mutating func describeHardware() {
    let presences = signatures.compactMap(\.presence)
    guard !presences.isEmpty else { return }
    let touched = presences.count(where: \.isTouched)
    say(
      presences.count.counted("signature is by a hardware key", "signatures are by hardware keys")
        + ": \(touched) with a touch, "
        + "\(presences.count(where: \.isVerified)) with a PIN or finger")
    if touched < presences.count {
      deny(
        "that somebody was there: "
          + (presences.count - touched).counted("hardware key") + " signed without a touch")
    }
  }

  private mutating func describeTime(_ evidence: Evidence, _ demands: Demands) {
    for stamp in stamps where stamp.isVerified {
      say(
        "the seal \(stamp.seal.short) and all in its past existed at \(stamp.time.rfc3339), by a "
          + "trusted time stamp")
    }
    if stamps.contains(where: \.isVerified) {
      deny(
        "since when stamped records exist: a stamp says that they existed by then, not since when")
      deny(
        "that the signature of a stamped seal itself is as old: the token is over the seal's record; "
          + "its key is judged by that time all the same")
    }
    let open = stamps.count { !$0.isVerified }
    if open > 0 && demands.authority == nil {
      deny("\(open.counted("time stamp")): no authority was given (verify --tsa-ca)")
    }
    let late = signatures.contains { $0.time == demands.now }
    if late && demands.allowedSigners != nil {
      deny("that keys were valid when they signed: they are judged by \(demands.now.rfc3339)")
    }
    deny("when: times in records are those of the writers' clocks")
  }

  private mutating func describeCompleteness(_ demands: Demands) {
    if demands.expectedHead == nil {
      deny("completeness: records at the end may have been left out (verify --expect-head)")
    } else {
      say("nothing in the past of the expected head is missing")
      if !outside.isEmpty {
        let strays = outside.count.counted("record that lies", "records that lie")
        deny("anything of \(strays) outside the past of the expected head")
      }
    }
  }

  private mutating func describeAttachments(_ evidence: Evidence, _ demands: Demands) {
    let count = AttachmentCheck.decisions(of: evidence).reduce(0) { $0 + $1.1.attachments.count }
    guard count > 0 else { return }
    if demands.attachments == nil {
      let whose = count == 1 ? "its digest is" : "their digests are"
      deny("\(count.counted("attachment")): only \(whose) here (verify --attachments FOLDER)")
    } else {
      let all = count.counted("attachment is", "attachments are")
      say("\(attachmentsFound) of \(all) there with the recorded bytes")
    }
  }
}
