import Checklist
import Testing

@testable import Probes

@Suite struct HeadersSecurityProbeTests {
  static let good = """
    Strict-Transport-Security: max-age=31536000\r
    Content-Security-Policy: default-src 'self'; frame-ancestors 'none'\r
    X-Content-Type-Options: nosniff\r
    X-Frame-Options: DENY\r
    Referrer-Policy: no-referrer\r
    Permissions-Policy: camera=()\r

    """

  static func response(_ status: String = "200 OK", _ fields: String = good) -> String {
    "HTTP/1.1 \(status)\r\n\(fields)Content-Length: 0\r\n\r\n"
  }

  static func run(
    paths: [String] = [], authorised: [String] = [testHost],
    _ parameters: Parameters = Parameters(), _ respond: @escaping @Sendable (String) -> String
  ) async throws -> Finding {
    let authority = try TestAuthority()
    let server = try await ScriptedServer.http(tls: authority.server(), respond)
    return await HeadersSecurityProbe(parameters: parameters).run(
      in: .local(
        https: server.port, paths: paths, caFile: authority.file, authorised: authorised))
  }

  @Test func passesWhereEveryPageHasAllFields() async throws {
    let finding = try await Self.run(paths: ["/login"]) { _ in Self.response() }
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.coverage == ["paths": 3, "headers": 6])
    #expect(finding.details.count == 18)
    #expect(finding.facts["strict-transport-security"] == "max-age=31536000")
  }

  @Test func failsWhereOnePathHasLostThem() async throws {
    let finding = try await Self.run(paths: ["/login"]) { path in
      path == "/login" ? Self.response("200 OK", "") : Self.response()
    }
    #expect(finding.verdict == .fail)
    #expect(finding.details.filter { $0.verdict == .fail }.count == 6)
    #expect(finding.details.prefix(6).allSatisfy { $0.text.hasPrefix("/login ") })
  }

  @Test func failsWhereOnlyTheErrorPageHasLostThem() async throws {
    let finding = try await Self.run { path in
      path == "/" ? Self.response() : Self.response("404 Not Found", "")
    }
    #expect(finding.verdict == .fail)
    #expect(finding.message.hasPrefix("(missing page) strict-transport-security: missing"))
  }

  @Test func factsAndDetailsAreTheSameEachTime() async throws {
    let respond: @Sendable (String) -> String = { _ in
      let nonce = UInt64.random(in: .min ... .max)
      return Self.response(
        "200 OK", "Content-Security-Policy: default-src 'self' 'nonce-\(nonce)'\r\n")
    }
    let (one, two) = (try await Self.run { respond($0) }, try await Self.run { respond($0) })
    #expect(one.facts == two.facts)
    #expect(one.details == two.details)
    #expect(one.facts["content-security-policy"] == "default-src 'self' 'nonce'")
  }

  @Test func judgesOnlyTheFieldsThatAreAskedFor() async throws {
    let parameters = Parameters(["headers": .strings(["X-Content-Type-Options"])])
    let finding = try await Self.run(parameters) { _ in
      Self.response("200 OK", "X-Content-Type-Options: nosniff\r\n")
    }
    #expect(finding.verdict == .pass)
    #expect(finding.facts == ["x-content-type-options": "nosniff"])
    for odd in [["server"], []] {
      let parameters = Parameters(["headers": .strings(odd)])
      #expect(try await Self.run(parameters) { _ in Self.response() }.verdict == .unknown)
    }
  }

  @Test func unknownWhereAPathCannotBeFetched() async throws {
    let finding = try await Self.run(paths: ["/broken"]) { path in
      path == "/broken" ? Self.response("500 Internal Server Error") : Self.response()
    }
    #expect(finding.verdict == .unknown, "\(finding.summary)")
    #expect(finding.message.hasPrefix("/broken"))
  }

  @Test func unknownWithoutTrustedCertificate() async throws {
    let (authority, other) = (try TestAuthority(), try TestAuthority())
    let server = try await ScriptedServer.http(tls: authority.server()) { _ in Self.response() }
    let finding = await HeadersSecurityProbe(parameters: Parameters()).run(
      in: .local(https: server.port, caFile: other.file))
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("not trusted"))
  }

  @Test func followsRedirectsAndWantsHSTSOnThemToo() async throws {
    let finding = try await Self.run { path in
      path == "/" ? Self.response("302 Found", "Location: /home\r\n") : Self.response()
    }
    #expect(finding.verdict == .fail)
    #expect(finding.details.filter { $0.verdict == .fail }.count == 1)
    #expect(finding.message == "/ strict-transport-security: missing")
  }

  @Test func unknownForPathsThatAreNone() async throws {
    for path in ["/a b", "/\r\nX: y", "http://\(testHost)/", "https://other.test/"] {
      let finding = try await Self.run(paths: [path]) { _ in Self.response() }
      #expect(finding.verdict == .unknown, "\(path): \(finding.summary)")
    }
    let slashes = try await Self.run(paths: ["//other.test/x", "plain"]) { _ in Self.response() }
    #expect(slashes.verdict == .pass, "\(slashes.summary)")
  }

  @Test func contactsNoOtherHostOfARedirect() async throws {
    let other = try await ScriptedServer.start(.close)
    let finding = try await Self.run { path in
      path == "/"
        ? Self.response(
          "302 Found",
          "Strict-Transport-Security: max-age=31536000\r\n"
            + "Location: https://127.0.0.1:\(other.port)/\r\n")
        : Self.response()
    }
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.details.contains { $0.verdict == .notApplicable })
    #expect(other.connections == 0)
  }

  @Test func unknownWhereEverythingLeadsElsewhere() async throws {
    let parameters = Parameters(["headers": .strings(["referrer-policy"])])
    let finding = try await Self.run(parameters) { _ in
      Self.response("302 Found", "Location: https://other.test/\r\n")
    }
    #expect(finding.verdict == .unknown)
  }

  @Test func neverGoesDownToPlainHTTP() async throws {
    let finding = try await Self.run { _ in
      Self.response("302 Found", "Location: http://\(testHost)/\r\n")
    }
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("http://\(testHost)"))
  }

  @Test func keepsSecretsOutOfTheTranscript() async throws {
    let finding = try await Self.run(paths: ["/reset?token=topsecret"]) { _ in
      Self.response(
        "200 OK",
        "Set-Cookie: sid=topsecret; Secure\r\nAuthorization: Bearer topsecret\r\n" + Self.good)
    }
    #expect(finding.transcript.contains("[redacted]"))
    #expect(
      !(finding.transcript + finding.summary + (finding.reproduce ?? "")).contains("topsecret"))
  }
}
