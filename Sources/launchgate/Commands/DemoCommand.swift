internal import ArgumentParser
internal import Checklist
internal import Demo
internal import Foundation

/// Walks a built-in example launch with real faults.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Walk a built-in example launch with real faults; nothing to set up.",
    discussion: """
      A shop is served on loopback and a repository is made in a folder. On the screen, f mends \
      the fault under the cursor. With --active the shop is also sent what no visitor would send. \
      With --serve the shop runs without a screen until it is \
      stopped, and 'launchgate demo --mend FAULT --folder DIR' mends a fault from elsewhere. \
      Faults: \(DemoFault.allCases.map(\.rawValue).joined(separator: ", ")), or all.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var activity: ActivityOptions
  @Option(help: "Where to make the example; a temporary folder otherwise.") var folder: String?
  @Flag(help: "Serve the example without a screen until it is stopped.") var serve = false
  @Option(help: "Mend a fault of the example that is served from --folder.") var mend: String?

  func run() async throws {
    if let mend { return try request(mend) }
    let isTemporary = folder == nil
    let place =
      folder.map { Workspace.resolve($0, in: FileManager.default.currentDirectoryPath) }
      ?? NSTemporaryDirectory() + "launchgate-demo-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { if isTemporary { try? FileManager.default.removeItem(atPath: place) } }
    let launch = try await DemoLaunch.start(in: place, now: Clock.now)
    for (name, value) in launch.credentials { setenv(name, value, 1) }
    var options = options
    options.config = launch.configuration
    if serve {
      try TrustStore().trustWritten(launch.configuration)
      try await self.serve(launch, place)
    } else {
      try await Walking(
        options: options, example: ExampleLaunch(launch: launch), active: activity.active
      ).run()
    }
  }

  /// Leaves a mark that the serving process sees.
  private func request(_ name: String) throws {
    guard let folder else {
      throw Problem("--mend needs --folder", code: Status.usage)
    }
    let faults = name == "all" ? DemoFault.allCases : DemoFault(rawValue: name).map { [$0] } ?? []
    guard !faults.isEmpty else {
      throw Problem(
        "there is no fault \(name)",
        hint: DemoFault.allCases.map(\.rawValue).joined(separator: ", "), code: Status.usage)
    }
    for fault in faults {
      let mark = "\(folder)/mend-\(fault.rawValue)"
      guard FileManager.default.createFile(atPath: mark, contents: nil) else {
        throw Problem("\(mark) cannot be written", hint: "is the example served from there?")
      }
      let deadline = ContinuousClock.now + .seconds(30)
      while FileManager.default.fileExists(atPath: mark) {
        guard ContinuousClock.now < deadline else {
          try? FileManager.default.removeItem(atPath: mark)
          throw Problem(
            "nobody mended it within 30 seconds",
            hint: "is the example served from there? launchgate demo --serve --folder \(folder)")
        }
        usleep(50_000)
      }
      Output.say("mended: \(fault.words)")
    }
  }

  private func serve(_ launch: DemoLaunch, _ place: String) async throws {
    Output.say(launch.folder)
    Output.progress("serving until stopped; cd \(launch.folder) and try: launchgate probe")
    Output.progress("its test users: set -a; . \(place)/server/test-users.env")
    while true {
      for fault in DemoFault.allCases {
        let mark = "\(place)/mend-\(fault.rawValue)"
        guard FileManager.default.fileExists(atPath: mark) else { continue }
        try launch.repair(fault)
        try FileManager.default.removeItem(atPath: mark)
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}
