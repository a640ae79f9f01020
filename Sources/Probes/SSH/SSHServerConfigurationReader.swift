import Glibc

/// Reads the configuration files of an ssh server as the server does.
///
/// The first value of a keyword wins; `Include` is expanded where it stands; after `Match` nothing
/// is global any more until the end of that file.
struct SSHServerConfigurationReader {
  private static let fileLimit = 256
  private static let depthLimit = 16
  private static let sizeLimit = 1 << 20

  private let folder: String
  private(set) var configuration = SSHServerConfiguration(values: [:])

  /// A reader that expands relative names below a folder, as the server does below `/etc/ssh`.
  init(folder: String = "/etc/ssh") { self.folder = folder }

  /// Reads a file and all that it includes.
  mutating func read(_ path: String) { read(path, condition: nil, depth: 0) }

  private mutating func read(_ path: String, condition: String?, depth: Int) {
    guard depth <= Self.depthLimit, configuration.files < Self.fileLimit else {
      configuration.gaps.append("\(path): included too deeply or too often")
      return
    }
    let bytes: [UInt8]
    switch FileBytes.read(path, limit: Self.sizeLimit) {
    case .content(let content): bytes = content
    case .absent:
      // The server itself takes an included file that is absent for an empty one.
      if depth == 0 { configuration.gaps.append("\(path) does not exist") }
      return
    case .notRegular, .tooLarge, .unreadable:
      configuration.gaps.append("\(path) cannot be read")
      return
    }
    configuration.files += 1
    let outer = condition
    var condition = condition
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() {
      let place = "\(path):\(number + 1)"
      guard let words = Self.words(line) else {
        configuration.gaps.append("\(place): a quote has no end")
        continue
      }
      guard let first = words.first else { continue }
      let keyword = SSHServerConfiguration.canonical(first)
      switch keyword {
      case "match":
        let criteria = words.dropFirst().joined(separator: " ")
        // What is true for everybody is no condition.
        condition = criteria.lowercased() == "all" ? outer : criteria
      case "include":
        for pattern in words.dropFirst() {
          for file in expand(pattern) {
            read(file, condition: condition, depth: depth + 1)
          }
        }
      default: set(keyword, words.dropFirst().joined(separator: " "), condition, place)
      }
    }
  }

  private mutating func set(
    _ keyword: String, _ value: String, _ condition: String?, _ place: String
  ) {
    guard SSHServerConfiguration.defaults[keyword] != nil else { return }
    let value = SSHServerConfiguration.canonical(value: value)
    guard Self.isValid(keyword, value) else {
      configuration.gaps.append("\(place): \(keyword) has no valid value")
      return
    }
    if let condition {
      configuration.conditionals.append(
        .init(condition: condition, keyword: keyword, value: value, place: place))
    } else if configuration.values[keyword] == nil {
      configuration.values[keyword] = value
    }
  }

  private static func isValid(_ keyword: String, _ value: String) -> Bool {
    switch keyword {
    case "permitrootlogin":
      ["yes", "no", "prohibit-password", "forced-commands-only"].contains(value)
    case "authenticationmethods": !value.isEmpty
    default: ["yes", "no"].contains(value)
    }
  }

  /// Keyword and arguments; nil where a quote has no end.
  static func words(_ line: Substring) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character == "#", word == nil {
        break
      } else if character.isWhitespace || (character == "=" && words.isEmpty) {
        if let done = word { words.append(done) }
        word = nil
      } else if character == "=", words.count == 1, word == nil {
        continue
      } else {
        word = word ?? ""
        word?.append(character)
      }
    }
    if let done = word { words.append(done) }
    return quote == nil ? words : nil
  }

  private mutating func expand(_ pattern: String) -> [String] {
    let path = pattern.hasPrefix("/") ? pattern : "\(folder)/\(pattern)"
    guard path.contains(where: { "*?[".contains($0) }) else { return [path] }
    var result = glob_t()
    defer { globfree(&result) }
    let status = glob(path, GLOB_ERR, nil, &result)
    if status == GLOB_ABORTED, access(String(path.prefix { !"*?[".contains($0) }), F_OK) == 0 {
      configuration.gaps.append("\(path) cannot be listed")
    }
    guard status == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { number in
      result.gl_pathv[number].map { String(cString: $0) }
    }
  }
}
