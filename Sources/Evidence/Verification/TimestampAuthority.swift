internal import Checklist
internal import Foundation

/// Who may have stamped a time, by the certificates that an auditor gives; nothing is contacted.
public struct TimestampAuthority: Sendable {
  private let certificates: [UInt8]
  private let untrusted: [UInt8]?

  /// Certificates in PEM: those of authorities that are trusted, and those between them and the
  /// signer where the token does not hold them.
  ///
  /// - Throws: where a file cannot be read.
  public init(caFile: String, untrustedFile: String? = nil) throws(TrustFault) {
    certificates = try Self.read(caFile)
    if let untrustedFile { untrusted = try Self.read(untrustedFile) } else { untrusted = nil }
  }

  private static func read(_ path: String) throws(TrustFault) -> [UInt8] {
    guard let bytes = BoundedFile.bytes(path, limit: 16 << 20) else {
      throw TrustFault("\(path) cannot be read", hint: "give certificates in PEM")
    }
    return bytes
  }

  /// Why the token is not one of a trusted authority over those bytes; nil where it is.
  ///
  /// The authority's certificate has to have been valid at the token's own time: tokens are meant
  /// to outlive it.
  func refusal(of stamp: StampedTime, over bytes: [UInt8]) throws(SSHKeygen.Failure) -> String? {
    do {
      let folder = try PrivateFolder()
      var arguments = [
        "ts", "-verify", "-data", try folder.write(bytes, "data"), "-in",
        try folder.write(stamp.token, "token"), "-token_in", "-CAfile",
        try folder.write(certificates, "ca"), "-attime", String(stamp.time.seconds),
      ]
      if let untrusted {
        arguments += ["-untrusted", try folder.write(untrusted, "untrusted")]
      }
      let outcome = try ChildProgram(name: "openssl", arguments: arguments).run()
      guard outcome.status != 0 else { return nil }
      let reason = outcome.complaint.split(separator: "\n").map(String.init)
        .first { $0.contains("error:") }
        .flatMap { $0.split(separator: ":").dropFirst(4).joined(separator: ": ") }
      return "openssl refuses it: \(reason ?? outcome.reason)"
    } catch {
      throw SSHKeygen.Failure(
        reason: error.reason,
        hint: error.isMissing ? "install openssl" : "check the space and TMPDIR"
      )
    }
  }
}
