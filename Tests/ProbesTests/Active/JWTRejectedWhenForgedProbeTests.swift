import Checklist
import Crypto
import Foundation
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(1))) struct JWTRejectedWhenForgedProbeTests {
  private static let key = SymmetricKey(data: Data("a key of the test's own service".utf8))

  private static func base64(_ data: some DataProtocol) -> String {
    Data(data).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  private static func token(expired: Bool = false) -> String {
    let head = base64(Data(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
    let claims = base64(Data(#"{"sub":"a","exp":\#(expired ? 1 : 4_000_000_000)}"#.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Data("\(head).\(claims)".utf8), using: key)
    return "\(head).\(claims).\(base64(Data(code)))"
  }

  /// What a service checks of a token.
  private enum Check: String { case all, noneAllowed, signatureIgnored, expiryIgnored }

  private static func accepts(_ token: String, _ check: Check) -> Bool {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { return false }
    if check == .signatureIgnored { return true }
    let head = String(decoding: decoded(parts[0]), as: UTF8.self)
    if check == .noneAllowed, head.contains("\"none\""), parts[2].isEmpty { return true }
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("\(parts[0]).\(parts[1])".utf8), using: key)
    guard base64(Data(code)) == parts[2], head.contains("HS256") else { return false }
    let claims = String(decoding: decoded(parts[1]), as: UTF8.self)
    return check == .expiryIgnored || !claims.contains("\"exp\":1}")
  }

  private static func decoded(_ part: String) -> Data {
    var text = part.replacing("-", with: "+").replacing("_", with: "/")
    while text.utf8.count % 4 != 0 { text += "=" }
    return Data(base64Encoded: text) ?? Data()
  }

  private func run(_ check: Check, open: Bool = false) async throws -> (Finding, CountingServer) {
    let server = try await CountingServer.start { request in
      let value = request.header("Authorization")
      if open { return .json("{}") }
      guard value.hasPrefix("Bearer "), Self.accepts(String(value.dropFirst(7)), check) else {
        return .init(401)
      }
      return .json("{\"user\":\"a\"}")
    }
    let probe = JWTRejectedWhenForgedProbe(
      parameters: Parameters([
        "path": .string("/me"), "token": .string("T"), "expired-token": .string("OLD"),
      ]))
    let finding = await probe.run(
      in: try server.context(environment: ["T": Self.token(), "OLD": Self.token(expired: true)]))
    return (finding, server)
  }

  @Test func aServiceThatVerifiesPasses() async throws {
    let (finding, server) = try await run(.all)
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(server.requests.count == 9)
    let tokens = Set(server.requests.map { $0.header("Authorization") })
    #expect(tokens.count == 9)
  }

  @Test func eachNeglectFails() async throws {
    let none = try await run(.noneAllowed).0
    #expect(none.verdict == .fail)
    #expect(none.facts["alg none"] == "fail", "\(none.summary)")
    let ignored = try await run(.signatureIgnored).0
    #expect(ignored.verdict == .fail)
    #expect(ignored.facts["changed claims"] == "fail", "\(ignored.summary)")
    let expired = try await run(.expiryIgnored).0
    #expect(expired.verdict == .fail)
    #expect(expired.facts["an expired token"] == "fail", "\(expired.summary)")
    #expect(expired.facts["a changed signature"] == "refused")
  }

  @Test func anOpenPlaceProvesNothing() async throws {
    #expect(try await run(.all, open: true).0.verdict == .unknown)
    let genuine = active("the genuine token", 401)
    let finding = JWTRejectedWhenForgedProbe.judge(
      nobody: active("no token", 401), genuine, [active("alg none", 401)], login: nil)
    #expect(finding.verdict == .unknown)
  }

  @Test func aRefusalWith200IsKnownByItsBody() {
    let nobody = active("no token", 200, "please sign in")
    let genuine = active("the genuine token", 200, "hello a")
    let judge = { (body: String) in
      JWTRejectedWhenForgedProbe.judge(
        nobody: nobody, genuine, [active("alg none", 200, body)], login: nil
      ).verdict
    }
    #expect(judge("please sign in") == .pass)
    #expect(judge("hello a") == .fail)
    #expect(judge("hello somebody") == .review)
  }

  @Test func forgeriesDifferFromTheGenuineToken() throws {
    let token = Self.token()
    let forgeries = try #require(JWTForgery.all(of: token))
    #expect(Set(forgeries.map(\.token)).count == forgeries.count)
    #expect(!forgeries.contains { $0.token == token })
    for text in ["", "a.b.c", "a.b", "e30.e30.x", "opaque-token", "\(token).more"] {
      #expect(JWTForgery.all(of: text) == nil, "\(text)")
    }
    for signature in ["A", "AB", "A_", "", "AAAA"] where !signature.isEmpty {
      #expect(JWTForgery.flipped(signature) != signature)
    }
  }
}
