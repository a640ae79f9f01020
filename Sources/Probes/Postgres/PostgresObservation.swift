/// What PostgreSQL says about the role that asks, and about its own rules.
struct PostgresObservation: Equatable, Sendable {
  /// A line of pg_hba.conf.
  struct Rule: Equatable, Sendable {
    var line: Int
    /// `local`, `host`, `hostssl` and so on.
    var type: String
    var method: String
    var error: String?

    var isTrust: Bool { method == "trust" }
  }

  var isSuperuser: Bool
  /// Further attributes that an application does not need.
  var attributes: [String]
  var serverTLS: Bool
  var connectionTLS: Bool
  /// Whether this connection stays on one machine.
  var isLocal: Bool
  /// Nil where the role may not read them.
  var rules: [Rule]?

  /// Reads the answer to `PostgresConnection.query`; nil where it is another.
  init?(_ json: ToolJSON) {
    guard let superuser = json["superuser"]?.bool, let tls = json["tls"]?.bool,
      let connection = json["connection_tls"]?.bool, let local = json["local"]?.bool,
      let attributes = json["attributes"]?.object
    else { return nil }
    isSuperuser = superuser
    serverTLS = tls
    connectionTLS = connection
    isLocal = local
    self.attributes = []
    for (name, value) in attributes {
      guard let has = value.bool else { return nil }
      if has { self.attributes.append(name) }
    }
    self.attributes.sort()
  }

  /// Adds the answer to `PostgresConnection.rulesQuery`; false where it is another.
  mutating func add(rules json: ToolJSON) -> Bool {
    guard let array = json.array else { return false }
    var rules: [Rule] = []
    for item in array {
      guard let line = item["line"]?.integer else { return false }
      rules.append(
        Rule(
          line: line, type: item["type"]?.string ?? "", method: item["method"]?.string ?? "",
          error: item["error"]?.string))
    }
    self.rules = rules
    return true
  }
}
