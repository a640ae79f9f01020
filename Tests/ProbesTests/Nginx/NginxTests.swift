import Checklist
import Testing

@testable import Probes

/// The probes against a real server, configured well and badly in the usual ways.
@Suite(.enabled(if: Tools.arePresent("nginx", "openssl"), "needs nginx and openssl"), .serialized)
struct NginxTests {
  static let securityFields = """
    add_header Strict-Transport-Security "max-age=31536000" always;
    add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'" always;
    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options DENY always;
    add_header Referrer-Policy strict-origin-when-cross-origin always;
    add_header Permissions-Policy "camera=(), geolocation=()" always;
    """

  static let cookie = "sid=topsecret; Path=/; Secure; HttpOnly; SameSite=Lax"

  /// A configuration that does everything right.
  static let good = """
    server {
      listen HTTP; server_name \(testHost);
      return 301 https://$host$request_uri;
    }
    server {
      listen HTTPS ssl; server_name \(testHost);
      ssl_protocols TLSv1.2 TLSv1.3;
      ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
      server_tokens off;
      \(securityFields)
      location = / { return 200 "shop"; }
      location = /login {
        \(securityFields)
        add_header Set-Cookie "\(cookie)" always;
        return 200 "sign in";
      }
      location = /.well-known/security.txt {
        types { } default_type "text/plain; charset=utf-8";
        return 200 "Contact: mailto:a@\(testHost)\\nExpires: \((Timestamp.real + .days(90)).rfc3339)\\n";
      }
      location / { return 404; }
    }
    """

  static func findings(
    _ configuration: String, _ identity: OpenSSLIdentity, _ ids: [String]? = nil
  ) async throws -> [String: Finding] {
    let server = try await NginxServer(configuration, identity: identity)
    var findings: [String: Finding] = [:]
    for probe in webProbes where ids?.contains(probe.manual.id) ?? true {
      findings[probe.manual.id] = await probe.init(parameters: Parameters()).run(
        in: .local(
          https: server.httpsPort, http: server.httpPort, paths: ["/login"], login: "/login",
          caFile: identity.caFile))
    }
    // The server has to outlive its last answer.
    withExtendedLifetime(server) {}
    return findings
  }

  @Test func aGoodConfigurationPasses() async throws {
    let findings = try await Self.findings(Self.good, OpenSSLIdentity())
    for (id, finding) in findings {
      let expected: Finding.Verdict = id == "ports.not-public" ? .unknown : .pass
      #expect(finding.verdict == expected, "\(id): \(finding.summary)")
      #expect(!finding.transcript.contains("topsecret"))
    }
    #expect(findings["tls.certificate"]?.coverage == ["certificates": 2])
  }

  @Test func oldVersionsAreSeen() async throws {
    for (versions, accepted) in [
      ("TLSv1 TLSv1.1", "1.0 1.1"), ("TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "1.0 1.1 1.2 1.3"),
      ("TLSv1.1 TLSv1.2", "1.1 1.2"),
    ] {
      let configuration = """
        server {
          listen HTTPS ssl; server_name \(testHost);
          ssl_protocols \(versions); ssl_ciphers ALL:COMPLEMENTOFALL:!aNULL:!eNULL:@SECLEVEL=0;
        }
        """
      let id = "tls.minimum-version"
      let finding = try await Self.findings(configuration, OpenSSLIdentity(), [id])[id]
      #expect(finding?.verdict == .fail)
      #expect(finding?.facts["accepted"] == accepted, "\(finding?.summary ?? "")")
    }
  }

  @Test func aSuiteWithoutEncryptionIsSeen() async throws {
    let configuration = """
      server {
        listen HTTPS ssl; server_name \(testHost);
        ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM:eNULL:aNULL:@SECLEVEL=0;
      }
      """
    let id = "tls.minimum-version"
    let finding = try await Self.findings(configuration, OpenSSLIdentity(), [id])[id]
    #expect(finding?.verdict == .fail)
    #expect(finding?.facts["weak-suite"] != "none", "\(finding?.summary ?? "")")
  }

  @Test func suitesOfARealServerAreGraded() async throws {
    let id = "tls.cipher-suites"
    for (lines, verdict, word) in [
      ("ssl_ciphers ECDHE+AESGCM;", Finding.Verdict.pass, "only recommended"),
      ("ssl_ciphers ECDHE+AESGCM:ECDHE-RSA-AES128-SHA;", .review, "CBC"),
      ("ssl_ciphers ECDHE+AESGCM:AES128-GCM-SHA256;", .review, "no forward secrecy"),
      ("ssl_ciphers ECDHE+AESGCM:eNULL:@SECLEVEL=0;", .fail, "no encryption"),
      ("ssl_ciphers ECDHE+AESGCM:aNULL:!eNULL:@SECLEVEL=0;", .fail, "no authentication"),
      ("ssl_ciphers DHE+AESGCM:@SECLEVEL=0; ssl_dhparam DHPARAM;", .fail, "group of 1024 bits"),
    ] {
      let folder = try TemporaryFolder()
      let group = try folder.write("dh.pem", Self.smallGroup)
      let configuration = """
        server {
          listen HTTPS ssl; server_name \(testHost);
          ssl_protocols TLSv1.2 TLSv1.3; \(lines.replacing("DHPARAM", with: group))
        }
        """
      let finding = try #require(
        try await Self.findings(configuration, OpenSSLIdentity(), [id])[id])
      #expect(finding.verdict == verdict, "\(lines): \(finding.summary)")
      #expect(finding.message.contains(word), "\(lines): \(finding.summary)")
      #expect(finding.facts["TLS 1.3"]?.split(separator: " ").count == 3)
    }
  }

