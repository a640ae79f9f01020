internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation

/// Says what an auditor can rely on.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Say whether a file is intact, and what it proves.",
    discussion: """
      Reads the given files alone, and contacts nothing. Signatures are judged here; --strict asks \
      ssh-keygen as well, --tsa-ca asks openssl. Exits with 4 where the evidence is damaged or the \
      two disagree, with 6 where it is intact but not trusted.
      """)

  @Argument(help: "The evidence file.", completion: .file()) var file: String
  @Option(help: "Allowed signers, as in ssh-keygen(1); times with Z, no certificates.")
  var allowedSigners: String?
  @Option(help: "Revoked keys: public keys or SHA256:… in lines, or what ssh-keygen -k wrote.")
  var revoked: String?
  @Option(help: "Id of a record that was kept elsewhere and has to be there.")
  var expectHead: String?
  @Flag(
    help: """
      Want a trusted signature on every sign-off, countersign, revoke, carry and seal, and \
      ssh-keygen's agreement on every signature.
      """)
  var strict = false
  @Option(help: "The folder in which the attached files have to be.") var attachments: String?
  @Option(help: "Certificates (PEM) of authorities whose time stamps count.") var tsaCa: String?
  @Option(help: "Certificates (PEM) between them and the signer of a time stamp.")
  var tsaUntrusted: String?
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let demands = try demands()
    let evidence = try EvidenceUnion.read(file)
    let result = try Verification(evidence, demands)
    if json { Output.json(document(evidence, result)) } else { say(evidence, result) }
    if !result.isTrusted { throw Status.untrusted }
  }

  private func demands() throws -> Verification.Demands {
    var demands = Verification.Demands(now: Clock.now)
    demands.isStrict = strict
    demands.attachments = attachments
    demands.expectedHead = try expectHead.map { text in
      guard let digest = Digest(text) else {
        throw Problem(
          "--expect-head has to be sha256: and 64 hexadecimal digits", code: Status.usage)
      }
      return digest
    }
    demands.allowedSigners = try allowedSigners.map(AllowedSigners.init(path:))
    demands.revokedKeys = try revoked.map(RevokedKeys.init(path:))
    if tsaUntrusted != nil && tsaCa == nil {
      throw Problem("--tsa-untrusted needs --tsa-ca", code: Status.usage)
    }
    demands.authority = try tsaCa.map {
      try TimestampAuthority(caFile: $0, untrustedFile: tsaUntrusted)
    }
    return demands
  }

  private func say(_ evidence: Evidence, _ result: Verification) {
    var lines = [
      "intact: \(file), heads \(evidence.heads.map(\.description).joined(separator: " "))"
    ]
    lines += result.established.map { "established: \($0)" }
    lines += result.notEstablished.map { "NOT established: \($0)" }
    lines += result.signatures.map { judged in
      let presence = judged.presence.map { ", \($0.words)" } ?? ""
      let end = judged.refusal.map { "REFUSED: \($0)" } ?? "judged by \(judged.time.rfc3339)"
      return "signature: \(judged.record.short) by \(judged.principal), \(judged.type) "
        + "\(judged.key)\(presence), \(end)"
    }
    lines += result.stamps.map {
      "time stamp: \($0.seal.short) at \($0.time.rfc3339), "
        + ($0.isVerified ? "by a trusted authority" : "NOT verified")
    }
    lines += result.outside.map { "outside the past of the expected head: \($0)" }
    lines += result.untrusted.map { "not trusted: \($0.id) \($0.reason)" }
    Output.say(lines.joined(separator: "\n"))
  }

  private func document(_ evidence: Evidence, _ result: Verification) -> JSONValue {
    .object([
      "intact": .bool(true), "trusted": .bool(result.isTrusted),
      "records": .integer(evidence.entries.count),
      "heads": .array(evidence.heads.map(\.value)),
      "established": .strings(result.established),
      "not-established": .strings(result.notEstablished),
      "outside": .array(result.outside.map(\.value)),
      "attachments-found": .integer(result.attachmentsFound),
      "untrusted": .array(
        result.untrusted.map {
          .object(["record": $0.id.value, "reason": .string($0.reason)])
        }),
      "signers": .array(
        result.trusted.map {
          .object([
            "record": $0.id.value, "key": .string($0.key), "principal": .string($0.principal),
          ])
        }),
      "signatures": .array(result.signatures.map(Self.value)),
      "time-stamps": .array(
        result.stamps.map {
          .object([
            "record": $0.record.value, "seal": $0.seal.value, "time": .string($0.time.rfc3339),
            "verified": .bool($0.isVerified),
          ])
        }),
    ])
  }

  private static func value(_ judged: Verification.Judged) -> JSONValue {
    .object(
      [
        "record": judged.record.value, "key": .string(judged.key), "type": .string(judged.type),
        "principal": .string(judged.principal), "judged-by": .string(judged.time.rfc3339),
      ]
      .adding("touched", judged.presence.map { .bool($0.isTouched) })
      .adding("user-verified", judged.presence.map { .bool($0.isVerified) })
      .adding("refusal", judged.refusal.map(JSONValue.string)))
  }
}
