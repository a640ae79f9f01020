import Foundation
import Testing

@testable import Probes

/// A PostgreSQL of its own on a free port of loopback, gone at the end of the test.
final class PostgresServer: Sendable {
  let port: Int
  private let folder: String

  static let isPossible: Bool = Tools.arePresent("psql", "runuser") && binaries != nil

  private static let binaries: String? = {
    let versions =
      (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    return versions.compactMap(Int.init).max().map { "/usr/lib/postgresql/\($0)/bin" }
  }()

  /// Starts a server with TLS, whose superuser is `admin` with the password `admin-secret`.
  init() async throws {
    // The path of a socket has 107 bytes at most.
    folder = "/tmp/lgpg-\(UUID().uuidString.prefix(8))"
    port = 20_000 + Int.random(in: 0..<20_000)
    let binaries = try #require(Self.binaries)
    let options =
      "-p \(port) -k \(folder) -c listen_addresses=127.0.0.1 -c fsync=off -c ssl=on "
      + "-c ssl_cert_file=\(folder)/cert.pem -c ssl_key_file=\(folder)/key.pem"
    try await shell(
      """
      set -e; mkdir -m 700 \(folder); cd \(folder); printf admin-secret > password
      openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out cert.pem \
        2>/dev/null
      run=; if [ "$(id -u)" = 0 ]; then chown -R postgres .; run="runuser -u postgres --"; fi
      $run \(binaries)/initdb -D data -U admin -A scram-sha-256 --pwfile=\(folder)/password -N >log
      # Foundation waits until nobody holds what the child inherited, and the server stays.
      for file in /proc/$$/fd/*; do
        number=${file##*/}; if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
      done
      $run \(binaries)/pg_ctl -D data -s -w -l \(folder)/server.log -o "\(options)" start >log 2>&1
      """)
    try await sql(
      "create role app login password 'app-secret'; create role maker login createdb password 'x-secret'"
    )
  }

  deinit {
    let stop = "kill -INT $(head -1 \(folder)/data/postmaster.pid); sleep 0.3; rm -rf \(folder)"
    _ = try? Tools.wait(for: "sh", ["-c", stop])
  }

  /// Runs statements as the superuser.
  func sql(_ statements: String) async throws {
    let answer = try await Tools.run(
      "psql",
      ["-X", "-q", "-c", statements, "postgresql://admin:admin-secret@127.0.0.1:\(port)/postgres"])
    try #require(answer.status == 0, "\(answer.output)")
  }

  /// Puts a line at the top of pg_hba.conf and has it read.
  func addRule(_ line: String) async throws {
    try await shell("cd \(folder)/data && sed -i '1i \(line)' pg_hba.conf")
    try await sql("select pg_reload_conf()")
  }

  private func shell(_ script: String) async throws {
    let answer = try await Tools.run("bash", ["-c", script])
    try #require(answer.status == 0, "\(answer.output)")
  }
}
