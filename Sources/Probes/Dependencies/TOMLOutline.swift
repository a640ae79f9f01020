/// The tables and keys of a TOML file, with values as they are written.
///
/// Enough to tell which dependencies a manifest names; values are not interpreted.
struct TOMLOutline: Equatable, Sendable {
  /// A key with the table in which it stands.
  struct Entry: Equatable, Sendable {
    var table: [String]
    var key: [String]
    var value: String

    /// Table and key together.
    var path: [String] { table + key }
  }

  var entries: [Entry] = []
  /// All headers, those of empty tables included.
  var tables: [[String]] = []

  /// Reads a file; nil where a line is neither table, key, comment nor empty.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var table: [String] = []
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.makeIterator()
    while let line = lines.next() {
      let line = TOMLValue.withoutComment(line.trimmed).trimmed
      if line.isEmpty { continue }
      if line.hasPrefix("[") {
        guard let name = Self.header(line) else { return nil }
        table = name
        tables.append(name)
        continue
      }
      guard let (key, rest) = Self.keyed(line) else { return nil }
      var value = TOMLValue(rest)
      while !value.isComplete {
        guard let more = lines.next(), value.add(more) else { return nil }
      }
      guard !value.isBroken else { return nil }
      entries.append(Entry(table: table, key: key, value: value.text))
    }
  }

  private static func header(_ line: Substring) -> [String]? {
    let isArray = line.hasPrefix("[[")
    guard line.hasSuffix(isArray ? "]]" : "]") else { return nil }
    let depth = isArray ? 2 : 1
    return names(line.dropFirst(depth).dropLast(depth))
  }

  private static func keyed(_ line: Substring) -> (key: [String], value: Substring)? {
    var quote: Character?
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "=" {
        let value = line[line.index(after: index)...].trimmed
        guard !value.isEmpty, let key = names(line[..<index]) else { return nil }
        return (key, value)
      }
    }
    return nil
  }

  private static func names(_ text: Substring) -> [String]? {
    var names: [String] = []
    var name = ""
    var quote: Character?
    for character in text.trimmed {
      if let open = quote {
        if character == open { quote = nil } else { name.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "." {
        names.append(String(name[...].trimmed))
        name = ""
      } else {
        guard character.isLetter || character.isNumber || "-_ \t".contains(character) else {
          return nil
        }
        name.append(character)
      }
    }
    names.append(String(name[...].trimmed))
    return quote != nil || names.contains("") ? nil : names
  }
}
