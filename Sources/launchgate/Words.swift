internal import Checklist
internal import Evidence
internal import Foundation

/// Texts and dates as they are given on a command line.
enum Words {
  /// The text itself, or the content of the file after an `@`.
  static func read(_ text: String) throws -> String {
    let words = text.hasPrefix("@") ? try Workspace.text(of: String(text.dropFirst())) : text
    guard words.contains(where: { !$0.isWhitespace }) else {
      throw Problem("the text is empty", hint: "say what was done, and how", code: Status.usage)
    }
    return words
  }

  /// Paths as they are given, each after an `@` the lines of that file.
  static func paths(_ words: [String]) throws -> [String] {
    try words.flatMap { word in
      guard word.hasPrefix("@") else { return [word] }
      return try Workspace.text(of: String(word.dropFirst())).split(whereSeparator: \.isNewline)
        .map(String.init)
    }
  }

  /// A date, or nil where none is given.
  static func date(_ text: String?, _ flag: String) throws -> CalendarDate? {
    guard let text else { return nil }
    guard let date = CalendarDate(text) else {
      throw Problem(
        "\(flag) has to be a date such as \(Clock.now.date)", code: Status.usage)
    }
    return date
  }
}

extension Words {
  /// The id of a record that was kept elsewhere.
  static func head(_ text: String) throws -> RecordID {
    guard let digest = Digest(text) else {
      throw Problem(
        "--expect-head has to be sha256: and 64 hexadecimal digits", code: Status.usage)
    }
    return digest
  }
}
