import Foundation
import Testing

@testable import Evidence

/// Signatures that OpenSSH's own tests hold as golden (Debian package openssh-tests).
@Suite("OpenSSH's vectors")
struct SSHVectorTests {
  private static let folder = "/usr/lib/openssh/regress/unittests/sshsig/testdata"

  private func file(_ name: String) throws -> String {
    try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
  }

  private func signature(_ name: String) throws -> SSHSignature {
    try SSHSignature(armoured: file("\(name).sig"), namespace: file("namespace"))
  }

  @Test(
    "kinds that are judged here verify over the signed data and over nothing else",
    arguments: ["rsa", "ecdsa", "ed25519", "ecdsa_sk", "ed25519_sk"])
  func good(name: String) throws {
    let data = Array(try file("signed-data").utf8)
    let signature = try signature(name)
    #expect(signature.verifies(data))
    for other in [data + [0x0a], Array(data.dropLast()), []] {
      #expect(!signature.verifies(other))
    }
    let line = try file("\(name).pub").trimmingCharacters(in: .newlines)
    #expect(signature.key == (try SSHPublicKey(line: line)))
    let workshop = try Workshop()
    let listing = try workshop.run("ssh-keygen -l -f \(Self.folder)/\(name).pub")
    #expect(listing.contains(signature.fingerprint))
    #expect(signature.presence?.isTouched == (name.hasSuffix("_sk") ? true : nil))
    #expect(signature.presence?.isVerified == (name.hasSuffix("_sk") ? false : nil))
  }

  @Test(
    "kinds that are not judged here are refused in words",
    arguments: [("dsa", "DSA keys are too weak"), ("ecdsa_sk_webauthn", "web browser")])
  func refused(name: String, words: String) throws {
    let damage = #expect(throws: EvidenceDamage.self) { try signature(name) }
    #expect(damage?.reason.contains(words) ?? false, "\(damage?.reason ?? "")")
  }

  @Test("all vectors of the package are known to this test")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    #expect(
      Set(names.filter { $0.hasSuffix(".sig") }) == [
        "dsa.sig", "ecdsa.sig", "ecdsa_sk.sig", "ecdsa_sk_webauthn.sig", "ed25519.sig",
        "ed25519_sk.sig", "rsa.sig",
      ])
  }

  @Test("a signature for another purpose is none for launchgate")
  func namespace() throws {
    #expect(throws: EvidenceDamage.self) { try SSHSignature(armoured: file("ed25519.sig")) }
  }
}
