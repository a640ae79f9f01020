/// Ways out are given as commands; on the screen the same is a key.
public enum KeyPhrase {
  private static let keys = [
    "sign": "s", "countersign": "c", "probe": "r", "revoke": "h, then u", "seal": "v, then S",
  ]

  /// The text with each command that has a key replaced by that key.
  ///
  /// What follows the command up to the end of the clause is its arguments.
  public static func onScreen(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let place = rest.ranges(of: "launchgate ").first {
      let command = rest[place.upperBound...]
      let clause = command.prefix { !";,)".contains($0) }
      let verb = clause.prefix { $0.isLetter }
      guard let key = keys[String(verb)], clause.count < 80 else {
        result += rest[..<place.upperBound]
        rest = command
        continue
      }
      result += rest[..<place.lowerBound] + (clause.contains("--accept ") ? "a" : key)
      rest = command.dropFirst(clause.count)
    }
    return result + rest
  }
}
