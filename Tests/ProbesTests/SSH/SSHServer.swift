import Foundation
import Glibc
import Testing

/// A real sshd on loopback with a configuration of the test's own.
final class SSHServer: Sendable {
  let port: Int
  private let folder: TemporaryFolder
  private let pid: Int32

  static let isPossible = Tools.arePresent("sshd", "ssh", "ssh-keygen") && getuid() == 0

  /// Starts it with a host key of that kind and waits until it listens.
  init(_ configuration: String, key: [String] = ["-t", "ed25519"]) async throws {
    folder = try TemporaryFolder()
    port = try await ScriptedServer.start(.close).port
    // sshd wants this folder, and that nobody else may write to it.
    try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
    let keyFile = "\(folder.path)/key"
    let made = try await Tools.run("ssh-keygen", ["-q", "-N", "", "-f", keyFile] + key)
    try #require(made.status == 0, "\(made.output)")
    let file = try folder.write(
      "sshd_config",
      """
      Port \(port)
      ListenAddress 127.0.0.1
      HostKey \(keyFile)
      PidFile \(folder.path)/pid
      UsePAM no
      StrictModes no
      \(configuration)
      """)
    let log = "\(folder.path)/log"
    pid = try await Tools.serve("sshd", ["-D", "-f", file, "-E", log])
    for _ in 0..<100 {
      try #require(
        kill(pid, 0) == 0, "\((try? String(contentsOfFile: log, encoding: .utf8)) ?? "")")
      if (try? String(contentsOfFile: log, encoding: .utf8))?.contains("listening") == true {
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  deinit { kill(pid, SIGKILL) }
}
