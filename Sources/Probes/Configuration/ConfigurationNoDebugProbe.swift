public import Checklist

/// Whether the configuration of production has left development behind.
public struct ConfigurationNoDebugProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "configuration.no-debug", version: 1,
    claim: "The configuration of production runs without debug mode, test keys and local origins.",
    standards: ["ASVS 13.4.2", "NIST CM-6"], scope: .files,
    method: """
      Reads the files that the launch names as production's, up to 4 MiB each: env files, YAML, \
      INI, TOML, JSON, Python settings, Procfiles and unit files, line by line. DEBUG and its kin \
      that are on, a mode such as NODE_ENV that is not production, any host or origin, a local \
      origin, and Stripe's test keys fail. Where no file says anything about the mode, a person \
      has to look. Values of keys are never shown.
      """,
    facts: "the settings that were judged, and how they stand",
    fix: "Set DEBUG=false and the production mode, name hosts and origins, and use live keys.",
    reproduce:
      "grep -nEi 'debug|_env=|environment|allowed_hosts|origin|cors|_test_' FILE",
    parameters: [
      .init("files", .texts, "the configuration files of production", isRequired: true),
      .init(
        "checks", .texts,
        "out of debug, hosts, origins, test-keys; all unless given, and then only debug has to be said",
        stricter: .more),
    ])

  private let files: [String]
  private let checks: [String]?

  /// A probe of those files.
  public init(parameters: Parameters) {
    files = parameters.texts("files") ?? parameters.text("files").map { [$0] } ?? []
    checks = parameters.texts("checks")
  }

  /// Reads the files, relative names from the top folder.
  public func run(in context: ProbeContext) async -> Finding {
    let wanted = checks ?? DebugRule.Check.allCases.map(\.rawValue)
    let known = wanted.compactMap(DebugRule.Check.init)
    guard !wanted.isEmpty, known.count == wanted.count else {
      return Self.local(
        .unknown(
          "no such check among \(wanted.joined(separator: ", "))",
          hint: "checks may hold debug, hosts, origins and test-keys"), context)
    }
    guard !files.isEmpty else {
      return Self.local(.unknown("no file was named", hint: "name production's files"), context)
    }
    let read = files.map { name in
      (name, NamedFile(name: name, top: context.repository).read(limit: 4 << 20))
    }
    return Self.local(Self.judge(read, known, isChosen: checks != nil), context)
  }

  /// Fails on any development setting; unknown on any file that cannot be read.
  static func judge(
    _ files: [(name: String, text: RepositoryText)], _ checks: [DebugRule.Check], isChosen: Bool
  ) -> Finding {
    var details: [Finding.Detail] = []
    var facts: [String: String] = [:]
    var said: Set<DebugRule.Check> = []
    var count = 0
    for (name, text) in files {
      switch text {
      case .absent: details.append(.init(.unknown, "\(name) is not there"))
      case .trouble(let reason): details.append(.init(.unknown, "\(name): \(reason)"))
      case .text(let text):
        let settings = SettingReader.read(text)
        count += settings.count
        for setting in settings {
          for check in checks {
            guard let detail = DebugRule.judge(setting, check) else { continue }
            said.insert(check)
            details.append(.init(detail.verdict, "\(name):\(setting.line): \(detail.text)"))
            facts["\(GitPath(name).factName):\(GitPath(setting.name).factName)"] = detail.text
          }
        }
      }
    }
    for check in checks where !said.contains(check) {
      guard isChosen || check == .debug else { continue }
      // That there are no test keys is what is asked for; of the mode something has to be said.
      details.append(
        check == .testKeys
          ? .init(.pass, "no key for tests was found")
          : .init(.review, "no setting says anything about \(check.rawValue)"))
    }
    return Finding(
      of: details,
      passed: count.counted(
        "setting of production holds to the rules", "settings of production hold to the rules"),
      fix: manual.fix,
      wayOut: "name files that are there and can be read here", facts: facts,
      coverage: ["paths": files.count, "settings": count])
  }
}
