internal import Foundation

/// The git repository of the example shop, with faults that can be repaired one by one.
///
/// The secrets in it are made up, and put together here from parts so that they are no secrets of
/// this project.
struct DemoRepository: Sendable {
  var folder: String

  /// Why the repository could not be made.
  struct Failure: Error {
    var reason: String
  }

  /// Makes the repository: a first commit with a secret, a second that only seems to remove it.
  func create() throws {
    try git(["init", "-q", "-b", "main"])
    try write("src/server.js", "require('./payment').charge(process.env.SHOP_KEY)\n")
    try write("src/payment.js", "const key = '\(Self.paymentKey)'\n")
    try write("package.json", "{\(Self.package)}\n")
    try write("Dockerfile", Self.carelessDockerfile)
    try write(".gitignore", "# .env files\n!.env.example\nnode_modules/\n*.evidence.json.lock\n")
    try write(".gitattributes", "*.evidence.json -text merge=union\n")
    try write(".env.example", "SHOP_KEY=\n")
    try write("compose.yaml", DemoOperations.compose)
    try write("docs/incident-plan.md", DemoOperations.incidentPlan)
    try write(".github/dependabot.yml", DemoOperations.updates)
    try commit("Open the shop")
    try write("src/payment.js", "const key = process.env.SHOP_KEY\n")
    try commit("Take the key out of the code")
  }

  /// Repairs one fault and commits that; false where the fault is none of the repository's.
  func repair(_ fault: DemoFault) throws -> Bool {
    switch fault {
    case .committedSecret: try rewriteHistory()
    case .envNotIgnored:
      try write(
        ".gitignore", ".env\n.env.*\n!.env.example\nnode_modules/\n*.evidence.json.lock\n")
    case .carelessDockerfile: try write("Dockerfile", Self.carefulDockerfile)
    case .missingLock: try write("package-lock.json", Self.lockFile)
    case .missingHeaders, .carelessCookie, .noRedirect, .expiringCertificate, .noSecurityTxt,
      .noLoginLimit, .stackTraces, .foreignOrders:
      return false
    }
    try commit("Mend: \(fault.rawValue)")
    return true
  }

  /// Commits whatever changed; nothing to commit is no error.
  func commit(_ message: String) throws {
    try git(["add", "-A", "--", ".", ":!*.evidence.json"])
    _ = try? git(["commit", "-q", "-m", message])
  }

  func write(_ path: String, _ text: String) throws {
    let url = URL(fileURLWithPath: folder).appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Puts the tree of today into a history of one commit and forgets every older object.
  private func rewriteHistory() throws {
    try git(["checkout", "-q", "--orphan", "clean"])
    try git(["commit", "-q", "-m", "Open the shop, without any secret"])
    try git(["branch", "-q", "-D", "main"])
    try git(["branch", "-q", "-m", "main"])
    try git(["reflog", "expire", "--expire=now", "--all"])
    try git(["gc", "-q", "--prune=now"])
  }

  private func git(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder, "-c", "commit.gpgSign=false"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "GIT_AUTHOR_NAME": "Shop", "GIT_AUTHOR_EMAIL": "shop@example.com",
      "GIT_COMMITTER_NAME": "Shop", "GIT_COMMITTER_EMAIL": "shop@example.com",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
    ]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(reason: "git \(arguments.first ?? "") failed in \(folder)")
    }
  }

  private static let paymentKey = "sk_" + "live_" + "51Hq7LkWz3" + "TnVb9RcXy2" + "PdMs8GfJt4"

  private static let carelessDockerfile = """
    FROM node:latest
    ENV SHOP_API_TOKEN=\("tok" + "9f8e7d6c5b4a39281706f5e4d3c2b1a0")
    COPY . /shop
    CMD ["node", "/shop/src/server.js"]

    """

  private static let carefulDockerfile = """
    FROM node:20.18.0@sha256:\(String(repeating: "4f6e2a91", count: 8))
    COPY src /shop/src
    USER node
    CMD ["node", "/shop/src/server.js"]

    """

  private static let package =
    #""name":"shop","version":"4.2.0","dependencies":{"@sentry/node":"8.33.1","pad":"1.0.0"}"#

  private static let lockFile = """
    {"name":"shop","version":"4.2.0","lockfileVersion":3,"requires":true,"packages":{
    "":{\(package)},
    "node_modules/@sentry/node":{"version":"8.33.1"},
    "node_modules/pad":{"version":"1.0.0"}}}

    """
}
