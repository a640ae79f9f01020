/// A place where something stands that nobody outside is to see, and how one knows it.
struct ExposedEndpoint: Hashable, Sendable {
  enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Files that were never meant to be served.
    case files
    /// Debuggers, profilers and dumps of the configuration.
    case debug
    /// Figures and states of the server.
    case monitoring
    /// Descriptions of the API.
    case documentation
    /// Consoles of databases and queues.
    case admin
  }

  var kind: Kind
  var path: String
  /// What it is, for people.
  var name: String
  /// One of these groups has to stand in the body whole; compared without case.
  var signatures: [[String]]
  /// The body that is posted; a GET where there is none.
  var query: String?

  init(_ kind: Kind, _ path: String, _ name: String, _ signatures: [[String]], query: String? = nil)
  {
    self.kind = kind
    self.path = path
    self.name = name
    self.signatures = signatures
    self.query = query
  }

  /// Whether a body is what is looked for.
  func matches(_ body: [UInt8]) -> Bool {
    let text = String(decoding: body, as: UTF8.self).lowercased()
    if signatures.isEmpty { return Self.isEnvironment(text) }
    return signatures.contains { group in group.allSatisfy { text.contains($0) } }
  }

  /// Whether a text is a file of environment variables, and no page.
  private static func isEnvironment(_ text: String) -> Bool {
    guard !text.contains("<html"), !text.contains("<!doctype"), !text.hasPrefix("{") else {
      return false
    }
    return text.split(whereSeparator: \.isNewline).prefix(200).contains { line in
      let name = line.trimmingSpaces.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return name.utf8.count >= 2 && line.trimmingSpaces.dropFirst(name.count).hasPrefix("=")
    }
  }

  /// All places that are tried.
  static let all: [ExposedEndpoint] = [
    .init(.files, "/.env", "the environment file", []),
    .init(.files, "/.env.production", "the environment file of production", []),
    .init(.files, "/.git/HEAD", "the git repository", [["ref: refs/"]]),
    .init(.files, "/.git/config", "the git repository", [["[core]", "repositoryformatversion"]]),
    .init(.files, "/.svn/wc.db", "the Subversion database", [["sqlite format 3"]]),
    .init(.files, "/.aws/credentials", "cloud credentials", [["aws_access_key_id"]]),
    .init(.files, "/.ssh/id_rsa", "a private key", [["-----begin", "private key-----"]]),
    .init(
      .files, "/backup.sql", "a dump of the database",
      [["create table"], ["insert into"], ["database dump"]]),
    .init(.files, "/wp-config.php.bak", "a copy of the configuration", [["db_password"]]),
    .init(
      .debug, "/console", "the debugger of Werkzeug",
      [["werkzeug", "console"], ["evalex"], ["interactive console", "__debugger__"]]),
    .init(.debug, "/__debug__/", "the debug toolbar of Django", [["djdt"], ["debug toolbar"]]),
    .init(.debug, "/telescope", "Laravel Telescope", [["telescope", "laravel"]]),
    .init(.debug, "/_profiler", "the profiler of Symfony", [["symfony", "profiler"]]),
    .init(.debug, "/rails/info/routes", "the routes of Rails", [["rails", "helper", "http verb"]]),
    .init(.debug, "/elmah.axd", "the error log of ASP.NET", [["error log for"]]),
    .init(.debug, "/actuator/env", "the environment of Spring Boot", [["propertysources"]]),
    .init(.debug, "/phpinfo.php", "phpinfo", [["phpinfo()"], ["php version", "build date"]]),
    .init(.debug, "/debug/pprof/", "the profiler of Go", [["types of profiles available"]]),
    .init(.debug, "/debug/vars", "the variables of Go", [["\"memstats\"", "\"cmdline\""]]),
    .init(.monitoring, "/server-status", "the status of Apache", [["apache server status"]]),
    .init(.monitoring, "/nginx_status", "the status of nginx", [["active connections:"]]),
    .init(.monitoring, "/metrics", "metrics", [["# help ", "# type "]]),
    .init(
      .monitoring, "/actuator", "the index of Spring Boot's actuators",
      [["\"_links\"", "/actuator/"]]),
    .init(
      .documentation, "/graphql", "the GraphQL schema (introspection)",
      [["\"__schema\"", "\"querytype\""]],
      query: #"{"query":"{__schema{queryType{name}}}"}"#),
    .init(.documentation, "/swagger-ui/index.html", "Swagger UI", [["swagger-ui"]]),
    .init(.documentation, "/swagger/index.html", "Swagger UI", [["swagger-ui"]]),
    .init(
      .documentation, "/docs", "a description of the API",
      [["swagger-ui"], ["redoc", "spec"], ["rapidoc"]]),
    .init(.documentation, "/api-docs", "a description of the API", [["swagger"], ["openapi"]]),
    .init(.documentation, "/ui/", "Swagger UI", [["swagger-ui"]]),
    .init(
      .documentation, "/openapi.json", "the OpenAPI description",
      [["\"openapi\"", "\"paths\""], ["\"swagger\"", "\"paths\""]]),
    .init(
      .documentation, "/v3/api-docs", "the OpenAPI description", [["\"openapi\"", "\"paths\""]]),
    .init(.admin, "/adminer.php", "Adminer", [["adminer", "<form"]]),
    .init(.admin, "/phpmyadmin/", "phpMyAdmin", [["phpmyadmin"]]),
    .init(.admin, "/flower/", "Flower, the monitor of Celery", [["flower", "celery"]]),
    .init(
      .monitoring, "/health", "a health page with details",
      [["\"components\""], ["\"details\""], ["\"diskspace\""], ["\"hostname\""], ["\"database\""]]),
  ]
}
