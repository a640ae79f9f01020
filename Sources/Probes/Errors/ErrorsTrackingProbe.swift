public import Checklist

/// Whether an error tracker is configured for production and its library is installed.
public struct ErrorsTrackingProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "errors.tracking", version: 1,
    claim: "An error tracker is configured for production, and its library is a dependency.",
    standards: ["NIST SI-11", "NIST AU-6"], scope: .repository,
    method: """
      Reads the names of the variables in production's env file, never keeping a value, and the \
      tracked manifests and lock files of at most 4 MiB each, for Sentry, Datadog, Rollbar, \
      Bugsnag, Honeybadger, New Relic, AppSignal, Airbrake, Raygun and OpenTelemetry. It shows that \
      one is set up; whether errors arrive and wake somebody is for a person.
      """,
    facts: "the tracker whose variables are set, and the manifests that name its library",
    fix: "Add the tracker's library, and set its variable in production, such as SENTRY_DSN.",
    reproduce:
      "grep -oE '^(SENTRY_DSN|DD_[A-Z_]*)=' .env.production; git grep -il sentry -- '*.json'",
    tools: ["git"],
    parameters: [
      .init(
        "file", .text, "production's env file, such as /etc/shop/env", isRequired: true)
    ],
    standsFor: ["grep SENTRY_DSN"])

  private let file: String?

  /// A probe of that file.
  public init(parameters: Parameters) { file = parameters.text("file") }

  /// Reads the env file and the manifests.
  public func run(in context: ProbeContext) async -> Finding {
    Self.local(await look(in: context), context)
  }

  private func look(in context: ProbeContext) async -> Finding {
    guard let file else {
      return .unknown("production's env file is not named", hint: "set `file` to its path")
    }
    do throws(GitFailure) {
      let repository = try await GitRepository(context, deadline: .now + context.timeout)
      let path = file.hasPrefix("/") ? file : "\(repository.top)/\(file)"
      guard case .content(let bytes) = FileBytes.read(path, limit: 1 << 20) else {
        return .unknown("\(file) cannot be read", hint: "run it where that file lies")
      }
      let set = ErrorTracker.configured(String(decoding: bytes, as: UTF8.self))
      let index = try await repository.index()
      let manifests = index.filter { entry in
        entry.isFile && ErrorTracker.manifests.contains(entry.path.name)
          && entry.path.isBelow(context.paths) && !entry.path.isInside(anyOf: LockSearch.foreign)
          && !SamplePath.isOne(entry.path)
      }
      var libraries: [String: [String]] = [:]
      for entry in manifests {
        guard
          case .content(let bytes) = FileBytes.read(
            entry.path, below: repository.top, limit: 4 << 20)
        else { continue }
        for tracker in ErrorTracker.named(in: String(decoding: bytes, as: UTF8.self)) {
          libraries[tracker, default: []].append(entry.path.text)
        }
      }
      return Self.judge(configured: set, libraries: libraries, manifests: manifests.count)
    } catch {
      return error.finding
    }
  }

  /// Passes where one tracker has both; half of one is for a person.
  static func judge(
    configured: [String], libraries: [String: [String]], manifests: Int
  ) -> Finding {
    var details: [Finding.Detail] = []
    for tracker in Set(configured).union(libraries.keys).sorted() {
      let files = libraries[tracker]?.prefix(5).joined(separator: ", ")
      switch (configured.contains(tracker), files) {
      case (true, let files?):
        details.append(.init(.pass, "\(tracker) is configured, and a dependency of \(files)"))
      case (true, nil):
        details.append(
          .init(.review, "\(tracker) is configured, and no manifest names its library"))
      case (false, let files?):
        details.append(.init(.review, "\(tracker) is a dependency of \(files), and not configured"))
      case (false, nil): continue
      }
    }
    if details.contains(where: { $0.verdict == .pass }) {
      details = details.filter { $0.verdict == .pass }
    }
    if details.isEmpty { details = [.init(.fail, "no error tracker is configured")] }
    return .judged(
      details, pass: "an error tracker is configured",
      WayOut(
        fix: manual.fix, review: "say how errors reach the tracker, or complete its setup",
        unknown: "name production's env file"),
      facts: [
        "configured": configured.joined(separator: " "),
        "libraries": libraries.keys.sorted().joined(separator: " "),
      ], coverage: ["paths": manifests])
  }
}
