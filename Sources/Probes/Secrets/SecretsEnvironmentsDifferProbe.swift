public import Checklist
internal import Crypto

/// Whether production shares a secret with another environment.
public struct SecretsEnvironmentsDifferProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "secrets.environments-differ", version: 1,
    claim: "No secret of production is used in another environment.",
    standards: ["NIST IA-5", "ASVS 13.3.1"], scope: .files,
    method: """
      Reads the env files of production and of the other environments, up to 4 MiB each. Values \
      behind telling names and passwords in URLs are compared by HMAC-SHA-256 under a key that is \
      drawn for the run and forgotten after it; no value and no digest is shown or kept. The same \
      value fails whatever its names are. Placeholders, and values shorter than 6 bytes, are left \
      to a person. References to a secret store are not secrets.
      """,
    facts: "the names of secrets that are shared, and of those that are placeholders",
    fix: "Draw a new secret for every environment, and rotate the shared one in production.",
    reproduce: "comm -12 <(sort PRODUCTION) <(sort OTHER) | cut -d= -f1",
    parameters: [
      .init("production", .text, "the env file of production", isRequired: true),
      .init(
        "others", .texts, "the env files of the other environments", stricter: .more,
        isRequired: true),
    ])

  private let production: String
  private let others: [String]

  /// A probe of those files.
  public init(parameters: Parameters) {
    production = parameters.text("production") ?? ""
    others = parameters.texts("others") ?? parameters.text("others").map { [$0] } ?? []
  }

  /// Reads the files, relative names from the top folder.
  public func run(in context: ProbeContext) async -> Finding {
    guard !production.isEmpty, !others.isEmpty, !others.contains(production) else {
      return Self.local(
        .unknown(
          "there are not two different files to compare",
          hint: "name production's file, and those of the other environments"), context)
    }
    let files = ([production] + others).map { name in
      (name, NamedFile(name: name, top: context.repository).read(limit: 4 << 20))
    }
    return Self.local(Self.judge(files), context)
  }

  /// Fails on any shared secret of the first file, production's; unknown if one cannot be read.
  static func judge(_ files: [(name: String, text: RepositoryText)]) -> Finding {
    let key = SymmetricKey(size: .bits256)
    var details: [Finding.Detail] = []
    var read: [(name: String, secrets: EnvironmentSecrets)] = []
    for (name, text) in files {
      switch text {
      case .absent: details.append(.init(.unknown, "\(name) is not there"))
      case .trouble(let reason): details.append(.init(.unknown, "\(name): \(reason)"))
      case .text(let text): read.append((name, EnvironmentSecrets(text, key: key)))
      }
    }
    if let production = read.first, production.name == files.first?.name {
      details += compared(production, read.dropFirst())
    }
    let shared = details.filter { $0.verdict == .fail }.map(\.text)
    return Finding(
      of: details, passed: "production shares no secret with the other files", fix: manual.fix,
      wayOut: "run it where all of the files can be read, or compare them by hand",
      facts: [
        "shared": shared.joined(separator: "; "),
        "open": details.filter { $0.verdict != .fail && $0.verdict != .pass }.map(\.text)
          .joined(separator: "; "),
      ],
      coverage: [
        "paths": read.count, "secrets": read.reduce(0) { $0 + $1.secrets.names.count },
      ])
  }

  private static func compared(
    _ production: (name: String, secrets: EnvironmentSecrets),
    _ others: some Collection<(name: String, secrets: EnvironmentSecrets)>
  ) -> [Finding.Detail] {
    var details = production.secrets.weak.map {
      Finding.Detail(.review, "\($0) in \(production.name) is a placeholder or very short")
    }
    if production.secrets.names.isEmpty {
      details.append(.init(.review, "\(production.name) holds no secret that could be compared"))
    }
    for other in others {
      if other.secrets.names.isEmpty {
        details.append(.init(.review, "\(other.name) holds no secret that could be compared"))
      }
      let shared = production.secrets.names.filter { other.secrets.names[$0.key] != nil }
        .flatMap(\.value)
      details +=
        shared.isEmpty
        ? [.init(.pass, "\(other.name) shares no secret with \(production.name)")]
        : Set(shared).sorted().map {
          .init(.fail, "\($0) of \(production.name) has the same value in \(other.name)")
        }
    }
    return details
  }
}
