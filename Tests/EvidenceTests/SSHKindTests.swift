import Foundation
import Testing

@testable import Evidence

/// Signatures of the installed ssh-keygen, with keys in files and in (pretended) hardware, and
/// blobs that no honest program writes.
@Suite("Kinds of SSH signatures")
struct SSHKindTests {
  private let workshop: Workshop
  private let message = Array("the record".utf8)

  init() throws {
    workshop = try Workshop()
    try workshop.write(message, to: "message")
  }

  static let provider = "SSH_SK_PROVIDER=/usr/lib/openssh/regress/misc/sk-dummy/sk-dummy.so"

  private func sign(_ key: String, _ options: String = "") throws -> String {
    let text = try workshop.run(
      "\(Self.provider) ssh-keygen -q -Y sign -n launchgate \(options) -f \(key) < message 2>/dev/null"
    )
    return text
  }

  /// The armoured text around other bytes of the signature part.
  private func reworked(
    _ text: String, proof: ([UInt8]) -> [UInt8] = { $0 }, key: ([UInt8]) -> [UInt8] = { $0 }
  ) throws -> String {
    let base64 = text.split(separator: "\n").dropFirst().dropLast().joined()
    var reader = WireReader(Array(try #require(Data(base64Encoded: base64))))
    _ = reader.take(10)
    let parts = (0..<5).compactMap { _ in reader.string().map { Array($0) } }
    try #require(parts.count == 5)
    let blob =
      Array("SSHSIG".utf8) + [0, 0, 0, 1]
      + wire([key(parts[0]), parts[1], parts[2], parts[3], proof(parts[4])])
    return "-----BEGIN SSH SIGNATURE-----\n\(Data(blob).base64EncodedString())\n"
      + "-----END SSH SIGNATURE-----\n"
  }

  private func refusal(_ text: String) -> String? {
    do throws(EvidenceDamage) {
      return try SSHSignature(armoured: text).verifies(message) ? nil : "does not verify"
    } catch {
      return error.reason
    }
  }

  @Test(
    "both digests of the message verify, for every kind of key",
    arguments: [
      ("ed25519", 0), ("rsa", 2_048), ("rsa", 4_096), ("ecdsa", 256), ("ecdsa", 384),
      ("ecdsa", 521),
    ])
  func digests(type: String, bits: Int) throws {
    _ = try workshop.key("k", type: type, bits: bits == 0 ? nil : bits)
    for digest in ["sha256", "sha512"] {
      let signature = try SSHSignature(armoured: sign("k", "-O hashalg=\(digest)"))
      #expect(signature.hashAlgorithm == digest)
      #expect(signature.verifies(message))
      #expect(!signature.verifies(message + [0x0a]))
    }
  }

  @Test("numbers of every length verify", arguments: [256, 521])
  func numbers(bits: Int) throws {
    _ = try workshop.key("k", type: "ecdsa", bits: bits)
    // One in two begins with a sign byte, one in 256 is shorter.
    for number in 0..<20 {
      try workshop.write(message + [UInt8(number)], to: "message")
      #expect(try SSHSignature(armoured: sign("k")).verifies(message + [UInt8(number)]))
    }
  }

  @Test("hardware keys verify and say whether somebody was there", arguments: ["ed25519", "ecdsa"])
  func hardware(type: String) throws {
    for (options, isTouched, isVerified) in [
      ("", true, false), ("-O no-touch-required", false, false),
      ("-O verify-required", true, true),
    ] {
      try workshop.run(
        "rm -f sk sk.pub; \(Self.provider) ssh-keygen -q -t \(type)-sk -N '' \(options) -f sk "
          + "</dev/null 2>/dev/null")
      let text = try workshop.run(
        "echo 1234 > pin; printf '#!/bin/sh\\ncat pin\\n' > ask; chmod +x ask; \(Self.provider) "
          + "SSH_ASKPASS=./ask SSH_ASKPASS_REQUIRE=force "
          + "ssh-keygen -q -Y sign -n launchgate -f sk < message 2>/dev/null")
      let signature = try SSHSignature(armoured: text)
      #expect(signature.verifies(message), "\(options)")
      #expect(signature.presence?.isTouched == isTouched, "\(options)")
      #expect(signature.presence?.isVerified == isVerified, "\(options)")
      #expect(signature.key.isHardware)
      // Whoever claims a touch afterwards breaks the signature.
      let claimed = try reworked(text) { proof in
        var proof = proof
        proof[proof.count - 5] ^= 0x01
        return proof
      }
      #expect(refusal(claimed) == "does not verify")
      let counted = try reworked(text) { Array($0.dropLast()) + [0x79] }
      #expect(refusal(counted) == "does not verify")
      let bare = try reworked(text) { Array($0.dropLast(5)) }
      #expect(refusal(bare)?.contains("flags") ?? false)
    }
  }

  @Test("every byte of a hardware signature counts")
  func hardwareBytes() throws {
    try workshop.run(
      "\(Self.provider) ssh-keygen -q -t ed25519-sk -N '' -f sk </dev/null 2>/dev/null")
    let text = try sign("sk")
    let base64 = text.split(separator: "\n").dropFirst().dropLast().joined()
    let blob = Array(try #require(Data(base64Encoded: base64)))
    for index in blob.indices {
      var other = blob
      other[index] ^= 1
      let armoured =
        "-----BEGIN SSH SIGNATURE-----\n\(Data(other).base64EncodedString())\n"
        + "-----END SSH SIGNATURE-----\n"
      #expect(refusal(armoured) != nil, "byte \(index)")
    }
  }

  @Test("weak and foreign keys are refused in words")
  func weak() throws {
    let key = try workshop.key("short", type: "rsa", bits: 1_024)
    #expect(refusal(try sign("short"))?.contains("RSA keys of 1024 bits are too short") ?? false)
    let failure = #expect(throws: SSHKeygen.Failure.self) {
      try SSHKeygen.sign(message, key: key)
    }
    #expect(failure?.reason.contains("too short") ?? false)
    _ = try workshop.key("ca")
    _ = try workshop.key("user")
    try workshop.run(
      "ssh-keygen -q -s ca -I id -n alice user.pub && mv user-cert.pub c.pub && cp user c")
    #expect(throws: SSHKeyFault.self) { try SSHPublicKey(line: workshop.publicKey("c")) }
    let certificate = try workshop.publicKey("c").split(separator: " ")[1]
    let wire = Array(try #require(Data(base64Encoded: String(certificate))))
    let certified = try reworked(sign("user"), key: { _ in wire })
    #expect(refusal(certified)?.contains("certificates are not judged") ?? false)
  }

  @Test("RSA with SHA-1, and RSA signatures of another length, are refused")
  func rsa() throws {
    _ = try workshop.key("k", type: "rsa", bits: 2_048)
    let text = try sign("k")
    func with(_ type: String, _ change: ([UInt8]) -> [UInt8] = { $0 }) throws -> String? {
      refusal(
        try reworked(text) { proof in
          var reader = WireReader(proof)
          _ = reader.string()
          return wire([Array(type.utf8), change(reader.string().map { Array($0) } ?? [])])
        })
    }
    #expect(try with("rsa-sha2-512") == nil)
    #expect(try with("rsa-sha2-256") == "does not verify")
    #expect(try with("ssh-rsa")?.contains("SHA-256 and SHA-512 only") ?? false)
    #expect(try with("ssh-ed25519")?.contains("only") ?? false)
    #expect(try with("rsa-sha2-512") { [0] + $0 }?.contains("as long as its key") ?? false)
    #expect(try with("rsa-sha2-512") { Array($0.dropFirst()) } != nil)
  }

  @Test("numbers are spelled in one way only")
  func spelling() throws {
    _ = try workshop.key("k", type: "ecdsa", bits: 256)
    let text = try sign("k")
    func with(_ change: @escaping ([UInt8], [UInt8]) -> [[UInt8]]) throws -> String? {
      refusal(
        try reworked(text) { proof in
          var reader = WireReader(proof)
          let type = reader.string().map { Array($0) } ?? []
          var numbers = WireReader(reader.string() ?? [])
          let (first, second) = (numbers.string() ?? [], numbers.string() ?? [])
          return wire([type, wire(change(Array(first), Array(second)))])
        })
    }
    #expect(try with { [$0, $1] } == nil)
    typealias Change = ([UInt8], [UInt8]) -> [[UInt8]]
    let long = [1] + [UInt8](repeating: 0, count: 32)
    let changes: [Change] = [
      { first, second in [[0] + first, second] }, { first, second in [first, [0] + second] },
      { _, second in [[], second] }, { _, second in [[0], second] }, { first, _ in [first, [0]] },
      { first, second in [[0x80] + Array(first.dropFirst()), second] },
      { first, _ in [first] }, { first, second in [first, second, []] },
      { _, second in [long, second] },
    ]
    for (number, change) in changes.enumerated() {
      let refusal = try with(change)
      #expect(refusal?.contains("canonical") ?? false, "\(number)")
    }
    // The other half of the curve's symmetry verifies too: it takes the place of the same key's.
    #expect(try with { [$1, $0] } == "does not verify")
  }

  @Test("two signatures of one record by one key are one")
  func twins() throws {
    let key = try workshop.key("k", type: "ecdsa", bits: 256)
    var entry = try Evidence.opening(Samples.opened, by: Samples.alice, at: Samples.time(0))
    for _ in 0..<3 { entry.add([try SSHKeygen.sign(entry.bytes, key: key)]) }
    #expect(entry.signatures.count == 1)
    try SignatureCheck.check(Evidence([entry]))
  }
}
