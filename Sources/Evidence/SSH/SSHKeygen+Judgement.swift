internal import Checklist
internal import Foundation

/// `ssh-keygen` as a second judge.
extension SSHKeygen {
  /// Whether the signature is one over those bytes, whoever's key it is.
  static func isValid(_ signature: Signature, over bytes: [UInt8]) throws(Failure) -> Bool {
    do {
      let folder = try PrivateFolder()
      let path = try folder.write(Array(signature.sshsig.utf8), "sig")
      return try ChildProgram(
        name: "ssh-keygen",
        arguments: ["-Y", "check-novalidate", "-n", Signature.namespace, "-s", path],
        environment: ["TZ": "UTC"]
      ).run(input: bytes).status == 0
    } catch {
      throw Failure(error)
    }
  }

  /// Whether an allowed-signers file lists the key for that principal, at that moment.
  static func isAllowed(
    _ signature: Signature, over bytes: [UInt8], principal: String, signers: AllowedSigners,
    at time: Timestamp
  ) throws(Failure) -> Bool {
    do {
      let folder = try PrivateFolder()
      let path = try folder.write(Array(signature.sshsig.utf8), "sig")
      let list = try folder.write(signers.bytes, "signers")
      let moment = time.rfc3339.filter { $0.isNumber }
      return try ChildProgram(
        name: "ssh-keygen",
        arguments: [
          "-Y", "verify", "-n", Signature.namespace, "-s", path, "-f", list, "-I", principal,
          "-Overify-time=\(moment)Z",
        ], environment: ["TZ": "UTC"]
      ).run(input: bytes).status == 0
    } catch {
      throw Failure(error)
    }
  }

  /// Whether a key revocation list in OpenSSH's binary form holds the key; also where the list
  /// cannot be read.
  static func isRevoked(_ key: SSHPublicKey, list: [UInt8]) throws(Failure) -> Bool {
    do {
      let folder = try PrivateFolder()
      let path = try folder.write(list, "krl")
      let file = try folder.write(Array("\(key.line)\n".utf8), "key.pub")
      return try ChildProgram(
        name: "ssh-keygen", arguments: ["-Q", "-f", path, file]
      ).run().status != 0
    } catch {
      throw Failure(error)
    }
  }
}
