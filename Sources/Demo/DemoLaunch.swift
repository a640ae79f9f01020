public import Checklist
internal import Foundation

/// A launch with real faults: a shop that is served on loopback and a repository, in a folder.
public final class DemoLaunch: Sendable {
  /// The folder with repository, configuration and evidence.
  public let folder: String
  /// Path of its `launchgate.yaml`.
  public let configuration: String

  private let server: DemoServer
  private let repository: DemoRepository

  /// Makes everything in an empty folder and starts the shop.
  ///
  /// - Parameter hostName: the name of this machine, on which the shop's sshd is said to run.
  /// - Throws: where a file cannot be written, git is missing or no port is free.
  public static func start(
    in folder: String, hostName: String, now: Timestamp
  ) async throws -> DemoLaunch {
    let repository = DemoRepository(folder: "\(folder)/shop")
    for path in ["\(folder)/server", "\(folder)/shop"] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    let operations = DemoOperations(folder: "\(folder)/operations")
    try operations.create(now: now)
    let server = try await DemoServer.start(in: "\(folder)/server", now: now)
    try repository.create()
    try repository.write(
      "launchgate.yaml", configuration(of: server.target, operations, hostName: hostName))
    try repository.commit("Describe the launch")
    return DemoLaunch(repository, server)
  }

  private init(_ repository: DemoRepository, _ server: DemoServer) {
    self.repository = repository
    self.server = server
    folder = repository.folder
    configuration = "\(repository.folder)/launchgate.yaml"
  }

  /// Repairs one fault for good.
  ///
  /// - Throws: where the repository cannot be changed.
  public func repair(_ fault: DemoFault) throws {
    if try !repository.repair(fault) { server.repair(fault) }
  }

  /// The faults that make that point of `production-25` fail.
  public static func faults(behind point: String) -> [DemoFault] {
    switch point {
    case "1.1": [.expiringCertificate]
    case "1.2": [.noRedirect]
    case "3.2": [.rootLogin]
    case "4.1", "4.2": [.carelessDockerfile]
    case "5.1": [.envNotIgnored, .committedSecret, .carelessDockerfile]
    case "5.2": [.envNotIgnored, .committedSecret]
    case "5.4": [.committedSecret, .carelessDockerfile]
    case "8.3": [.missingLock]
    case "7.2", "10.1", "10.2", "10.3", "10.4", "10.5", "10.6": [.missingHeaders]
    case "12.4": [.carelessCookie]
    case "25.1": [.noSecurityTxt]
    default: []
    }
  }

  /// Stops the shop; the folder stays.
  public func stop() async throws { try await server.stop() }

  private static func configuration(
    of target: Target, _ operations: DemoOperations, hostName: String
  ) -> String {
    let resolutions = target.resolve.sorted { $0.key < $1.key }
      .map { "      \"\($0.key)\": \"\($0.value)\"" }.joined(separator: "\n")
    return """
      # The example launch: a shop on loopback with faults that can be mended one by one.
      launch:
        subject: acme-shop
        release: "4.2.0"
        environment: production
      checklist: production-25
      evidence: acme-shop-4.2.0.evidence.json
      targets:
        - url: \(target.url ?? "")
          paths: [/login]
          login: /login
          hosts: ["\(hostName)"]
          ca: "\(target.caFile ?? "")"
          resolve:
      \(resolutions)
      authorised: [\(DemoServer.host)]
      parameters:
        ssh.config: ./sshd_config
      \(operations.parameters)

      """
  }
}
