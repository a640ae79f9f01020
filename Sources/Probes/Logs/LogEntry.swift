/// What one entry of a log tells, read from the names of its fields; no value is kept.
struct LogEntry: Hashable, Sendable {
  /// What an entry has to tell (ASVS 16.2.1, NIST AU-3).
  enum Part: String, CaseIterable, Sendable {
    case when, who, what, outcome

    /// What is missing without it, in words.
    var words: String {
      switch self {
      case .when: "when it happened"
      case .who: "which user or session"
      case .what: "what was done"
      case .outcome: "how it ended"
      }
    }

    /// Usual names, in lower case without `_` and `-`.
    fileprivate var names: Set<String> {
      switch self {
      case .when: ["time", "ts", "timestamp", "@timestamp", "at", "date", "datetime", "t"]
      case .who:
        [
          "user", "userid", "uid", "username", "usr", "sub", "subject", "actor", "account",
          "accountid", "session", "sessionid", "sid", "principal", "customer", "customerid",
        ]
      case .what:
        [
          "action", "event", "eventname", "eventtype", "msg", "message", "method", "operation",
          "op", "request", "verb", "activity", "command",
        ]
      case .outcome:
        [
          "outcome", "result", "status", "statuscode", "code", "success", "error", "err",
          "exitcode", "decision",
        ]
      }
    }
  }

  /// Bytes of a line that are read.
  static let limit = 16_384

  /// What it tells.
  private(set) var parts: Set<Part> = []
  /// Whether it is JSON or `name=value`, so that what it does not name it does not tell.
  private(set) var hasFields = false

  /// The entry in that line; names of one's own say what they stand for.
  init(_ line: some Collection<UInt8>, own: [String: Part] = [:]) {
    let bytes = Array(line.prefix(Self.limit))
    let isJSON = bytes.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "{")
    let names = isJSON ? Self.members(bytes) : Self.pairs(bytes)
    hasFields = names.count >= (isJSON ? 1 : 2)
    for name in names {
      if let part = own[name] { parts.insert(part) }
      parts.formUnion(Self.parts(of: name))
    }
    if Self.hasClock(bytes.prefix(64)) { parts.insert(.when) }
  }

  /// `user.id` counts for its first and its last word.
  private static func parts(of name: String) -> [Part] {
    let words = name.lowercased().filter { $0 != "_" && $0 != "-" }.split(separator: ".")
    let known = Set([words.first, words.last].compactMap { $0.map(String.init) })
    return Part.allCases.filter { !$0.names.isDisjoint(with: known) }
  }

  /// Names of the members of a JSON text, at any depth, that have a value.
  private static func members(_ bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\"") else {
        index += 1
        continue
      }
      let start = index + 1
      index = end(ofTextAt: start, in: bytes)
      let name = bytes[start..<min(index, bytes.count)]
      index = skipSpaces(index + 1, in: bytes)
      guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { continue }
      index = skipSpaces(index + 1, in: bytes)
      let value = bytes[min(index, bytes.count)...]
      let isEmpty = ["\"\"", "\"-\"", "null", "{}", "[]"].contains { value.starts(with: $0.utf8) }
      if !value.isEmpty, !isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
    }
    return names
  }

  /// Where the quote stands that ends a text.
  private static func end(ofTextAt start: Int, in bytes: [UInt8]) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }

  private static func skipSpaces(_ start: Int, in bytes: [UInt8]) -> Int {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index
  }

  /// Names before `=` that have a value.
  private static func pairs(_ bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index = end(ofTextAt: index + 1, in: bytes) + 1
        start = index
      } else if byte == UInt8(ascii: "="), index > start, index + 1 < bytes.count {
        let value = bytes[(index + 1)...]
        let isEmpty =
          value.first == 0x20 || value.starts(with: "\"\"".utf8)
          || (value.first == UInt8(ascii: "-") && [nil, 0x20].contains(value.dropFirst().first))
        if !isEmpty { names.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
        index += 1
        start = index
      } else {
        index += 1
        if !isNameByte(byte) { start = index }
      }
    }
    return names
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "_-.@".utf8.contains(byte)
  }

  /// Whether `10:35:01` stands there, as every common time of a line has it.
  private static func hasClock(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = Array(bytes)
    return text.count >= 8
      && (0...(text.count - 8)).contains { start in
        (0..<8).allSatisfy { offset in
          let byte = text[start + offset]
          return offset % 3 == 2 ? byte == UInt8(ascii: ":") : (0x30...0x39).contains(byte)
        }
      }
  }
}
