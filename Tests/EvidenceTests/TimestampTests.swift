import Checklist
import Foundation
import Testing

@testable import Evidence

/// Time stamps of a real authority (openssl), over a seal, verified without any network.
@Suite("Time stamps")
struct TimestampTests {
  private let workshop: Workshop
  private let authority: Authority
  private let now: Timestamp

  init() throws {
    workshop = try Workshop()
    authority = try Authority(workshop)
    now = Timestamp(seconds: Int(Date().timeIntervalSince1970))
  }

  /// A launch with a sign-off and a seal, all signed by alice, and the seal.
  private func sealed(key: String?) throws -> (Evidence, RecordID) {
    func signed(_ entry: Entry) throws -> Entry { try key.map(entry.signed) ?? entry }
    var evidence = Evidence()
    try evidence.add(signed(Evidence.opening(Samples.opened, by: Samples.alice, at: now)))
    try evidence.add(
      signed(
        evidence.draft(
          .signOff(SignOff(decisions: [Samples.decision])), by: Samples.alice, at: now)))
    let seal = try signed(
      evidence.sealing(verdict: "GO", note: "", by: Samples.alice, at: now))
    try evidence.add(seal)
    return (evidence, seal.id)
  }

  private func stamped(
    _ evidence: Evidence, _ token: TimestampToken
  ) throws -> Evidence {
    var evidence = evidence
    try evidence.add(evidence.draft(.timestamp(token), by: Samples.alice, at: now))
    return evidence
  }

  private func demands(signers: String? = nil, at time: Timestamp? = nil) throws
    -> Verification.Demands
  {
    var demands = Verification.Demands(now: time ?? now)
    demands.authority = try TimestampAuthority(caFile: authority.certificate)
    demands.allowedSigners = try signers.map { try AllowedSigners(Array($0.utf8)) }
    return demands
  }

  @Test("the request is the one that openssl would write, but for its nonce")
  func request() throws {
    let (evidence, seal) = try sealed(key: nil)
    try workshop.write(try #require(evidence[seal]).bytes, to: "record")
    try workshop.run("openssl ts -query -data record -sha256 -cert -no_nonce -out theirs.tsq")
    #expect(try StampedTime.request(for: seal) == workshop.read("theirs.tsq"))
  }

  @Test(
    "an answer is stored as a token and verified offline by openssl",
    arguments: ["", "-chain tsa.pem"])
  func verified(options: String) throws {
    let (evidence, seal) = try sealed(key: nil)
    let answer = try authority.answer(to: seal, options)
    let stamp = try StampedTime(der: answer)
    #expect(stamp.imprint == seal)
    #expect(abs(stamp.time.seconds - now.seconds) < 600)
    #expect(try StampedTime(der: stamp.token) == stamp)
    let result = try Verification(
      stamped(evidence, TimestampToken(stamp)), demands())
    #expect(result.isTrusted)
    #expect(result.stamps.map(\.isVerified) == [true])
    #expect(result.established.contains { $0.contains(stamp.time.rfc3339) })
    // Without an authority nothing is claimed.
    let bare = try Verification(
      stamped(evidence, TimestampToken(stamp)), Verification.Demands(now: now))
    #expect(bare.isTrusted && bare.stamps.map(\.isVerified) == [false])
    #expect(!bare.established.contains { $0.contains("time stamp") })
    #expect(bare.notEstablished.contains { $0.contains("--tsa-ca") })
  }

  @Test("a token over something else, or none at all, is damage")
  func foreign() throws {
    let (evidence, seal) = try sealed(key: nil)
    let stamp = try StampedTime(der: authority.answer(to: Samples.digest))
    for token in [
      TimestampToken(seal: seal, token: Data(stamp.token).base64EncodedString()),
      TimestampToken(seal: seal, token: "MIIC"), TimestampToken(seal: seal, token: "?"),
    ] {
      #expect(throws: EvidenceDamage.self) {
        try Verification(stamped(evidence, token), demands())
      }
    }
  }

  @Test("a token of another authority, or of a certificate for something else, is not trusted")
  func otherAuthority() throws {
    let (evidence, seal) = try sealed(key: nil)
    let other = try Authority(Workshop())
    let careless = try Authority(Workshop(), usage: "serverAuth")
    for authority in [other, careless] {
      guard let answer = try? authority.answer(to: seal), let stamp = try? StampedTime(der: answer)
      else { continue }
      let result = try Verification(stamped(evidence, TimestampToken(stamp)), demands())
      #expect(!result.isTrusted)
      #expect(result.stamps.map(\.isVerified) == [false])
      #expect(result.untrusted.first?.reason.contains("time stamp is not trusted") ?? false)
    }
  }

