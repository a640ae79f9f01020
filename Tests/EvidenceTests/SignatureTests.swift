import Checklist
import Foundation
import Testing

@testable import Evidence

@Suite("Signatures")
struct SignatureTests {
  private let workshop: Workshop
  private let entry: Entry
  private let key: String

  init() throws {
    workshop = try Workshop()
    key = try workshop.key("alice")
    entry = try Evidence.opening(Samples.opened, by: Samples.alice, at: Samples.time(0))
  }

  /// What checking the entry with that signature says; nil where it is good.
  private func fault(_ signature: Signature) throws -> String? {
    var signed = entry
    signed.add([signature])
    do {
      try SignatureCheck.check(Evidence([signed]))
      return nil
    } catch let damage as EvidenceDamage {
      return damage.reason
    }
  }

  private func good() throws -> Signature { try SSHKeygen.sign(entry.bytes, key: key) }

  /// The signature with its blob changed.
  private func reworked(_ change: (inout [UInt8]) -> Void) throws -> Signature {
    var signature = try good()
    let base64 = signature.sshsig.split(separator: "\n").dropFirst().dropLast().joined()
    var blob = Array(try #require(Data(base64Encoded: base64)))
    change(&blob)
    signature.sshsig = armoured(Data(blob).base64EncodedString())
    return signature
  }

  private func armoured(_ base64: String) -> String {
    "-----BEGIN SSH SIGNATURE-----\n\(base64)\n-----END SSH SIGNATURE-----\n"
  }

  @Test(
    "keys of every common kind sign and verify",
    arguments: [("ed25519", 0), ("rsa", 2_048), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521)])
  func kinds(type: String, bits: Int) throws {
    let key = try workshop.key("other", type: type, bits: bits == 0 ? nil : bits)
    let signature = try SSHKeygen.sign(entry.bytes, key: key)
    #expect(signature.key == SSHPublicKey.fingerprint(ofLine: try workshop.publicKey("other")))
    #expect(try workshop.run("ssh-keygen -l -f other.pub").contains(signature.key))
    #expect(try fault(signature) == nil)
    let foreign = try SSHKeygen.sign(entry.bytes + [0x0a], key: key)
    #expect(try fault(foreign)?.contains("not over its bytes") ?? false)
  }

  @Test("a signature by another key than it names is damage")
  func otherKey() throws {
    var signature = try good()
    signature.key = "SHA256:else"
    #expect(try fault(signature)?.contains("was made by") ?? false)
  }

  @Test("a signature in another namespace is damage")
  func namespace() throws {
    try workshop.write(entry.bytes, to: "record")
    let text = try workshop.run("ssh-keygen -q -Y sign -n git -f alice < record")
    let signature = Signature(key: try good().key, sshsig: text)
    #expect(try fault(signature)?.contains("another purpose") ?? false)
  }

  @Test("every changed byte of the blob, and every cut, is damage")
  func blob() throws {
    let length = try #require(
      Data(
        base64Encoded: try good().sshsig.split(separator: "\n")
          .dropFirst().dropLast().joined())
    ).count
    for index in 0..<length {
      #expect(try fault(reworked { $0[index] ^= 1 }) != nil, "byte \(index)")
      #expect(try fault(reworked { $0 = Array($0.prefix(index)) }) != nil, "cut at \(index)")
    }
    #expect(try fault(reworked { $0.append(0) }) != nil)
  }

  @Test("reserved bytes are refused although ssh-keygen accepts them")
  func reserved() throws {
    let junk = try reworked { blob in
      // After magic (6), version (4), key (4 + 51) and namespace (4 + 10): the reserved string.
      let start = 6 + 4 + 55 + 14
      blob.replaceSubrange(start..<start + 4, with: [0, 0, 0, 1, 0x78])
    }
    #expect(try fault(junk)?.contains("reserved") ?? false)
  }

  @Test("any wrapping of the base64 is accepted, anything around the armour is not")
  func armour() throws {
    var signature = try good()
    let text = signature.sshsig
    let base64 = text.split(separator: "\n").dropFirst().dropLast().joined()
    for (spelling, isGood) in [
      (text, true), (armoured(base64), true), (String(armoured(base64).dropLast()), true),
      (armoured(base64.map(String.init).joined(separator: "\n")), true),
      (text + "x", false), (text + "\n", false), ("\n" + text, false), ("x" + text, false),
      (armoured(" " + base64), false), (armoured(base64 + "="), false), (armoured(""), false),
      (text.replacing("\n", with: "\r\n"), false), ("", false), (base64, false),
    ] {
      signature.sshsig = spelling
      #expect(try (fault(signature) == nil) == isGood, "\(spelling.prefix(40).debugDescription)")
    }
  }

  @Test("a bad signature of a carried record is damage")
  func carried() throws {
    var carry = try Samples.earlier()
    let sign = try Entry(carried: try #require(carry.records.first))
    for (bytes, isGood) in [(sign.bytes, true), (entry.bytes, false)] {
      var copy = sign
      copy.add([try SSHKeygen.sign(bytes, key: key)])
      carry.records = [copy.value]
      var evidence = try Evidence([entry])
      try evidence.add(evidence.draft(.carry(carry), by: Samples.alice, at: Samples.time(1)))
      if isGood {
        try SignatureCheck.check(evidence)
      } else {
        #expect(throws: EvidenceDamage.self) { try SignatureCheck.check(evidence) }
      }
    }
  }

  @Test("signing with a missing key is an error, however long the record is")
  func missingKey() {
    let bytes = [UInt8](repeating: 0x61, count: 1 << 20)
    #expect(throws: SSHKeygen.Failure.self) {
      try SSHKeygen.sign(bytes, key: workshop.path("none"))
    }
  }
}
