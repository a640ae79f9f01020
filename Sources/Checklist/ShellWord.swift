/// A word of a command as a person would type it in a shell.
public enum ShellWord {
  /// The word, quoted where a shell would read it otherwise; control characters are spelled out,
  /// so that nobody is shown another command than the one that is meant.
  public static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.utf8.allSatisfy(isPlain)
    if isPlain { return word }
    guard word.unicodeScalars.contains(where: isHidden) else {
      return "'\(word.replacing("'", with: "'\\''"))'"
    }
    return "$'\(word.unicodeScalars.map(spelled).joined())'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte) || "-./_:=@%+,".utf8.contains(byte)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }

  private static func spelled(_ scalar: Unicode.Scalar) -> String {
    if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
    guard isHidden(scalar) else { return String(scalar) }
    let digits = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
