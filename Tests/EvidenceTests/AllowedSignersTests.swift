import Checklist
import Foundation
import Testing

@testable import Evidence

/// Lists of allowed signers, beside what ssh-keygen makes of the same lines.
@Suite("Allowed signers and revoked keys")
struct AllowedSignersTests {
  private let workshop: Workshop
  private let key: String
  private let line: String
  private let now = Timestamp(rfc3339: "2026-06-01T12:00:00Z") ?? Timestamp(seconds: 0)

  init() throws {
    workshop = try Workshop()
    key = try workshop.key("alice")
    line = try workshop.publicKey("alice").split(separator: " ").prefix(2).joined(separator: " ")
    try workshop.write(Array("message".utf8), to: "message")
    try workshop.run("ssh-keygen -q -Y sign -n launchgate -f alice < message > sig")
  }

  private func list(_ text: String) throws -> AllowedSigners {
    try AllowedSigners(Array(text.utf8))
  }

  private func refusal(_ text: String, _ principal: String = "a@x.test") throws -> String? {
    try list(text).refusal(of: SSHPublicKey(line: line), as: principal, at: now)
  }

  @Test(
    "principals, namespaces and times mean what they mean to ssh-keygen",
    arguments: [
      ("a@x.test KEY", true), ("a@x.test KEY a comment", true), ("  a@x.test\tKEY", true),
      ("b@x.test KEY", false), ("A@x.test KEY", false), ("*@x.test KEY", true),
      ("?@x.test KEY", true), ("??@x.test KEY", false), ("* KEY", true), ("b*,a@x.test KEY", true),
      ("*,!a@x.test KEY", false), ("!a@x.test,* KEY", false), ("!b@x.test,* KEY", true),
      ("!b@x.test KEY", false), ("a*t KEY", true), ("a*x KEY", false), ("a**t KEY", true),
      ("a@x.test namespaces=\"launchgate\" KEY", true), ("a@x.test namespaces=\"git\" KEY", false),
      ("a@x.test namespaces=\"git,launch*\" KEY", true), ("a@x.test NAMESPACES=\"*\" KEY", true),
      ("a@x.test namespaces=\"*,!launchgate\" KEY", false),
      ("a@x.test valid-after=\"20260101Z\" KEY", true),
      ("a@x.test valid-after=\"20260701Z\" KEY", false),
      ("a@x.test valid-after=\"20260601120000Z\" KEY", true),
      ("a@x.test valid-after=\"20260601120001Z\" KEY", false),
      ("a@x.test valid-before=\"20260701Z\" KEY", true),
      ("a@x.test valid-before=\"202606011200Z\" KEY", true),
      ("a@x.test valid-before=\"20260601115959Z\" KEY", false),
      ("a@x.test valid-before=\"20260101Z\",namespaces=\"launchgate\" KEY", false),
      ("a@x.test valid-after=\"20250101Z\",valid-before=\"20270101Z\" KEY", true),
      ("# a@x.test KEY", false), ("", false), ("#\n\n  # x\na@x.test KEY\n", true),
      ("a@x.test namespaces=\"git\" KEY\na@x.test namespaces=\"launchgate\" KEY", true),
      ("a@x.test valid-before=\"20200101Z\" KEY\na@x.test KEY", true),
    ])
  func meaning(pattern: String, isGood: Bool) throws {
    let text = pattern.replacingOccurrences(of: "KEY", with: line)
    let refusal = try refusal(text)
    #expect((refusal == nil) == isGood, "\(refusal ?? "taken")")
    try workshop.write(Array(text.utf8), to: "signers")
    let answer = try workshop.run(
      "ssh-keygen -Y verify -f signers -I a@x.test -n launchgate -s sig "
        + "-Overify-time=20260601120000Z < message >/dev/null 2>&1 && echo yes || echo no")
    #expect(answer == (isGood ? "yes\n" : "no\n"))
  }

