public import Checklist

/// Whether the application signs in to PostgreSQL with few rights, over TLS, and never by trust.
public struct PostgresRolesProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "postgres.roles", version: 1,
    claim:
      "The application's database role is no superuser, and no rule trusts without a password.",
    standards: ["ASVS 13.2.2", "ASVS 12.3.1", "NIST AC-6", "NIST IA-2"], scope: .target,
    method: """
      Runs `psql` with the connection string of an environment variable, handed over as PG \
      variables and never on the command line, in one read-only transaction of at most 10 s. It \
      asks for the role's attributes, for TLS of the server and of this connection, and for the \
      rules of pg_hba.conf; those need a superuser, so that they are read with the connection \
      string of `admin-variable` where that is given. Another machine than this one has to stand \
      in `authorised`. No password and no host is stored.
      """,
    facts: "the attributes of the role, TLS, and the number of trust rules for others",
    fix: """
      ALTER ROLE app NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS; set \
      `ssl = on`; replace `trust` in pg_hba.conf by `scram-sha-256` and reload.
      """,
    reproduce: #"psql "$DATABASE_URL" -c '\du' -c 'show ssl' -c 'table pg_hba_file_rules'"#,
    tools: ["psql"],
    parameters: [
      .init(
        "variable", .text,
        "environment variable with the application's connection string; DATABASE_URL unless given"),
      .init(
        "admin-variable", .text, "the same of a superuser, for the rules of pg_hba.conf"),
      .init(
        "checks", .texts, "out of role, tls, trust; all unless given", stricter: .more),
    ],
    standsFor: ["psql $DATABASE_URL -c"])

  static let allChecks = ["role", "tls", "trust"]

  private let variable: String
  private let administrator: String?
  private let checks: [String]

  /// A probe of those variables and checks.
  public init(parameters: Parameters) {
    variable = parameters.text("variable") ?? "DATABASE_URL"
    administrator = parameters.text("admin-variable")
    checks = parameters.texts("checks") ?? Self.allChecks
  }

  /// Asks the database.
  public func run(in context: ProbeContext) async -> Finding {
    var finding = await look(in: context)
    finding.reproduce = Self.manual.reproduce
    finding.vantage.host = context.hostName
    return finding
  }

  private func look(in context: ProbeContext) async -> Finding {
    guard !checks.isEmpty, checks.allSatisfy(Self.allChecks.contains) else {
      return .unknown(
        "no such check: \(checks.joined(separator: ", "))",
        hint: "checks may hold \(Self.allChecks.joined(separator: ", "))")
    }
    do throws(PostgresConnection.Fault) {
      let own = try PostgresConnection(variable, context)
      var seen = try await own.observe(context)
      if let administrator, checks.contains("trust") {
        let above = try PostgresConnection(administrator, context)
        seen.rules = try await above.observe(context).rules
      }
      var finding = judge(seen)
      finding.vantage.network = own.network
      return finding
    } catch {
      return .unknown(error.reason, hint: error.hint)
    }
  }

  /// Fails on rights that no application needs; unknown where the rules could not be read.
  func judge(_ seen: PostgresObservation) -> Finding {
    var details: [Finding.Detail] = []
    if checks.contains("role") { details += role(seen) }
    if checks.contains("tls") { details += tls(seen) }
    if checks.contains("trust") { details += trust(seen) }
    return .judged(
      details, pass: "the role has no rights above its own data",
      WayOut(
        fix: Self.manual.fix, review: "say why the role needs this",
        unknown: "name a superuser's connection string in `admin-variable`"),
      facts: [
        "superuser": "\(seen.isSuperuser)", "attributes": seen.attributes.joined(separator: " "),
        "ssl": "\(seen.serverTLS)",
        "trust": seen.rules.map { "\($0.filter(\.isTrust).count)" } ?? "not read",
      ])
  }

  private func role(_ seen: PostgresObservation) -> [Finding.Detail] {
    if seen.isSuperuser { return [.init(.fail, "the application signs in as a superuser")] }
    guard !seen.attributes.isEmpty else {
      return [.init(.pass, "the application's role is no superuser and has no attribute above it")]
    }
    return seen.attributes.map { .init(.fail, "the application's role has \($0)") }
  }

  private func tls(_ seen: PostgresObservation) -> [Finding.Detail] {
    if seen.connectionTLS { return [.init(.pass, "this connection is encrypted")] }
    if seen.isLocal {
      return [.init(.pass, "this connection does not leave the machine, so that it needs no TLS")]
    }
    return [
      seen.serverTLS
        ? .init(.review, "the server offers TLS, and this connection does without")
        : .init(.fail, "the server has no TLS")
    ]
  }

  private func trust(_ seen: PostgresObservation) -> [Finding.Detail] {
    guard let rules = seen.rules else {
      return [.init(.unknown, "the role may not read the rules of pg_hba.conf")]
    }
    guard !rules.isEmpty else { return [.init(.unknown, "pg_hba.conf shows no rules")] }
    let faulty = rules.filter { $0.error != nil }
    if let first = faulty.first {
      return [.init(.unknown, "pg_hba.conf has an error in line \(first.line)")]
    }
    let trusting = rules.filter(\.isTrust)
    guard !trusting.isEmpty else {
      return [.init(.pass, "no rule of pg_hba.conf trusts without a password")]
    }
    return trusting.map {
      .init(
        .fail, "line \($0.line) of pg_hba.conf trusts \($0.type) connections without a password")
    }
  }
}
