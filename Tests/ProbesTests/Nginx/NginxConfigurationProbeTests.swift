import Checklist
import Testing

@testable import Probes

@Suite struct NginxConfigurationProbeTests {
  private static let headers = """
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    """

  private func look(
    _ http: String, checks: [String] = NginxConfigurationProbe.allChecks,
    files: [String: String] = [:]
  ) async throws -> Finding {
    let copy = try MachineCopy(files)
    try copy.write("/etc/nginx/nginx.conf", "events {}\nhttp {\n\(http)\n}\n")
    return await NginxConfigurationProbe(parameters: Parameters(["checks": .strings(checks)]))
      .look(at: copy.machine())
  }

  private static func server(_ inside: String) -> String {
    "server { listen 443 ssl; server_name shop.example; location / { \(inside) } }"
  }

  @Test(arguments: [
    server("proxy_pass http://127.0.0.1:8000; \(headers)"),
    "client_max_body_size 10m; \(headers)" + server("proxy_pass http://unix:/run/app.sock;"),
    "upstream app { server 10.0.0.4:8000; server [fd00::5]:80; }"
      + server("proxy_pass http://app; \(headers)"),
    "include sites/*;",
  ])
  func passes(_ http: String) async throws {
    let files = [
      "/etc/nginx/sites/shop": Self.server("proxy_pass http://localhost:8000; include proxy;"),
      "/etc/nginx/proxy": Self.headers,
    ]
    let finding = try await look(http, files: files)
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test(arguments: [
    ("client_max_body_size 11m; " + server(""), "body-limit"),
    ("client_max_body_size 0; " + server(""), "body-limit"),
    ("client_max_body_size 1m; " + server("client_max_body_size 1g;"), "body-limit"),
    (server("proxy_pass http://127.0.0.1;"), "forwarded-headers"),
    // One header of its own, and the inherited ones are lost.
    (headers + server("proxy_pass http://127.0.0.1; proxy_set_header X-A b;"), "forwarded-headers"),
    (
      server("# \(headers.replacing("\n", with: "\n#"))\nproxy_pass http://127.0.0.1;"),
      "forwarded-headers"
    ),
    (server("proxy_pass http://203.0.113.7:8000;"), "private-upstreams"),
    (
      "upstream app { server 10.0.0.4; server 8.8.8.8; }" + server("proxy_pass http://app;"),
      "private-upstreams"
    ),
  ])
  func fails(_ http: String, _ check: String) async throws {
    let finding = try await look(http, checks: [check])
    #expect(finding.verdict == .fail, "\(finding.summary)")
  }

  @Test(arguments: [
    (server("proxy_pass http://app.internal:80;"), "private-upstreams"),
    (
      server(
        "proxy_pass http://127.0.0.1; proxy_set_header Host $host; proxy_set_header "
          + "X-Forwarded-Proto $http_x_forwarded_proto; proxy_set_header X-Forwarded-For $remote_addr;"
      ),
      "forwarded-headers"
    ),
  ])
  func asks(_ http: String, _ check: String) async throws {
    let finding = try await look(http, checks: [check])
    #expect(finding.verdict == .review, "\(finding.summary)")
  }

  @Test(arguments: [
    "", "include absent.conf;" + server(""), "server { listen 80;", "server { return 200 \"x; }",
    "include /etc/nginx/nginx.conf;" + server(""), "client_max_body_size lots; " + server(""),
  ])
  func unknown(_ http: String) async throws {
    let finding = try await look(http, checks: ["body-limit"])
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test func unknownWithoutNginx() async throws {
    let probe = NginxConfigurationProbe(parameters: Parameters())
    #expect(await probe.look(at: try MachineCopy().machine()).verdict == .unknown)
  }

  @Test func readsQuotesCommentsAndVariables() async throws {
    let http = """
      log_format main '$remote_addr; { "x" }'; # } not the end
      map $http_upgrade $connection { default upgrade; '' close; }
      \(Self.server("return 200 \"a;b{c}\"; add_header X \"${host}}\";"))
      """
    #expect(try await look(http).verdict == .pass)
  }

  @Test(
    "sees the same in the files as in what nginx itself prints",
    .enabled(if: Tools.arePresent("nginx")))
  func real() async throws {
    let folder = try TemporaryFolder()
    let main = try folder.write(
      "nginx.conf",
      """
      error_log stderr; pid \(folder.path)/pid;
      events {}
      http { access_log off; client_max_body_size 2m; include \(folder.path)/*.inc; }
      """)
    _ = try folder.write(
      "a.inc",
      Self.server("proxy_pass http://127.0.0.1:8000; \(Self.headers)")
        .replacing("443 ssl", with: "8443"))
    let probe = NginxConfigurationProbe(parameters: Parameters())
    let printed = await probe.look(at: .real, main: main)
    #expect(printed.verdict == .pass, "\(printed.summary)")
    let read = await probe.look(
      at: Machine(deadline: .now + .seconds(9), answers: [:]), main: main)
    #expect(read.verdict == .pass)
    #expect(read.details == printed.details && read.facts == printed.facts)
    _ = try folder.write("b.inc", "no_such_directive on;")
    #expect(await probe.look(at: .real, main: main).message.contains("refuses"))
  }
}
