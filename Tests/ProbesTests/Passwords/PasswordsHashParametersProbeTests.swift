import Checklist
import Testing

@testable import Probes

@Suite struct PasswordsHashParametersProbeTests {
  private static let tail = String(repeating: "Ab1./", count: 11).prefix(53)

  @Test(arguments: [
    ("$2b$12$\(tail)", Finding.Verdict.pass), ("$2y$14$\(tail)", .pass),
    ("$2b$11$\(tail)", .review),
    ("$2a$10$\(tail)", .review), ("$2b$09$\(tail)", .fail), ("$2b$12$short", .unknown),
    ("bcrypt_sha256$$2b$12$\(tail)", .pass), ("bcrypt$$2b$04$\(tail)", .fail),
    ("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", .pass),
    ("$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA", .pass),
    ("$argon2id$v=19$m=19456,t=1,p=1$c2FsdA$aGFzaA", .fail),
    ("$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA", .fail),
    ("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", .pass),
    ("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA", .pass),
    ("$argon2i$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", .review),
    ("$argon2id$v=19$c2FsdA$aGFzaA", .unknown), ("$argon2id$m=19456,t=2", .unknown),
    ("$scrypt$ln=17,r=8,p=1$c2FsdA$aGFzaA", .pass), ("$scrypt$ln=14,r=8,p=1$c2FsdA$aGFzaA", .fail),
    ("scrypt:131072:8:1$salt$abcd", .pass), ("scrypt:32768:8:1$salt$abcd", .fail),
    ("pbkdf2_sha256$600000$salt$hash=", .review), ("pbkdf2_sha256$36000$salt$hash=", .fail),
    ("pbkdf2:sha256:600000$salt$abcd", .review), ("$pbkdf2-sha512$25000$salt$hash", .fail),
    ("5f4dcc3b5aa765d61d8327deb882cf99", .fail), (String(repeating: "aF", count: 20), .fail),
    (String(repeating: "09", count: 32), .fail), (String(repeating: "0f", count: 64), .fail),
    ("$1$salt$hash", .fail), ("$apr1$salt$hash", .fail),
    ("{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", .fail),
    ("{SSHA}abcd", .fail), ("md5$salt$abcd", .fail), ("sha1$salt$abcd", .fail),
    ("$6$rounds=5000$salt$hash", .review), ("$y$j9T$salt$hash", .review),
    ("hello", .unknown), ("$", .unknown), ("$$$", .unknown), ("$2b$", .unknown),
    ("$2b$99$\(tail)", .unknown),
  ])
  func judges(_ stored: String, _ expected: Finding.Verdict) {
    let hash = StoredHash(stored)
    #expect(hash.verdict == expected, "\(stored): \(hash.summary)")
    let finding = PasswordsHashParametersProbe.judge([hash])
    #expect(finding.verdict == expected)
    // Nothing of salt and digest may remain.
    for part in [String(Self.tail), "c2FsdA", "aGFzaA", "5f4dcc3b", "hello"] {
      #expect(!finding.everything.contains(part))
    }
  }

  @Test func theWorstOfSeveralCounts() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("hashes", "$2b$12$\(Self.tail)\n$2b$12$\(Self.tail)\n")
    let probe = { (parameters: [String: JSONValue]) in
      PasswordsHashParametersProbe(parameters: Parameters(parameters))
    }
    let finding = await sandbox.run(probe(["file": .string("hashes")]))
    #expect(finding.verdict == .pass, "\(finding.everything)")
    #expect(finding.coverage["hashes"] == 2)
    #expect(
      await sandbox.run(probe(["file": .string("hashes"), "bcrypt-cost": .integer(13)])).verdict
        == .review)
    try sandbox.write("hashes", "$2b$12$\(Self.tail)\n5f4dcc3b5aa765d61d8327deb882cf99\n")
    #expect(await sandbox.run(probe(["file": .string("hashes")])).verdict == .fail)
    try sandbox.write("hashes", "$2b$12$\(Self.tail)\nplain\n")
    #expect(await sandbox.run(probe(["file": .string("hashes")])).verdict == .unknown)
  }

  @Test func readsAVariableAndSaysUnknownWithoutAnything() async throws {
    let sandbox = try await GitSandbox()
    let run = { (parameters: [String: JSONValue], environment: [String: String]) in
      var context = sandbox.context()
      context.environment = environment
      return await PasswordsHashParametersProbe(parameters: Parameters(parameters)).run(in: context)
    }
    let variable: [String: JSONValue] = ["variable": .string("SAMPLE")]
    #expect(await run(variable, ["SAMPLE": "$2b$12$\(Self.tail)"]).verdict == .pass)
    #expect(await run(variable, ["SAMPLE": "\n"]).verdict == .unknown)
    #expect(await run(variable, [:]).verdict == .unknown)
    #expect(await run([:], [:]).verdict == .unknown)
    #expect(await run(["file": .string("none")], [:]).verdict == .unknown)
    try sandbox.write("large", String(repeating: "a\n", count: 40_000))
    #expect(await run(["file": .string("large")], [:]).verdict == .unknown)
  }
}
