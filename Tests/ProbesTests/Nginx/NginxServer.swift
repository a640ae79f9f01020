import Foundation
import Testing

/// Programs that some tests need.
enum Tools {
  /// Whether all of them are installed.
  ///
  /// On CI they have to be: there a missing one makes the tests fail instead of being skipped.
  static func arePresent(_ names: String...) -> Bool {
    ProcessInfo.processInfo.environment["CI"] == "true" || names.allSatisfy { path($0) != nil }
  }

  static func path(_ name: String) -> String? {
    ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin"].map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile)
  }

  /// Runs a program to its end and returns its status and output.
  @discardableResult
  static func run(
    _ name: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(name), "\(name) is missing"))
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

/// A real nginx on loopback with a configuration of the test's own.
final class NginxServer: Sendable {
  let httpsPort: Int
  let httpPort: Int
  private let folder: TemporaryFolder

  /// Starts it and waits until it listens; `HTTPS` and `HTTP` in the text become the ports.
  init(_ servers: String, identity: OpenSSLIdentity) async throws {
    folder = try TemporaryFolder()
    (httpsPort, httpPort) = (try await Self.freePort(), try await Self.freePort())
    let text = Self.configuration(
      servers.replacing("HTTPS", with: "127.0.0.1:\(httpsPort)")
        .replacing("HTTP", with: "127.0.0.1:\(httpPort)"), identity, folder.path)
    let file = try folder.write("nginx.conf", text)
    let result = try Tools.run(
      "nginx", ["-c", file, "-p", folder.path, "-e", "\(folder.path)/error.log"],
      environment: ["OPENSSL_CONF": identity.opensslConfiguration])
    try #require(result.status == 0, "\(result.output)")
  }

  deinit {
    let file = "\(folder.path)/nginx.pid"
    let pid = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap {
      Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    if let pid { kill(pid, SIGTERM) }
  }

  private static func freePort() async throws -> Int {
    // Bound and released at once; nginx binds it a moment later.
    try await ScriptedServer.start(.close).port
  }

  private static func configuration(
    _ servers: String, _ identity: OpenSSLIdentity, _ folder: String
  ) -> String {
    """
    pid \(folder)/nginx.pid;
    error_log \(folder)/error.log;
    worker_processes 1;
    events { worker_connections 128; }
    http {
      access_log off;
      client_body_temp_path \(folder)/body;
      proxy_temp_path \(folder)/proxy;
      fastcgi_temp_path \(folder)/fastcgi;
      uwsgi_temp_path \(folder)/uwsgi;
      scgi_temp_path \(folder)/scgi;
      ssl_certificate \(identity.chainFile);
      ssl_certificate_key \(identity.keyFile);
      \(servers)
    }
    """
  }
}

/// Keys and certificates as openssl makes them, bad ones included.
struct OpenSSLIdentity {
  let folder: TemporaryFolder
  var caFile: String { "\(folder.path)/ca.pem" }
  var keyFile: String { "\(folder.path)/key.pem" }
  var chainFile: String { "\(folder.path)/chain.pem" }
  var opensslConfiguration: String { "\(folder.path)/openssl.cnf" }

  /// A leaf below an intermediate below a root; the chain file holds the last two or the leaf.
  init(key: [String] = ["rsa:2048"], digest: String = "sha256", withIntermediate: Bool = true)
    throws
  {
    folder = try TemporaryFolder()
    _ = try folder.write("openssl.cnf", Self.configuration)
    try authority("ca", signedBy: nil)
    try authority("mid", signedBy: "ca")
    try request("leaf", key: key, file: "key.pem")
    try sign("leaf", by: "mid", extensions: "leaf", digest: digest)
    let files = withIntermediate ? ["leaf.pem", "mid.pem"] : ["leaf.pem"]
    let chain = try files.map {
      try String(contentsOfFile: "\(folder.path)/\($0)", encoding: .utf8)
    }
    _ = try folder.write("chain.pem", chain.joined())
  }

  private func authority(_ name: String, signedBy issuer: String?) throws {
    guard let issuer else {
      return try openssl(
        ["req", "-x509", "-new", "-nodes", "-newkey", "rsa:2048", "-keyout", file("\(name).key")]
          + ["-out", file("\(name).pem"), "-subj", "/CN=\(name)", "-days", "60"]
          + ["-config", opensslConfiguration, "-extensions", "authority"])
    }
    try request(name, key: ["rsa:2048"], file: "\(name).key")
    try sign(name, by: issuer, extensions: "authority", digest: "sha256")
  }

  private func request(_ name: String, key: [String], file keyName: String) throws {
    try openssl(
      ["req", "-new", "-nodes", "-newkey"] + key + ["-keyout", file(keyName)]
        + ["-out", file("\(name).csr"), "-subj", "/CN=\(name)", "-config", opensslConfiguration])
  }

  private func sign(_ name: String, by issuer: String, extensions: String, digest: String) throws {
    try openssl(
      ["x509", "-req", "-in", file("\(name).csr"), "-CA", file("\(issuer).pem")]
        + ["-CAkey", file("\(issuer).key"), "-CAcreateserial", "-out", file("\(name).pem")]
        + ["-days", "60", "-\(digest)", "-extfile", opensslConfiguration]
        + ["-extensions", extensions])
  }

  private func file(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func openssl(_ arguments: [String]) throws {
    let result = try Tools.run(
      "openssl", arguments, environment: ["OPENSSL_CONF": opensslConfiguration])
    try #require(result.status == 0, "\(arguments.joined(separator: " ")): \(result.output)")
  }

  // Debian forbids TLS 1.0 and short keys by its default level; these tests need both.
  private static let configuration = """
    openssl_conf = settings
    [settings]
    ssl_conf = ssl
    [ssl]
    system_default = level
    [level]
    CipherString = ALL:@SECLEVEL=0
    MinProtocol = None
    [req]
    distinguished_name = name
    [name]
    [authority]
    basicConstraints = critical, CA:TRUE
    keyUsage = critical, keyCertSign, cRLSign
    [leaf]
    basicConstraints = critical, CA:FALSE
    extendedKeyUsage = serverAuth
    subjectAltName = DNS:\(testHost)

    """
}