  @Test(
    "what is not judged here is refused with its line",
    arguments: [
      ("a@x.test", "lacks a key"), ("a@x.test ssh-ed25519", "lacks a key"),
      ("a@x.test ssh-ed25519 AAAA", "no public key"), ("a@x.test ssh-ed25519 ####", "base64"),
      ("a@x.test ssh-rsa BASE", "it says ssh-rsa"), ("a@x.test KEY\r", "control characters"),
      ("a@x.test cert-authority KEY", "certificates are not judged"),
      ("a@x.test valid-before=\"20260101\" KEY", "has no Z"),
      ("a@x.test valid-before=\"202601011Z\" KEY", "is no time"),
      ("a@x.test valid-before=\"20261301Z\" KEY", "is no time"),
      ("a@x.test valid-before=20260101Z KEY", "double quotes"),
      ("a@x.test valid-before=\"20260101Z\",valid-before=\"20270101Z\" KEY", "twice"),
      ("a@x.test valid-after=\"20260102Z\",valid-before=\"20260101Z\" KEY", "not later"),
      ("a@x.test namespaces=\"a\" KEY \"", ""), ("a@x.test namespaces=\"a KEY", "quote"),
      ("a@x.test verify-required KEY", "unknown option"),
      ("a@x.test ssh-dss AAAAB3NzaC1kc3M=", "DSA"), ("\"a b\" KEY", "patterns"),
      ("a@x.test,, KEY", "patterns"), ("a@x.test ssh-ed448 AAAAAA== KEY", "not judged"),
    ])
  func refused(pattern: String, words: String) throws {
    let text =
      "# comment\n"
      + pattern.replacingOccurrences(of: "KEY", with: line)
      .replacingOccurrences(of: "BASE", with: line.split(separator: " ")[1])
    guard !words.isEmpty else {
      #expect(try refusal(text) != nil)
      return
    }
    let fault = #expect(throws: TrustFault.self) { try list(text) }
    #expect(fault?.reason.hasPrefix("line 2 of the allowed signers: ") ?? false)
    #expect(fault?.reason.contains(words) ?? false, "\(fault?.reason ?? "")")
  }

  @Test("a key for everybody or several people is warned of, one for two people counts for nobody")
  func warnings() throws {
    #expect(try list("a@x.test \(line)").warnings.isEmpty)
    #expect(try list("* \(line)").warnings.first?.contains("everybody") ?? false)
    #expect(try list("*@x.test \(line)").warnings.first?.contains("several") ?? false)
    #expect(try list("a@x.test,b@x.test \(line)").warnings.first?.contains("several") ?? false)
    let shared = try list("a@x.test \(line)\nb@x.test \(line)")
    #expect(shared.warnings.first?.contains("nobody") ?? false)
    let key = try SSHPublicKey(line: line)
    #expect(shared.isShared(key))
    let twice = try list("a@x.test \(line)\na@x.test \(line)")
    #expect(twice.warnings.isEmpty && !twice.isShared(key))
  }

  @Test("long patterns end")
  func patterns() {
    let name = String(repeating: "a", count: 900)
    let pattern = PatternList(String(repeating: "*a", count: 400) + "b")
    #expect(!pattern.matches(name))
    #expect(pattern.matches(name + "b"))
  }

  @Test("a missing list of signers or of revoked keys fails")
  func missing() throws {
    #expect(throws: TrustFault.self) { try AllowedSigners(path: workshop.path("none")) }
    #expect(throws: TrustFault.self) { try RevokedKeys(path: workshop.path("none")) }
    #expect(throws: TrustFault.self) { try RevokedKeys(path: workshop.folder) }
  }

  @Test("keys are revoked by key, by fingerprint and by OpenSSH's binary list")
  func revoked() throws {
    _ = try workshop.key("other", type: "ecdsa")
    let (mine, other) = (
      try SSHPublicKey(line: line), try SSHPublicKey(line: workshop.publicKey("other"))
    )
    try workshop.run("ssh-keygen -q -k -f krl alice.pub")
    for text in [
      "\(line)\n", "# lost\n\(mine.fingerprint) lost\n",
      "ssh-dss AAAAB3NzaC1kc3M=\n\n  \(line) comment",
    ] {
      try workshop.write(Array(text.utf8), to: "list")
      let list = try RevokedKeys(path: workshop.path("list"))
      #expect(try list.contains(mine), "\(text)")
      #expect(try !list.contains(other))
    }
    let binary = try RevokedKeys(path: workshop.path("krl"))
    #expect(try binary.contains(mine))
    #expect(try !binary.contains(other))
    // A damaged binary list revokes everything.
    try workshop.write(Array(try workshop.read("krl").prefix(30)), to: "cut")
    #expect(try RevokedKeys(path: workshop.path("cut")).contains(other))
    for text in ["lost", "SHA256:abc", "ssh-ed25519 AAAA"] {
      try workshop.write(Array(text.utf8), to: "list")
      #expect(throws: TrustFault.self) { try RevokedKeys(path: workshop.path("list")) }
    }
    try workshop.write([], to: "list")
    #expect(try !RevokedKeys(path: workshop.path("list")).contains(mine))
  }
}
