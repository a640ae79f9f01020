/// Exact requirements of pip that hold on every platform.
enum RequirementPins {
  /// Names of `requirements.txt` in the form of PEP 503.
  static func names(_ text: String) -> Set<String> {
    Set(
      text.split(whereSeparator: \.isNewline).compactMap { line -> String? in
        let line = line.prefix { $0 != "#" }
        guard !line.contains(";"),
          let match = line.firstMatch(of: #/^\s*([A-Za-z0-9][A-Za-z0-9._\-]*)(\[[^\]]*\])?\s*==/#)
        else { return nil }
        return normal(String(match.1))
      })
  }

  /// PEP 503: lower case, and one hyphen for each run of separators.
  static func normal(_ name: String) -> String {
    name.lowercased().replacing(#/[-_.]+/#, with: "-")
  }
}
