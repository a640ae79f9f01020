internal import Evidence

/// Finds a record by its id or the beginning of one.
enum RecordLookup {
  /// The entry that is meant.
  ///
  /// - Throws: a usage problem where none or several begin so.
  static func find(_ text: String, in evidence: Evidence) throws -> Entry {
    let wanted = text.hasPrefix("sha256:") ? text : "sha256:\(text)"
    guard wanted.utf8.count >= 13 else {
      throw Problem(
        "\(text) is too short for a record's id", hint: "give at least 6 digits",
        code: Status.usage)
    }
    let matches = evidence.entries.filter { $0.id.description.hasPrefix(wanted) }
    guard let match = matches.first, matches.count == 1 else {
      throw Problem(
        "\(matches.count) records have an id that begins with \(text)",
        hint: "launchgate status --json lists them", code: Status.usage)
    }
    return match
  }
}
