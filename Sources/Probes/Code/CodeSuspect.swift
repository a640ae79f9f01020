/// A construction in source code that a person has to judge.
struct CodeSuspect: Sendable {
  /// What a construction may break.
  enum Kind: String, Sendable, CaseIterable {
    case sql
    case html
    case evaluation
    case tlsVerification = "tls-verification"
    case tokenVerification = "token-verification"
    case passwordHashing = "password-hashing"
    case fileNames = "file-names"
    case shell
  }

  var kind: Kind
  var title: String
  /// In lower case; a line without any of them is not looked at.
  var literals: [String]
  /// Decides about a line, in lower case and without white space at its ends.
  var matches: @Sendable (Substring) -> Bool

  static let all: [CodeSuspect] = sql + html + others

  private static let sql: [CodeSuspect] = [
    .init(
      kind: .sql, title: "SQL that is put together",
      literals: ["select ", "insert into ", "update ", "delete from ", "where "]
    ) { line in
      guard
        line.contains(
          #/["'`](?:\s*)(?:select\s.{0,200}\sfrom|insert\s+into|update\s.{1,80}\sset|delete\s+from|.{0,80}\swhere\s)/#
        )
      else { return false }
      return line.contains(#/["']\s*(?:\+|\.|\|\||%|&)\s*[a-z_$(@]/#)  // "…" + name
        || line.contains(#/\$\{|#\{|\\\(|["']\s*\.\s*format\s*\(/#)  // `…${name}`
        || line.contains(#/\bf["'].{0,300}\{/#.wordBoundaryKind(.simple))  // f"…{name}"
        || line.contains(#/%[sd].{0,200}["']\s*%/#)
        || line.contains(#/sprintf|string\.format|fmt\.errorf/#)
        || line.contains(#/["'].{0,300}\$[a-z_]/#)  // PHP: "… $name"
    },
    .init(
      kind: .sql, title: "raw query of an ORM",
      literals: [
        ".raw(", "rawquery", "queryrawunsafe", "executerawunsafe", "createnativequery",
        "find_by_sql", "fromsqlraw", "literal(", ".extra(",
      ]
    ) { line in
      line.contains(
        #/(?:\.raw\(|rawquery|queryrawunsafe|executerawunsafe|createnativequery|find_by_sql|fromsqlraw|sequelize\.literal\(|\.extra\()/#
      )
    },
  ]

  private static let html: [CodeSuspect] = [
    .init(
      kind: .html, title: "raw HTML",
      literals: [
        "dangerouslysetinnerhtml", "innerhtml", "outerhtml", "insertadjacenthtml",
        "document.write", "v-html", "mark_safe", "|safe", "| safe", "html_safe", "{!!",
        "bypasssecuritytrust", "@html", "html.raw", "raw(", "template.html(", "{{{", "autoescape",
      ]
    ) { line in
      line.contains(
        #/dangerouslysetinnerhtml|(?:inner|outer)html\s*\+?=[^=]|\.insertadjacenthtml|document\.write(?:ln)?\(|\bv-html\b|\bmark_safe\(|\|\s*safe\b|\.html_safe\b|\{!!|bypasssecuritytrust|\{@html|@html\.raw|<%==|\btemplate\.html\(|\{\{\{|autoescape\s*(?:=\s*false|off)|\{%\s*autoescape\s+(?:off|false)/#
          .wordBoundaryKind(.simple))
    }
  ]

  private static let others: [CodeSuspect] = [
    .init(
      kind: .evaluation, title: "code from data",
      literals: ["eval(", "exec(", "new function(", "pickle.load", "unserialize(", "yaml.load("]
    ) { line in
      line.contains(
        #/(?:^|[^.\w])(?:eval|exec)\s*\(|new\s+function\s*\(|pickle\.loads?\(|\bunserialize\(/#
          .wordBoundaryKind(.simple))
        || (line.contains("yaml.load(") && !line.contains("safeloader"))
    },
    .init(
      kind: .tlsVerification, title: "TLS without verification",
      literals: [
        "verify=false", "verify = false", "rejectunauthorized", "insecureskipverify",
        "ssl_verifypeer", "cert_none", "_create_unverified_context", "verify_none",
        "node_tls_reject_unauthorized", "trustallcerts", "allow_invalid_certificates",
      ]
    ) { line in
      line.contains(
        #/verify\s*=\s*false|rejectunauthorized["']?\s*[:=]\s*(?:false|0)|insecureskipverify\s*:\s*true|ssl_verifypeer["']?\s*(?:,|=>|=)\s*(?:false|0)|cert_none|_create_unverified_context|verify_none|node_tls_reject_unauthorized["']?\s*\]?\s*[:=]\s*["']?0|trustallcerts/#
      )
    },
    .init(
      kind: .tokenVerification, title: "token without verification",
      literals: ["jwt", "jose", "decode("]
    ) { line in
      line.contains(
        #/jwt[._]?decode\(|jwt\.parseunverified|verify_signature["']?\s*:\s*false|verify\s*=\s*false|["']none["']|ignoreexpiration\s*:\s*true|algorithms?\s*[:=]\s*\[?\s*["']none/#
      )
    },
    .init(
      kind: .passwordHashing, title: "fast hash near a password, or the cost of a slow one",
      literals: ["pass", "pwd", "gensalt", "bcrypt", "argon2", "salt_rounds", "saltrounds"]
    ) { line in
      line.contains(
        #/(?:pass|pwd).{0,80}(?:md5|sha-?1|sha-?256|sha-?512|createhash)\b/#.wordBoundaryKind(
          .simple))
        || line.contains(
          #/(?:md5|sha-?1|sha-?256|sha-?512|createhash)\b.{0,80}(?:pass|pwd)/#.wordBoundaryKind(
            .simple))
        || line.contains(
          #/gensalt\s*\(\s*[0-9]|salt_?rounds\s*[:=]\s*[0-9]|bcrypt[.\w]*\(.{0,80},\s*[0-9]+\s*\)/#)
    },
    .init(
      kind: .fileNames, title: "file name from a client",
      literals: ["originalname", "filename", "getclientoriginalname", "sendfile(", "send_file"]
    ) { line in
      line.contains(
        #/file\.originalname|\.originalfilename|getclientoriginalname|(?:request|req|file|upload)\.(?:files?\[?.{0,30}\]?\.)?filename|\bsend_?file\s*\(.{0,60}(?:req|request|params|query)/#
          .wordBoundaryKind(.simple))
    },
    .init(
      kind: .shell, title: "shell command from data",
      literals: ["shell=true", "os.system(", "child_process", "exec(`", "popen(", "shell_exec("]
    ) { line in
      line.contains(#/shell\s*=\s*true|os\.system\(|exec(?:sync)?\(\s*`|os\.popen\(|shell_exec\(/#)
    },
  ]
}