  @Test("a changed token is no longer trusted, or says the same as before")
  func bytes() throws {
    let (evidence, seal) = try sealed(key: nil)
    let stamp = try StampedTime(der: authority.answer(to: seal))
    for index in stride(from: 3, to: stamp.token.count, by: 41) {
      var token = stamp.token
      token[index] ^= 0x01
      let record = TimestampToken(seal: seal, token: Data(token).base64EncodedString())
      do {
        let result = try Verification(stamped(evidence, record), demands())
        // Not all of a token is signed: the authority's certificate, for one, comes from the auditor.
        #expect(
          !result.isTrusted || result.stamps.map(\.time) == [stamp.time], "byte \(index)")
      } catch is EvidenceDamage {}
    }
  }

  @Test("a key that has expired since is judged by the time stamp")
  func expiredKey() throws {
    let key = try workshop.key("alice")
    let line = try workshop.publicKey("alice")
    let (evidence, seal) = try sealed(key: key)
    let soon = now + Period.hours(1)
    let end = soon.rfc3339.filter(\.isNumber)
    let signers = "a@x.test valid-before=\"\(end)Z\" \(line)"
    let later = now + Period.days(3)
    #expect(try Verification(evidence, demands(signers: signers)).isTrusted)
    let late = try Verification(evidence, demands(signers: signers, at: later))
    #expect(late.untrusted.count == 3)
    #expect(late.untrusted.first?.reason.contains("was valid until \(soon.rfc3339)") ?? false)
    let token = TimestampToken(try StampedTime(der: authority.answer(to: seal)))
    var strict = try demands(signers: signers, at: later)
    strict.isStrict = true
    let stamped = try Verification(stamped(evidence, token), strict)
    #expect(stamped.untrusted.isEmpty, "\(stamped.untrusted)")
    #expect(stamped.trusted.count == 3)
    // A record after the seal is not covered.
    var more = try self.stamped(evidence, token)
    try more.add(
      more.draft(
        .signOff(SignOff(decisions: [Samples.decision])), by: Samples.alice, at: now
      ).signed(with: key))
    #expect(try Verification(more, strict).untrusted.count == 1)
    // Nor does a stamp help that no trusted authority made.
    var without = strict
    without.authority = nil
    #expect(try Verification(self.stamped(evidence, token), without).untrusted.count == 3)
    // What was revoked stays revoked.
    try workshop.write(Array("\(line)\n".utf8), to: "revoked")
    strict.revokedKeys = try RevokedKeys(path: workshop.path("revoked"))
    #expect(try Verification(self.stamped(evidence, token), strict).untrusted.count == 3)
  }

  @Test("what a stranger's stamped seal says of other signatures is worth nothing")
  func strangersSeal() throws {
    let key = try workshop.key("alice")
    let stranger = try workshop.key("stranger")
    let line = try workshop.publicKey("alice")
    let (open, _) = try sealed(key: key)
    var evidence = Evidence()
    for entry in open.entries.dropLast() { try evidence.add(entry) }
    let seal = try evidence.sealing(
      verdict: "GO", note: "", by: Samples.alice, at: now
    ).signed(with: stranger)
    try evidence.add(seal)
    let token = TimestampToken(try StampedTime(der: authority.answer(to: seal.id)))
    let end = (now + Period.hours(1)).rfc3339.filter(\.isNumber)
    let result = try Verification(
      stamped(evidence, token),
      demands(
        signers: "a@x.test valid-before=\"\(end)Z\" \(line)", at: now + Period.days(3)))
    #expect(result.untrusted.count == 3)
  }

  @Test("an answer that refuses, and bytes that are no answer, are refused")
  func hostile() throws {
    let answer = try authority.answer(to: Samples.digest)
    for length in stride(from: 0, to: answer.count, by: 97) {
      #expect(throws: TrustFault.self) { try StampedTime(der: Array(answer.prefix(length))) }
    }
    for bytes: [UInt8] in [
      [0x30, 0x03, 0x30, 0x01, 0x02], [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02],
      [0x30, 0x80, 0x00, 0x00], [UInt8](repeating: 0x30, count: 300 << 10),
      Array(repeating: [0x30, 0x82, 0xff, 0xff], count: 4_000).flatMap(\.self),
    ] {
      #expect(throws: TrustFault.self) { try StampedTime(der: bytes) }
    }
    try workshop.write(StampedTime.request(for: Samples.digest), to: "bad.tsq")
    try workshop.run(
      "sed -i 's/digests = .*/digests = sha512/' tsa.cnf; openssl ts -reply -config tsa.cnf "
        + "-section tsa -queryfile bad.tsq -signer tsa.pem -inkey tsa.key -out refusal.tsr",
      expecting: nil)
    #expect(throws: TrustFault.self) { try StampedTime(der: workshop.read("refusal.tsr")) }
  }
}
