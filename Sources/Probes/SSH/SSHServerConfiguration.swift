/// The settings of an ssh server that the probe judges, and from where they were read.
struct SSHServerConfiguration: Equatable, Sendable {
  /// A setting that holds only under some condition.
  struct Conditional: Equatable, Sendable {
    var condition: String
    var keyword: String
    var value: String
    /// `file:line`.
    var place: String
  }

  /// Effective values by keyword in lower case; what no file sets has OpenSSH's default.
  var values: [String: String]
  var conditionals: [Conditional] = []
  /// What could not be read or understood.
  var gaps: [String] = []
  /// How many files were read.
  var files = 0

  /// What OpenSSH does where no file says anything.
  static let defaults = [
    "permitrootlogin": "prohibit-password",
    "passwordauthentication": "yes",
    "kbdinteractiveauthentication": "yes",
    "pubkeyauthentication": "yes",
    "authenticationmethods": "any",
  ]

  /// The effective value of a keyword that has a default.
  func value(_ keyword: String) -> String {
    values[keyword] ?? Self.defaults[keyword] ?? ""
  }

  /// The keyword in lower case, under its present name.
  static func canonical(_ keyword: some StringProtocol) -> String {
    switch keyword.lowercased() {
    case "challengeresponseauthentication", "skeyauthentication": "kbdinteractiveauthentication"
    case let name: name
    }
  }

  /// The value in lower case, under its present name.
  static func canonical(value: String) -> String {
    let value = value.lowercased()
    return value == "without-password" ? "prohibit-password" : value
  }

  /// Reads the answer of `sshd -T`: one keyword and its value a line.
  static func dump(_ text: String) -> [String: String] {
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      let keyword = canonical(words[0])
      guard defaults[keyword] != nil else { continue }
      // Older servers print a keyword again under its former name.
      values[keyword] = values[keyword] ?? canonical(value: String(words[1]))
    }
    return values
  }
}
