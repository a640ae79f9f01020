import Checklist
import Foundation
import Testing

@testable import Evidence

/// What an auditor is told.
@Suite("Verification")
struct VerificationTests {
  private let workshop: Workshop
  private let now = Timestamp(rfc3339: "2026-11-22T03:00:00Z") ?? Timestamp(seconds: 0)

  init() throws { workshop = try Workshop() }

  private func evidence(_ signing: (Entry) throws -> Entry = { $0 }) throws -> Evidence {
    var evidence = Evidence()
    try evidence.add(signing(Evidence.opening(Samples.opened, by: Samples.alice, at: now)))
    try evidence.add(
      signing(
        evidence.draft(
          .run(Run(findings: [Samples.finding])), by: Samples.runner, at: now)))
    try evidence.add(
      signing(
        evidence.draft(
          .signOff(SignOff(decisions: [Samples.decision])), by: Samples.alice, at: now)))
    return evidence
  }

  private func demands(_ signers: String?, strict: Bool = false) throws -> Verification.Demands {
    var demands = Verification.Demands(now: now)
    demands.allowedSigners = try signers.map { try AllowedSigners(Array($0.utf8)) }
    demands.isStrict = strict
    return demands
  }

  @Test("the person or automation inside the signed bytes has to be the key's owner")
  func principals() throws {
    let key = try workshop.key("k")
    let line = try workshop.publicKey("k")
    let evidence = try evidence { try $0.signed(with: key) }
    let result = try Verification(evidence, demands("a@x.test,ci \(line)", strict: true))
    #expect(result.isTrusted)
    #expect(result.trusted.map(\.principal) == ["a@x.test", "ci", "a@x.test"])
    #expect(result.signatures.allSatisfy { $0.type == "ssh-ed25519" && $0.presence == nil })
    let person = try Verification(evidence, demands("a@x.test \(line)"))
    #expect(person.untrusted.count == 1)
    #expect(person.untrusted.first?.reason.contains("not for ci") ?? false)
    let shared = try Verification(
      evidence, demands("a@x.test \(line)\nci \(line)", strict: true))
    #expect(shared.untrusted.count == 3)
    #expect(shared.untrusted.first?.reason.contains("two people") ?? false)
  }

