import Checklist
import NIOSSL
import SwiftASN1
import Testing
import X509

@testable import Demo
@testable import Probes

@Suite struct TLSCertificateProbeTests {
  static func run(
    _ context: NIOSSLContext, trusting file: String?, now: Timestamp = .real,
    _ parameters: Parameters = Parameters()
  ) async throws -> Finding {
    let server = try await ScriptedServer.start(.close, tls: context)
    return await TLSCertificateProbe(parameters: parameters).run(
      in: .local(https: server.port, caFile: file, now: now))
  }

  @Test func passesATrustedCertificateForTheHost() async throws {
    let authority = try TestAuthority()
    let finding = try await Self.run(authority.server(), trusting: authority.file)
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.facts["key-sha256"]?.count == 64)
    #expect(finding.facts["not-after"] == "\((Timestamp.real + .days(90)).date)")
    #expect(finding.facts["issuer"] == "CN=test authority")
    #expect(finding.coverage == ["certificates": 1])
    #expect(finding.reproduce?.contains("-CAfile") == true)
  }

  @Test func passesAWildcardOfTheRightLevel() async throws {
    let authority = try TestAuthority()
    let good = try await Self.run(authority.server(["*.test"]), trusting: authority.file)
    #expect(good.verdict == .pass, "\(good.summary)")
    let bad = try await Self.run(authority.server(["*.shop.test"]), trusting: authority.file)
    #expect(bad.verdict == .fail)
  }

  @Test func reviewsOneThatEndsSoon() async throws {
    let authority = try TestAuthority()
    let context = try authority.server(to: 10)
    let finding = try await Self.run(context, trusting: authority.file)
    #expect(finding.verdict == .review)
    #expect(finding.message.contains("ends in"))
    let relaxed = try await Self.run(
      context, trusting: authority.file, Parameters(["warn-days": .integer(5)]))
    #expect(relaxed.verdict == .pass)
  }

  @Test func failsAnotherName() async throws {
    let authority = try TestAuthority()
    let finding = try await Self.run(authority.server(["other.test"]), trusting: authority.file)
    #expect(finding.verdict == .fail)
    #expect(finding.message == "the certificate is not for shop.test")
  }

  @Test func failsExpiredAndFutureOnes() async throws {
    let authority = try TestAuthority()
    let expired = try await Self.run(authority.server(from: -30, to: -2), trusting: authority.file)
    #expect(expired.verdict == .fail)
    #expect(expired.message.hasPrefix("the certificate expired on"))
    let future = try await Self.run(authority.server(from: 2, to: 30), trusting: authority.file)
    #expect(future.verdict == .fail)
    #expect(future.message.hasPrefix("the certificate is not valid before"))
  }

  @Test func failsAnAuthorityThatIsNotTrusted() async throws {
    let (authority, other) = (try TestAuthority(), try TestAuthority())
    for file in [other.file, nil] {
      let finding = try await Self.run(authority.server(), trusting: file)
      #expect(finding.verdict == .fail)
      #expect(finding.message.contains("CN=test authority is missing"), "\(finding.summary)")
    }
  }

  @Test func judgesByTheTimeOfTheContext() async throws {
    let authority = try TestAuthority()
    let finding = try await Self.run(
      authority.server(), trusting: authority.file, now: .real + .days(100))
    #expect(finding.verdict == .fail)
  }

  static func observed(
    _ chain: [PresentedCertificate], _ failure: NetworkFailure? = nil
  ) -> Finding {
    TLSCertificateProbe.judge(
      .init(chain: .success(chain), failure: failure), host: testHost, Parameters(), now: .real)
  }

  static func leaf() throws -> PresentedCertificate {
    let identity = try TestAuthority().authority.issue(for: [testHost], to: 90, now: .real)
    return try PresentedCertificate(der: identity.certificate.toDERBytes())
  }

  @Test func neverPassesWhatWasNotVerified() throws {
    let leaf = try Self.leaf()
    #expect(Self.observed([leaf]).verdict == .pass)
    for failure in [NetworkFailure.timedOut, .closed, .refused, .handshake("x"), .malformed("x")] {
      #expect(Self.observed([leaf], failure).verdict == .unknown)
    }
    #expect(Self.observed([leaf], .untrusted("x")).verdict == .fail)
    #expect(Self.observed([]).verdict == .unknown)
    let unseen = TLSCertificateProbe.judge(
      .init(chain: .failure(.malformed("x")), failure: nil), host: testHost, Parameters(),
      now: .real)
    #expect(unseen.verdict == .unknown)
  }

  @Test(arguments: [
    (PresentedCertificate.Key.rsa(bits: 1_024), Finding.Verdict.fail),
    (.rsa(bits: 2_047), .fail), (.rsa(bits: 2_048), .pass), (.ellipticCurve(bits: 224), .fail),
    (.ellipticCurve(bits: 256), .pass), (.ellipticCurve(bits: 528), .pass), (.edwards, .pass),
    (.other, .fail),
  ])
  func judgesKeys(_ key: PresentedCertificate.Key, _ verdict: Finding.Verdict) throws {
    var leaf = try Self.leaf()
    leaf.key = key
    #expect(Self.observed([leaf]).verdict == verdict)
  }

  @Test func judgesSignaturesBelowTheRoot() throws {
    var leaf = try Self.leaf()
    leaf.signatureAlgorithm = [1, 2, 840, 113549, 1, 1, 5]
    #expect(Self.observed([leaf]).verdict == .fail)
    leaf.signatureAlgorithm = [1, 2, 840, 113549, 1, 1, 4]
    #expect(Self.observed([leaf]).message.contains("MD5"))
    var root = try Self.certificate("root", by: "root")
    root.signatureAlgorithm = [1, 2, 840, 113549, 1, 1, 5]
    #expect(Self.observed([try Self.certificate("leaf", by: "root"), root]).verdict == .pass)
  }

  @Test func aSignatureThatNamesNoHashIsMadeWithSHA1() throws {
    var leaf = try Self.leaf()
    leaf.signatureAlgorithm = [1, 2, 840, 113549, 1, 1, 10]
    leaf.signatureHash = [1, 3, 14, 3, 2, 26]
    #expect(Self.observed([leaf]).message.contains("SHA-1"))
    leaf.signatureHash = [2, 16, 840, 1, 101, 3, 4, 2, 1]
    #expect(Self.observed([leaf]).verdict == .pass)
  }

  @Test func reviewsALongValidity() throws {
    var leaf = try Self.leaf()
    leaf.notBefore = Timestamp(seconds: leaf.notAfter.seconds - 367 * 86_400)
    let finding = Self.observed([leaf])
    #expect(finding.verdict == .review)
    #expect(finding.message.contains("valid for 367 days"), "\(finding.summary)")
    let lenient = TLSCertificateProbe.judge(
      .init(chain: .success([leaf]), failure: nil), host: testHost,
      Parameters(["longest-days": .integer(398)]), now: .real)
    #expect(lenient.verdict == .pass)
  }

  /// A certificate with these names and a key of its own.
  static func certificate(_ subject: String, by issuer: String) throws -> PresentedCertificate {
    // Each has a key of its own.
    var certificate = try leaf()
    certificate.subject = try DistinguishedName { CommonName(subject) }
    certificate.issuer = try DistinguishedName { CommonName(issuer) }
    return certificate
  }

  @Test func theOrderOfTheChainIsJudged() throws {
    let leaf = try Self.certificate("leaf", by: "b")
    let (b, a) = (try Self.certificate("b", by: "a"), try Self.certificate("a", by: "root"))
    let (root, other) = (
      try Self.certificate("root", by: "root"), try Self.certificate("other", by: "root")
    )
    for (chain, verdict) in [
      ([leaf, b, a], Finding.Verdict.pass), ([leaf, b, a, root], .pass), ([leaf, a, b], .fail),
      ([leaf, root, a, b], .fail), ([leaf, b, root, a], .fail), ([leaf, b, a, other], .review),
      ([leaf, b], .pass),
    ] {
      let finding = Self.observed(chain)
      #expect(finding.verdict == verdict, "\(chain.map { "\($0.subject)" }): \(finding.summary)")
    }
    #expect(Self.observed([leaf, a, b]).message.contains("wrong order"))
  }

  @Test func readsNoGarbage() throws {
    let identity = try TestAuthority().authority.issue(for: [testHost], to: 90, now: .real)
    let der = try identity.certificate.toDERBytes()
    for end in stride(from: 0, to: der.count - 1, by: 7) {
      #expect(throws: (any Error).self) { try PresentedCertificate(der: Array(der[..<end])) }
    }
    for index in der.indices {
      var damaged = der
      damaged[index] ^= 0xFF
      // Any outcome but a crash is right.
      _ = try? PresentedCertificate(der: damaged)
    }
  }
}
