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
  private let operations: DemoOperations
  private let now: Timestamp

  /// Makes everything in an empty folder and starts the shop.
  ///
  /// The shop is said to run on a machine of its own, so that nobody looks at this one for it.
  /// - Throws: where a file cannot be written, git is missing or no port is free.
  public static func start(in folder: String, now: Timestamp) async throws -> DemoLaunch {
    let repository = DemoRepository(folder: "\(folder)/shop")
    for path in ["\(folder)/server", "\(folder)/shop"] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    let operations = DemoOperations(folder: "\(folder)/operations")
    try operations.create(now: now)
    let server = try await DemoServer.start(in: "\(folder)/server", now: now)
    let credentials = server.credentials.sorted { $0.key < $1.key }
    let file = "\(folder)/server/test-users.env"
    try credentials.map { "\($0.key)=\($0.value)\n" }.joined()
      .write(toFile: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    try repository.create()
    try repository.write("launchgate.yaml", configuration(of: server.target, operations))
    try repository.commit("Describe the launch")
    return DemoLaunch(repository, server, operations, now)
  }

  private init(
    _ repository: DemoRepository, _ server: DemoServer, _ operations: DemoOperations,
    _ now: Timestamp
  ) {
    self.repository = repository
    self.server = server
    self.operations = operations
    self.now = now
    folder = repository.folder
    configuration = "\(repository.folder)/launchgate.yaml"
  }

  /// Repairs one fault for good.
  ///
  /// - Throws: where the repository cannot be changed.
  public func repair(_ fault: DemoFault) throws {
    if try !repository.repair(fault) { server.repair(fault) }
    if fault == .carelessDockerfile { try operations.scan(isCareless: false, now: now) }
  }

  /// Tokens of the shop's two test users, by the environment variables in which probes look for
  /// them; they stand in `server/test-users.env` beside the repository, too.
  public var credentials: [String: String] { server.credentials }

  /// The faults that make that point of `production-25` fail.
  public static func faults(behind point: String) -> [DemoFault] {
    switch point {
    case "1.1": [.expiringCertificate]
    case "1.2": [.noRedirect]
    case "4.1", "4.2": [.carelessDockerfile]
    case "5.1": [.envNotIgnored, .committedSecret, .carelessDockerfile]
    case "5.2": [.envNotIgnored, .committedSecret]
    case "5.4": [.committedSecret, .carelessDockerfile]
    case "8.3": [.missingLock]
    case "9.1", "9.2": [.stackTraces]
    case "11.3": [.noLoginLimit]
    case "14.2", "14.3": [.foreignOrders]
    case "7.2", "10.1", "10.2", "10.3", "10.4", "10.5", "10.6": [.missingHeaders]
    case "12.4": [.carelessCookie]
    case "25.1": [.noSecurityTxt]
    default: []
    }
  }

  /// Stops the shop; the folder stays.
  public func stop() async throws { try await server.stop() }

  private static func configuration(of target: Target, _ operations: DemoOperations) -> String {
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
          hosts: [shop-1]
          ca: "\(target.caFile ?? "")"
          resolve:
      \(resolutions)
      authorised: [\(DemoServer.hosts.joined(separator: ", "))]
      parameters:
        authorization.admin: [/api/admin/users]
        authorization.owned: [/api/orders/1001]
        authorization.protected: [/api/me, /api/orders]
        authorization.token-a: \(DemoUsers.variables.a)
        authorization.token-b: \(DemoUsers.variables.b)
        authorization.whoami: /api/me
        body-limit.path: /contact
        oauth.start: /auth/id
      \(operations.parameters)

      """
  }
}
