import Foundation
import NIOCore
import NIOPosix
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
    (["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin"] + [ownPrograms])
      .map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }

  /// Where `Tests/run` puts programs that no package of the system brings, such as npm.
  static let ownPrograms = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../.build/npm/bin").standardized.path

  /// Runs a program to its end without holding up other tests; its status and output.
  @discardableResult
  static func run(
    _ name: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> (status: Int32, output: String) {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(
          with: Result { try wait(for: name, arguments, environment: environment) })
      }
    }
  }

  /// The same, waiting on the calling thread.
  @discardableResult
  static func wait(
    for name: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    let pipe = Pipe()
    let process = try start(name, arguments, environment: environment, output: pipe)
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Starts a server of its own session and returns its process id; the caller kills it.
  ///
  /// It keeps no descriptor of this process: those by which Foundation notices the end of other
  /// children would otherwise stay open as long as the server runs, and hold up whoever waits.
  static func serve(
    _ name: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Int32 {
    let program = try #require(path(name), "\(name) is missing")
    let script = """
      ( for fd in /proc/$BASHPID/fd/*; do fd=${fd##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done
        exec setsid "$@" ) </dev/null >/dev/null 2>&1 &
      echo $!
      """
    let result = try await run(
      "bash", ["-c", script, "bash", program] + arguments, environment: environment)
    return try #require(Int32(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// Starts a program and leaves it running.
  static func start(
    _ name: String, _ arguments: [String], environment: [String: String] = [:], output: Any?
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(name), "\(name) is missing"))
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    return process
  }
}

/// A real nginx on loopback with a configuration of the test's own.
final class NginxServer: Sendable {
  let httpsPort: Int
  let httpPort: Int
  private let folder: TemporaryFolder
  private let pid: Int32

  /// Starts it and waits until it listens; `HTTPS` and `HTTP` in the text become the ports.
  init(_ servers: String, identity: OpenSSLIdentity) async throws {
    folder = try TemporaryFolder()
    (httpsPort, httpPort) = (try await Self.freePort(), try await Self.freePort())
    let text = Self.configuration(
      servers.replacing("HTTPS", with: "127.0.0.1:\(httpsPort)")
        .replacing("HTTP", with: "127.0.0.1:\(httpPort)"), identity, folder.path)
    let file = try folder.write("nginx.conf", text)
    pid = try await Tools.serve(
      "nginx", ["-c", file, "-p", folder.path, "-e", "\(folder.path)/error.log"],
      environment: ["OPENSSL_CONF": identity.opensslConfiguration])
    let log = { try? String(contentsOfFile: "\(self.folder.path)/error.log", encoding: .utf8) }
    for _ in 0..<100 where try await !isListening() {
      try #require(kill(pid, 0) == 0, "nginx ended: \(log() ?? "")")
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  // It may have inherited a mask that blocks other signals.
  deinit { kill(pid, SIGKILL) }

  private func isListening() async throws -> Bool {
    let connection = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: httpsPort)
    guard let channel = try? await connection.get() else { return false }
    try await channel.close().get()
    return true
  }

  private static func freePort() async throws -> Int {
    // Bound and released at once; nginx binds it a moment later.
    try await ScriptedServer.start(.close).port
  }

  private static func configuration(
    _ servers: String, _ identity: OpenSSLIdentity, _ folder: String
  ) -> String {
    """
    daemon off;
    master_process off;
    pid \(folder)/nginx.pid;
    error_log \(folder)/error.log;
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
    async throws
  {
    folder = try TemporaryFolder()
    _ = try folder.write("openssl.cnf", Self.configuration)
    try await authority("ca", signedBy: nil)
    try await authority("mid", signedBy: "ca")
    try await request("leaf", key: key, file: "key.pem")
    try await sign("leaf", by: "mid", extensions: "leaf", digest: digest)
    let files = withIntermediate ? ["leaf.pem", "mid.pem"] : ["leaf.pem"]
    let chain = try files.map {
      try String(contentsOfFile: "\(folder.path)/\($0)", encoding: .utf8)
    }
    _ = try folder.write("chain.pem", chain.joined())
  }

  private func authority(_ name: String, signedBy issuer: String?) async throws {
    guard let issuer else {
      return try await openssl(
        ["req", "-x509", "-new", "-nodes", "-newkey", "rsa:2048", "-keyout", file("\(name).key")]
          + ["-out", file("\(name).pem"), "-subj", "/CN=\(name)", "-days", "60"]
          + ["-config", opensslConfiguration, "-extensions", "authority"])
    }
    try await request(name, key: ["rsa:2048"], file: "\(name).key")
    try await sign(name, by: issuer, extensions: "authority", digest: "sha256")
  }

  private func request(_ name: String, key: [String], file keyName: String) async throws {
    try await openssl(
      ["req", "-new", "-nodes", "-newkey"] + key + ["-keyout", file(keyName)]
        + ["-out", file("\(name).csr"), "-subj", "/CN=\(name)", "-config", opensslConfiguration])
  }

  private func sign(_ name: String, by issuer: String, extensions: String, digest: String)
    async throws
  {
    try await openssl(
      ["x509", "-req", "-in", file("\(name).csr"), "-CA", file("\(issuer).pem")]
        + ["-CAkey", file("\(issuer).key"), "-CAcreateserial", "-out", file("\(name).pem")]
        + ["-days", "60", "-\(digest)", "-extfile", opensslConfiguration]
        + ["-extensions", extensions])
  }

  private func file(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func openssl(_ arguments: [String]) async throws {
    let result = try await Tools.run(
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
