internal import Checklist
internal import Evidence
internal import Foundation
internal import Session

/// Finds out as whom the user acts: flags, then the environment, then git.
struct IdentityResolution {
  var environment: [String: String] = ProcessInfo.processInfo.environment
  var folder: String

  /// What is known; empty texts where nothing is.
  func identity(_ options: IdentityOptions, policy: Policy = Policy()) -> Identity {
    let git = GitCommand(folder: folder)
    let email =
      options.email ?? environment["LAUNCHGATE_EMAIL"] ?? git.line(["config", "user.email"]) ?? ""
    let known = policy.person(id: email, email: email)
    let name =
      options.name ?? environment["LAUNCHGATE_NAME"] ?? known?.name
      ?? git.line(["config", "user.name"]) ?? ""
    let roles = Set(known?.roles.map(\.role) ?? [])
    let role = options.role ?? environment["LAUNCHGATE_ROLE"]
    return Identity(
      name: name, email: email, role: role ?? (roles.count == 1 ? roles.first ?? "" : ""),
      key: options.key ?? environment["LAUNCHGATE_KEY"])
  }

  /// The author of a record by a person.
  ///
  /// - Throws: a usage problem that names the missing flag.
  func author(_ identity: Identity, policy: Policy) throws -> Author {
    if let gap = identity.gap {
      throw Problem(
        "it is not known who signs: \(gap)",
        hint: "give --name, --email and --role, or set LAUNCHGATE_NAME, LAUNCHGATE_EMAIL and "
          + "LAUNCHGATE_ROLE", code: Status.usage)
    }
    let id = policy.person(id: identity.email, email: identity.email)?.id ?? identity.email
    return Author(
      identity: .person(
        .init(id: id, name: identity.name, email: identity.email, role: identity.role)),
      user: NSUserName(), host: Self.hostName, tool: Self.tool)
  }

  /// The author of a run: the pipeline where there is one, else the person or the machine.
  ///
  /// - Parameter automation: the pipeline whose key is given, if it is known by its key.
  func runner(
    _ identity: Identity, policy: Policy, automation: String? = nil
  ) throws -> Author {
    if environment["CI"] == nil, automation == nil, identity.gap == nil {
      return try author(identity, policy: policy)
    }
    let id =
      environment["LAUNCHGATE_AUTOMATION"] ?? automation ?? "\(NSUserName())@\(Self.hostName)"
    let run = environment["GITHUB_RUN_ID"].map { number in
      let server = environment["GITHUB_SERVER_URL"] ?? ""
      return "\(server)/\(environment["GITHUB_REPOSITORY"] ?? "")/actions/runs/\(number)"
    }
    return Author(
      identity: .automation(
        .init(id: id, run: run ?? environment["CI_JOB_URL"] ?? "", runner: Self.hostName)),
      user: NSUserName(), host: Self.hostName, tool: Self.tool)
  }

  /// The name of this machine.
  static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Name and version of this program.
  static let tool = "launchgate 1.0.0"
}
