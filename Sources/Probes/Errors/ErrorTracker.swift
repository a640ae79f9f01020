/// Error trackers by what gives them away.
enum ErrorTracker {
  static let manifests: Set<String> = [
    "package.json", "pyproject.toml", "requirements.txt", "Pipfile", "poetry.lock", "uv.lock",
    "Gemfile", "Gemfile.lock", "go.mod", "composer.json", "Cargo.toml", "pom.xml", "build.gradle",
    "build.gradle.kts", "mix.exs", "Package.swift", "pubspec.yaml",
  ]

  private struct Marks {
    var name: String
    /// Variables any of which has to hold a value.
    var variables: [String]
    var libraries: [String]
  }

  private static let all = [
    Marks(
      name: "Sentry", variables: ["SENTRY_DSN", "NEXT_PUBLIC_SENTRY_DSN", "VITE_SENTRY_DSN"],
      libraries: [
        "@sentry/", "sentry-sdk", "sentry-ruby", "sentry-go", "sentry/sentry", "sentry-rails",
        "io.sentry", "sentry-cocoa", "sentry_flutter", ":sentry", "sentry-actix", "sentry =",
      ]),
    Marks(
      name: "Datadog", variables: ["DD_API_KEY", "DD_AGENT_HOST", "DD_TRACE_AGENT_URL"],
      libraries: ["dd-trace", "ddtrace", "@datadog/", "datadog"]),
    Marks(
      name: "Rollbar", variables: ["ROLLBAR_ACCESS_TOKEN", "ROLLBAR_SERVER_TOKEN"],
      libraries: ["rollbar"]),
    Marks(name: "Bugsnag", variables: ["BUGSNAG_API_KEY"], libraries: ["bugsnag"]),
    Marks(name: "Honeybadger", variables: ["HONEYBADGER_API_KEY"], libraries: ["honeybadger"]),
    Marks(
      name: "New Relic", variables: ["NEW_RELIC_LICENSE_KEY"], libraries: ["newrelic", "new_relic"]),
    Marks(name: "AppSignal", variables: ["APPSIGNAL_PUSH_API_KEY"], libraries: ["appsignal"]),
    Marks(
      name: "Airbrake", variables: ["AIRBRAKE_API_KEY", "AIRBRAKE_PROJECT_KEY"],
      libraries: ["airbrake"]),
    Marks(name: "Raygun", variables: ["RAYGUN_API_KEY", "RAYGUN_APIKEY"], libraries: ["raygun"]),
    Marks(
      name: "OpenTelemetry", variables: ["OTEL_EXPORTER_OTLP_ENDPOINT"],
      libraries: ["opentelemetry"]),
  ]

  /// Trackers that have a variable with a value that is no placeholder.
  static func configured(_ text: String) -> [String] {
    var names: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline) {
      var rest = line.trimmed
      if rest.hasPrefix("#") { continue }
      if rest.hasPrefix("export ") { rest = rest.dropFirst("export ".count).trimmed }
      let parts = rest.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1].trimmed.filter { $0 != "\"" && $0 != "'" }
      if !value.isEmpty && !isPlaceholder(value) { names.insert(String(parts[0].trimmed)) }
    }
    return all.filter { $0.variables.contains(where: names.contains) }.map(\.name)
  }

  private static func isPlaceholder(_ value: String) -> Bool {
    let lower = value.lowercased()
    return [
      "xxx", "changeme", "change-me", "your", "<", "${", "example", "todo", "none", "null", "false",
    ]
    .contains { lower.hasPrefix($0) }
  }

  /// Trackers whose library a manifest names, outside of comments.
  static func named(in manifest: String) -> [String] {
    let lines = manifest.split(whereSeparator: \.isNewline).map { $0.trimmed }
      .filter { !$0.hasPrefix("#") && !$0.hasPrefix("//") }.map { $0.lowercased() }
    return all.filter { tracker in
      tracker.libraries.contains { library in lines.contains { $0.contains(library) } }
    }.map(\.name)
  }
}
