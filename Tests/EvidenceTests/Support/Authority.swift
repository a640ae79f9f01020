import Checklist
import Foundation

@testable import Evidence

/// A time-stamping authority of one test, made with openssl.
struct Authority {
  let workshop: Workshop
  /// Certificate of the authority, in PEM.
  var certificate: String { workshop.path("tsa.pem") }

  /// - Parameter usage: what the certificate is for; another one makes its stamps worthless.
  init(_ workshop: Workshop, usage: String = "critical,timeStamping", days: Int = 30) throws {
    self.workshop = workshop
    try workshop.write(
      Array(
        """
        [tsa]
        serial = serial
        signer_digest = sha256
        default_policy = 1.2.3.4
        digests = sha256, sha512
        accuracy = secs:1
        """.utf8), to: "tsa.cnf")
    try workshop.run(
      """
      openssl req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days \(days) \
        -subj /CN=tsa -addext "extendedKeyUsage=\(usage)" -addext "keyUsage=critical,digitalSignature" \
        2>/dev/null
      echo 01 > serial
      """)
  }

  /// The answer to the request for that record, as `openssl ts -reply` writes it.
  func answer(to id: RecordID, _ options: String = "") throws -> [UInt8] {
    try workshop.write(StampedTime.request(for: id), to: "request.tsq")
    try workshop.run(
      "openssl ts -reply -config tsa.cnf -section tsa -queryfile request.tsq -signer tsa.pem "
        + "-inkey tsa.key \(options) -out answer.tsr 2>/dev/null")
    return try workshop.read("answer.tsr")
  }
}
