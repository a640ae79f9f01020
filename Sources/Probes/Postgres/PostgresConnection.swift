import Checklist

/// A connection string of an environment variable, for `psql`.
struct PostgresConnection: Sendable {
  struct Fault: Error, Equatable {
    var reason: String
    var hint: String
  }

  /// Never on a command line, where every user of the machine could read it.
  let environment: [String: String]
  let network: Vantage.Network

  static let query = """
    select json_build_object(
      'superuser', r.rolsuper,
      'attributes', json_build_object('CREATEROLE', r.rolcreaterole, 'CREATEDB', r.rolcreatedb,
        'REPLICATION', r.rolreplication, 'BYPASSRLS', r.rolbypassrls),
      'tls', current_setting('ssl')::bool,
      'connection_tls', coalesce((select s.ssl from pg_stat_ssl s where s.pid = pg_backend_pid()), false),
      'local', inet_client_addr() is null or host(inet_client_addr()) in ('127.0.0.1', '::1'))
    from pg_roles r where r.rolname = session_user
    """
  static let rulesQuery = """
    select coalesce(json_agg(json_build_object('line', line_number, 'type', type,
      'method', auth_method, 'error', error)), '[]'::json) from pg_hba_file_rules
    """

  /// Takes the string apart, and refuses hosts that may not be contacted.
  init(_ variable: String, _ context: ProbeContext) throws(Fault) {
    guard let text = context.environment[variable], !text.isEmpty else {
      throw Fault(
        reason: "the environment variable \(variable) is not set",
        hint: "run it where the application runs, or export \(variable) for this call")
    }
    guard let values = Self.values(text) else {
      throw Fault(
        reason: "\(variable) holds no connection string of PostgreSQL",
        hint: "postgresql://USER:PASSWORD@HOST:5432/DATABASE")
    }
    let host = values["PGHOST"] ?? ""
    let isLocal =
      host.isEmpty || host.hasPrefix("/") || host == "localhost"
      || IPAddress(host)?.network == .loopback
    let port = Int(values["PGPORT"] ?? "5432") ?? 0
    guard isLocal || AuthorisedHosts(context.authorised).allows(host, port: port) else {
      throw Fault(
        reason: "the host in \(variable) is not authorised",
        hint: "add it with its port to authorised: in launchgate.yaml")
    }
    network = isLocal ? .loopback : IPAddress(host)?.network ?? .privateNetwork
    environment = values
  }

  /// The variables of libpq for `postgresql://user:password@host:port/database?sslmode=require`.
  static func values(_ text: String) -> [String: String]? {
    guard
      let match = text.wholeMatch(
        of:
          #/postgres(?:ql)?(?:\+[a-z0-9]+)?:\/\/(?:([^:@\/?]*)(?::([^@\/?]*))?@)?(\[[^\]]+\]|[^:\/?,]*)(?::([0-9]{1,5}))?(?:\/([^?]*))?(?:\?(.*))?/#
      )
    else { return nil }
    var values: [String: String] = [:]
    func set(_ name: String, _ part: Substring?) -> Bool {
      guard let part, !part.isEmpty else { return true }
      guard let plain = decoded(part), !plain.contains("\0") else { return false }
      values[name] = plain
      return true
    }
    let host = match.3.hasPrefix("[") ? match.3.dropFirst().dropLast() : match.3
    guard set("PGUSER", match.1), set("PGPASSWORD", match.2), set("PGHOST", host),
      set("PGPORT", match.4), set("PGDATABASE", match.5)
    else { return nil }
    for pair in (match.6 ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      switch parts[0] {
      case "sslmode": guard set("PGSSLMODE", parts[1]) else { return nil }
      case "sslrootcert": guard set("PGSSLROOTCERT", parts[1]) else { return nil }
      case "host": guard set("PGHOST", parts[1]) else { return nil }
      case "port": guard set("PGPORT", parts[1]) else { return nil }
      // Anything else could lead elsewhere: hostaddr, service, passfile.
      case "application_name", "connect_timeout", "channel_binding", "options": continue
      default: return nil
      }
    }
    return values
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Asks both questions; the rules stay nil where the role may not read them.
  func observe(_ context: ProbeContext) async throws(Fault) -> PostgresObservation {
    let answer = try await ask(Self.query, context)
    guard answer.succeeded else {
      throw Fault(
        reason: "the database refused: \(redacted(answer.complaint))",
        hint: "try it by hand: psql with the same connection string")
    }
    guard let json = try? ToolJSON(answer.bytes), var seen = PostgresObservation(json) else {
      throw Fault(
        reason: "the answer of psql is not understood", hint: "look by hand, with the psql command")
    }
    let rules = try await ask(Self.rulesQuery, context)
    if rules.succeeded {
      guard let json = try? ToolJSON(rules.bytes), seen.add(rules: json) else {
        throw Fault(
          reason: "the answer of psql is not understood",
          hint: "look by hand, with the psql command")
      }
    }
    return seen
  }

  private func ask(_ query: String, _ context: ProbeContext) async throws(Fault) -> CommandOutput {
    var variables = environment
    variables["PATH"] = context.environment["PATH"] ?? "/usr/bin:/bin"
    variables["LC_ALL"] = "C.UTF-8"
    variables["PGCONNECT_TIMEOUT"] = "10"
    variables["PGOPTIONS"] =
      "-c default_transaction_read_only=on -c statement_timeout=10000 -c search_path=pg_catalog"
    // Neither files of the user nor a prompt may decide anything.
    variables["PGPASSFILE"] = "/dev/null"
    variables["PGSYSCONFDIR"] = "/nonexistent"
    let command = Command(
      program: "psql",
      arguments: ["-X", "-w", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", query],
      environment: variables, deadline: .now + context.timeout, outputLimit: 4 << 20)
    do throws(CommandFailure) {
      return try await command.output()
    } catch {
      throw Fault(reason: error.reason, hint: error.hint)
    }
  }

  /// Messages of the server name users, hosts and databases.
  private func redacted(_ text: String) -> String {
    var text = text
    for (name, value) in environment where value.count > 2 && name != "PGSSLMODE" {
      text = text.replacing(value, with: Redaction.mark)
    }
    return text
  }
}
