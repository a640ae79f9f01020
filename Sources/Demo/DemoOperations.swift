internal import Checklist
internal import Foundation

/// What the shop's operators keep outside of its repository: backups, a log, a stored hash, the
/// environment of production, and what their tools reported.
struct DemoOperations: Sendable {
  /// Where all of it lies.
  let folder: String

  /// Writes backups of the last eight nights, a clean log and one stored hash of nobody.
  ///
  /// - Throws: where a file cannot be written.
  func create(now: Timestamp) throws {
    for night in 0..<8 {
      let time = Timestamp(seconds: now.seconds - 3_600 - night * 86_400)
      try write("backups/shop-\(time.date).dump", String(repeating: "row\n", count: 1_000 + night))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: TimeInterval(time.seconds))],
        ofItemAtPath: "\(folder)/backups/shop-\(time.date).dump")
    }
    let line = "time=\(now.rfc3339) level=info user=u17 action=order.paid outcome=done took=12ms\n"
    try write("shop.log", String(repeating: line, count: 400))
    // 53 characters, as bcrypt writes them, that are the hash of nothing.
    try write(
      "password-hash", "$2b$12$" + String(repeating: "Qh7vT2mZx9Kp", count: 5).prefix(53) + "\n")
    try write("production.env", "SHOP_PORT=8443\nSENTRY_DSN=https://4f6e@errors.acme.example/1\n")
    let reports = DemoReports(now: now)
    try write("audit.json", reports.audit)
    try write("container.json", reports.container)
    try scan(isCareless: true, now: now)
  }

  /// Writes what a scan of the image says, as long as a token is in it and after that.
  ///
  /// - Throws: where the file cannot be written.
  func scan(isCareless: Bool, now: Timestamp) throws {
    try write("image.json", DemoReports(now: now).image(holdsToken: isCareless))
  }

  /// The parameters by which the probes find it, as lines of `launchgate.yaml`.
  var parameters: String {
    """
      audit.report: "\(folder)/audit.json"
      backup.path: "\(folder)/backups"
      container.image: "\(DemoReports.imageName)"
      container.report: "\(folder)/container.json"
      incident-plan.files: [docs/incident-plan.md]
      logs.samples: ["\(folder)/shop.log"]
      passwords.sample: "\(folder)/password-hash"
      production.env-file: "\(folder)/production.env"
      scan.report: "\(folder)/image.json"
    """
  }

  /// The plan that the shop keeps in its repository.
  static let incidentPlan = """
    # When something goes wrong in the shop

    Whoever is on call leads until somebody takes over by name. Times are written down from the
    first minute, because the report to the authority needs them.

    ## Detection
    An alert, a customer or a colleague says so. Open a channel and write down when.

    ## Containment
    Take the part that is hurt off the network. Rotate what was exposed.

    ## Eradication
    Find how they came in, and close it everywhere.

    ## Recovery
    Restore from the last backup before the incident, and watch it for two days.

    ## Report within 72 hours
    Personal data: the data protection officer informs the authority within 72 hours.

    ## Review
    Within two weeks, without blame. What is learnt becomes a task with a name.

    """

  /// How the shop is started: with limits, without privileges.
  static let compose = """
    services:
      shop:
        image: registry.acme.example/shop:4.2.0
        user: "1000"
        mem_limit: 512m
        cap_drop: [ALL]
        ports: ["443:8443"]

    """

  /// Who proposes updates of dependencies.
  static let updates = """
    version: 2
    updates:
      - package-ecosystem: npm
        directory: /
        schedule:
          interval: weekly

    """

  private func write(_ path: String, _ text: String) throws {
    let url = URL(fileURLWithPath: folder).appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
