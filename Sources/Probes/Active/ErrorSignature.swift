/// Words that stand only in stack traces, database messages and debug pages.
struct ErrorSignature: Hashable, Sendable {
  enum Kind: String, Hashable, Sendable {
    case traces
    case database
    case debug
    /// General text in 5xx answers; it has no words of its own.
    case serverErrors = "server-errors"
  }

  var kind: Kind
  /// What it shows, for people.
  var name: String
  /// All of them stand in the answer.
  var words: [String]

  init(_ kind: Kind, _ name: String, _ words: String...) {
    self.kind = kind
    self.name = name
    self.words = words
  }

  /// The signatures in that body, the general ones last.
  static func found(in body: [UInt8]) -> [ErrorSignature] {
    guard !body.isEmpty else { return [] }
    let text = String(decoding: body, as: UTF8.self)
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&#39;", with: "'")
      .replacing("&quot;", with: "\"").replacing("&nbsp;", with: " ")
    let known = all.filter { $0.words.allSatisfy(text.contains) }
    return known + SourceLines.signatures(in: text)
  }

  /// Signatures by their own words.
  static let all: [ErrorSignature] = [
    .init(.traces, "a Python traceback", "Traceback (most recent call last)"),
    .init(.traces, "a Java stack trace", "java.lang.", "Exception"),
    .init(.traces, "a Java stack trace", "Exception in thread \""),
    .init(.traces, "a Go panic", "goroutine ", " [running]:"),
    .init(.traces, "a Rust panic", "panicked at ", "RUST_BACKTRACE"),
    .init(.traces, "a .NET stack trace", "   at System."),
    .init(.traces, "a .NET stack trace", "   at Microsoft.AspNetCore."),
    .init(.traces, "a Node.js stack trace", "at JSON.parse (<anonymous>)"),
    .init(.traces, "a Node.js stack trace", "(node:internal/"),
    .init(.traces, "a PHP error", "<b>Fatal error</b>:"),
    .init(.traces, "a PHP error", "PHP Fatal error:"),
    .init(.traces, "a PHP error", "</b> on line <b>"),
    .init(.traces, "a PHP stack trace", "#0 ", "{main}"),
    .init(.traces, "an Elixir stack trace", "(elixir ", "lib/"),
    .init(.traces, "a Perl error", " at ", ".pl line "),
    .init(.database, "an Oracle message", "ORA-0"),
    .init(.database, "a message of a database driver (SQLSTATE)", "SQLSTATE["),
    .init(.database, "a MySQL message", "You have an error in your SQL syntax"),
    .init(.database, "a MySQL message", "MySQLSyntaxErrorException"),
    .init(.database, "a MySQL message", "mysqli_"),
    .init(.database, "a PostgreSQL message", "psycopg2."),
    .init(.database, "a PostgreSQL message", "PG::"),
    .init(.database, "a PostgreSQL message", "PSQLException"),
    .init(.database, "a PostgreSQL message", "pg_query()"),
    .init(.database, "a PostgreSQL message", "unterminated quoted string at or near"),
    .init(.database, "a PostgreSQL message", "syntax error at or near"),
    .init(.database, "a SQLite message", "sqlite3.OperationalError"),
    .init(.database, "a SQLite message", "SQLITE_ERROR"),
    .init(.database, "a SQLite message", "SQLite3::"),
    .init(.database, "a SQLite message", "unrecognized token: "),
    .init(.database, "an SQL Server message", "Unclosed quotation mark after the character string"),
    .init(.database, "an SQL Server message", "System.Data.SqlClient"),
    .init(.database, "a database message", "Microsoft OLE DB Provider"),
    .init(.database, "a MongoDB message", "MongoServerError"),
    .init(.database, "a MongoDB message", "pymongo.errors"),
    .init(.database, "a message of an object mapper", "sqlalchemy.exc"),
    .init(.database, "a message of an object mapper", "SequelizeDatabaseError"),
    .init(.database, "a message of an object mapper", "PrismaClient"),
    .init(.database, "a message of an object mapper", "org.hibernate."),
    .init(.database, "a message of an object mapper", "ActiveRecord::"),
    .init(.debug, "the debugger of Werkzeug", "Werkzeug Debugger"),
    .init(.debug, "the debugger of Werkzeug", "__debugger__", "EVALEX"),
    .init(.debug, "the debug page of Django", "DEBUG = True"),
    .init(.debug, "the debug page of Django", "You're seeing this error because you have"),
    .init(.debug, "the debug page of Laravel", "Whoops, looks like something went wrong"),
    .init(.debug, "the debug page of Laravel", "Illuminate\\"),
    .init(.debug, "the debug page of Symfony", "Symfony Exception"),
    .init(.debug, "the debug page of Rails", "Action Controller: Exception caught"),
    .init(.debug, "the debug page of Rails", "Rails.root: "),
    .init(.debug, "the debug page of ASP.NET", "Server Error in '/"),
    .init(.debug, "the debug page of ASP.NET", "Stack Trace:", "Source Error:"),
    .init(.debug, "the debug page of Spring", "Whitelabel Error Page", "\tat "),
    .init(.debug, "the debug page of Phoenix", "Phoenix.Router.NoRouteError"),
  ]
}

/// Places in source files, as only stack traces name them: `app.js:10:5`, `Shop.java:31)`.
enum SourceLines {
  private static let endings: [(ending: String, language: String)] = [
    (".java:", "Java"), (".kt:", "Kotlin"), (".scala:", "Scala"), (".js:", "Node.js"),
    (".mjs:", "Node.js"), (".cjs:", "Node.js"), (".ts:", "Node.js"), (".rb:", "Ruby"),
    (".py\", line ", "Python"), (".go:", "Go"), (".cs:line ", ".NET"), (".php:", "PHP"),
    (".php(", "PHP"), (".rs:", "Rust"), (".ex:", "Elixir"), (".swift:", "Swift"),
  ]

  /// A trace of each language of which at least two places stand in the text.
  static func signatures(in text: String) -> [ErrorSignature] {
    var found: [String] = []
    for (ending, language) in endings where !found.contains(language) {
      let places = text.ranges(of: ending).prefix(64).filter { range in
        text[range.upperBound...].first?.isNumber ?? false
      }
      if places.count >= 2 { found.append(language) }
    }
    return found.map { ErrorSignature(.traces, "a \($0) stack trace (files with lines)") }
  }
}