  @Test("without signers nothing is said of who; without signatures neither")
  func words() throws {
    let key = try workshop.key("k")
    for (signed, signers) in [(false, false), (true, false), (true, true)] {
      let evidence = try evidence { signed ? try $0.signed(with: key) : $0 }
      let line = try workshop.publicKey("k")
      let result = try Verification(
        evidence, demands(signers ? "a@x.test,ci \(line)" : nil))
      func denies(_ words: String) -> Bool {
        result.notEstablished.contains { $0.contains(words) }
      }
      #expect(denies("who signed: no allowed signers") == !signers)
      #expect(denies("they are not signed") == !signed)
      #expect(denies("completeness"))
      #expect(denies("clocks"))
      #expect(denies("what people and machines said is true"))
      #expect(denies("only its digest is here"))
      #expect(denies("no list was given (verify --revoked)") == signed)
      #expect(
        result.established.contains { $0.contains("by an allowed signer") } == signers)
      #expect(denies("several people") == signers)
    }
  }

  @Test("strict wants signers, and a signature where people decide")
  func strict() throws {
    #expect(try !Verification(evidence(), demands(nil, strict: true)).isTrusted)
    let result = try Verification(evidence(), demands("", strict: true))
    #expect(result.untrusted.map(\.reason) == ["this sign-off is not signed"])
    #expect(try Verification(evidence(), demands("")).isTrusted)
  }

  @Test("revoked keys count for nothing, a second good signature suffices")
  func revoked() throws {
    let (one, two) = (try workshop.key("one"), try workshop.key("two"))
    let lines = try
      "a@x.test,ci \(workshop.publicKey("one"))\na@x.test,ci \(workshop.publicKey("two"))"
    try workshop.write(Array(try workshop.publicKey("one").utf8), to: "revoked")
    var demands = try demands(lines)
    demands.revokedKeys = try RevokedKeys(path: workshop.path("revoked"))
    let lone = try Verification(evidence { try $0.signed(with: one) }, demands)
    #expect(lone.untrusted.count == 3)
    #expect(lone.untrusted.first?.reason.contains("is revoked") ?? false)
    let both = try Verification(
      evidence { try $0.signed(with: one).signed(with: two) }, demands)
    #expect(both.isTrusted && both.signatures.count == 6)
    demands.allowedSigners = nil
    #expect(try Verification(evidence { try $0.signed(with: one) }, demands).untrusted.count == 3)
  }

  @Test("signatures of hardware are told from those with a touch")
  func hardware() throws {
    try workshop.run(
      "for o in '' '-O no-touch-required'; do \(SSHKindTests.provider) ssh-keygen -q -t ed25519-sk "
        + "-N '' $o -f \"sk${#o}\" </dev/null 2>/dev/null; done")
    let evidence = try evidence { entry in
      guard case .signOff = entry.record.body else { return entry }
      try workshop.write(entry.bytes, to: "bytes")
      var entry = entry
      for key in ["sk0", "sk20"] {
        let text = try workshop.run(
          "\(SSHKindTests.provider) ssh-keygen -q -Y sign -n launchgate -f \(key) < bytes 2>/dev/null"
        )
        entry.add([Signature(key: try SSHSignature(armoured: text).fingerprint, sshsig: text)])
      }
      return entry
    }
    try SignatureCheck.check(evidence)
    let result = try Verification(evidence, demands(nil))
    #expect(
      result.established.contains { $0.contains("2 signatures are by hardware keys: 1 with") })
    #expect(
      result.notEstablished.contains { $0.contains("1 hardware key signed without a touch") })
  }

  @Test("carried records are judged like all others")
  func carried() throws {
    let key = try workshop.key("k")
    var carry = try Samples.earlier()
    let origin = try Entry(carried: try #require(carry.records.first))
    carry.records = [try origin.signed(with: key).value]
    var evidence = try evidence()
    try evidence.add(evidence.draft(.carry(carry), by: Samples.alice, at: now).signed(with: key))
    let line = try workshop.publicKey("k")
    let good = try Verification(evidence, demands("a@x.test \(line)", strict: true))
    #expect(good.trusted.count == 2 && good.untrusted.count == 1)
    let bad = try Verification(evidence, demands("b@x.test \(line)"))
    #expect(bad.untrusted.count == 2)
  }

  @Test("attachments are found by their bytes, and missing or other ones are named")
  func attachments() throws {
    let bytes = Array("output\n".utf8)
    var decision = Samples.decision
    decision.attachments = [
      .init(name: "log.txt", digest: Digest(of: bytes), size: bytes.count),
      .init(name: "other.txt", digest: Digest(of: "x".utf8), size: 1),
      .init(name: "gone.txt", digest: Digest(of: "y".utf8), size: 1),
    ]
    var evidence = try evidence()
    try evidence.add(
      evidence.draft(.signOff(SignOff(decisions: [decision])), by: Samples.alice, at: now))
    try workshop.run(
      "mkdir files files/deep; echo output > files/renamed; echo z > files/other.txt")
    var demands = try demands(nil)
    demands.attachments = workshop.path("files")
    let result = try Verification(evidence, demands)
    #expect(result.attachmentsFound == 1)
    #expect(
      result.untrusted.map(\.reason) == [
        "the attachment log.txt of 1.1 is missing",
        "the attachment other.txt of 1.1 differs from what was recorded",
        "the attachment gone.txt of 1.1 is missing",
      ])
    demands.attachments = workshop.path("none")
    #expect(throws: TrustFault.self) { try Verification(evidence, demands) }
  }

  @Test("thousands of attachments of one size are each looked up once")
  func manyAttachments() throws {
    try workshop.run("mkdir files; cd files; for i in $(seq 100000 101999); do echo $i > $i; done")
    var evidence = try evidence()
    for start in [100_000, 101_000] {
      var decision = Samples.decision
      decision.attachments = (start..<start + 1_000).reversed().map {
        .init(name: "\($0)", digest: Digest(of: "\($0)\n".utf8), size: 7)
      }
      try evidence.add(
        evidence.draft(.signOff(SignOff(decisions: [decision])), by: Samples.alice, at: now))
    }
    let check = try AttachmentCheck(evidence, folder: workshop.path("files"))
    #expect(check.found == 2_000)
    #expect(check.faults.allSatisfy { $0.reason.contains("log.txt") })
  }

  @Test("signing says what to do where it cannot")
  func trouble() throws {
    let bytes = Array("b".utf8)
    func failure(_ key: String) throws -> SSHKeygen.Failure? {
      #expect(throws: SSHKeygen.Failure.self) {
        try SSHKeygen.sign(bytes, key: key, mayAsk: false)
      }
    }
    try workshop.run("ssh-keygen -q -t ed25519 -N secret -f locked")
    let locked = try failure(workshop.path("locked"))
    #expect(locked?.wantsPerson ?? false)
    #expect(locked?.hint.contains("ssh-add") ?? false)
    let missing = try failure(workshop.path("none"))
    #expect(missing?.wantsPerson == false)
    let key = try workshop.key("open")
    try workshop.run("chmod 644 open")
    #expect(try failure(key)?.hint.contains("chmod 600") ?? false)
    let described = SSHKeygen.describe(key: workshop.path("locked"))
    #expect(
      described?.fingerprint == SSHPublicKey.fingerprint(ofLine: try workshop.publicKey("locked")))
    #expect(described?.isHardware == false)
    #expect(SSHKeygen.describe(key: workshop.path("none")) == nil)
  }
}