  // The group of RFC 2409 section 6.2, made by everybody's OpenSSL at the time.
  static let smallGroup = """
    -----BEGIN DH PARAMETERS-----
    MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
    Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
    /1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
    -----END DH PARAMETERS-----

    """

  @Test func aReflectedOriginAndAVersionAreSeen() async throws {
    let careless = Self.good.replacing(
      "location = / {",
      with: """
        location = / {
          add_header Access-Control-Allow-Origin $http_origin always;
          add_header Access-Control-Allow-Credentials true always;
        """
    ).replacing("server_tokens off;", with: "")
    try #require(careless != Self.good)
    let findings = try await Self.findings(
      careless, OpenSSLIdentity(), ["cors.origins", "headers.banner"])
    let origins = try #require(findings["cors.origins"])
    #expect(origins.verdict == .fail, "\(origins.summary)")
    #expect(origins.facts.count == 5)
    // nginx shows its version unless it is told not to.
    let banner = try #require(findings["headers.banner"])
    #expect(banner.verdict == .review)
    #expect(banner.facts["versions"]?.hasPrefix("server: nginx/") == true, "\(banner.summary)")
  }

  @Test func headerFieldsLostOnAnInnerLocationAreSeen() async throws {
    let careless = Self.good.replacing(
      "location = /login {\n    \(Self.securityFields)", with: "location = /login {")
    try #require(careless != Self.good)
    let id = "headers.security"
    let finding = try #require(try await Self.findings(careless, OpenSSLIdentity(), [id])[id])
    #expect(finding.verdict == .fail)
    let faults = finding.details.filter { $0.verdict == .fail }
    #expect(faults.count == 6)
    #expect(faults.allSatisfy { $0.text.hasPrefix("/login ") }, "\(finding.summary)")
  }

  @Test func headerFieldsLostOnErrorsAreSeen() async throws {
    let id = "headers.security"
    let finding = try #require(
      try await Self.findings(
        Self.good.replacing(" always;", with: ";"), OpenSSLIdentity(), [id])[id])
    #expect(finding.verdict == .fail)
    #expect(finding.details[0].text.hasPrefix("(missing page)"), "\(finding.summary)")
  }

  @Test func aChainWithoutItsIntermediateFails() async throws {
    let id = "tls.certificate"
    let finding = try #require(
      try await Self.findings(Self.good, OpenSSLIdentity(withIntermediate: false), [id])[id])
    #expect(finding.verdict == .fail)
    #expect(finding.message.contains("CN=mid is missing"), "\(finding.summary)")
  }

  @Test func weakKeysAndSignaturesFail() async throws {
    let id = "tls.certificate"
    let configuration = "server { listen HTTPS ssl; ssl_ciphers ALL:@SECLEVEL=0; }"
    for (identity, fault) in [
      (try await OpenSSLIdentity(key: ["rsa:1024"]), "RSA key of 1024 bits"),
      (try await OpenSSLIdentity(digest: "sha1"), "signed with SHA-1"),
    ] {
      let finding = try #require(try await Self.findings(configuration, identity, [id])[id])
      #expect(finding.verdict == .fail)
      #expect(finding.details.contains { $0.text.contains(fault) }, "\(finding.summary)")
    }
  }

  @Test func plainHTTPWithoutRedirectFails() async throws {
    let id = "http.redirects-to-https"
    let careless = Self.good.replacing("return 301 https://$host$request_uri;", with: "return 200;")
    let finding = try await Self.findings(careless, OpenSSLIdentity(), [id])[id]
    #expect(finding?.verdict == .fail)
  }

  @Test func theCommandThatReproducesSeesTheSame() async throws {
    try #require(Tools.path("curl") != nil)
    let identity = try await OpenSSLIdentity()
    let server = try await NginxServer(Self.good, identity: identity)
    let context = ProbeContext.local(
      https: server.httpsPort, http: server.httpPort, paths: ["/login"], login: "/login",
      caFile: identity.caFile)
    let expected = [
      "cookies.flags": "sid=", "disclosure.security-txt": "Contact:",
      "headers.security": "nosniff", "http.redirects-to-https": "301",
      "tls.certificate": "Verify return code: 0 (ok)",
    ]
    for (id, text) in expected {
      let probe = try #require(ProbeRegistry.probe(id)).init(parameters: Parameters())
      let command = try #require(await probe.run(in: context).reproduce)
      let result = try await Tools.run("bash", ["-c", command])
      #expect(result.output.contains(text), "\(command)\n\(result.output)")
    }
    withExtendedLifetime(server) {}
  }
}
