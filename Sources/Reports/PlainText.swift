/// Text from the evidence, made harmless for every format and bounded.
///
/// Notes, names and messages come from people and servers. Control characters, direction marks and
/// invisible characters become visible as `⟨U+202E⟩`, so that two names that look alike are alike;
/// the record itself keeps the bytes.
enum PlainText {
  /// The combining marks that one character may carry; more than that is not writing.
  static let markLimit = 3

  /// A text on one line, at most `limit` characters of it.
  static func line(_ text: String, limit: Int = 600) -> String {
    bounded(text, limit, keepsLines: false)
  }

  /// A text that may have several lines, at most `limit` characters of it.
  static func block(_ text: String, limit: Int = 4_000) -> String {
    bounded(text, limit, keepsLines: true)
  }

  private static func bounded(_ text: String, _ limit: Int, keepsLines: Bool) -> String {
    var output = String.UnicodeScalarView()
    var (count, marks, left, cut) = (0, 0, 0, false)
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      if scalar == "\n" && previous == "\r" { continue }
      guard count < limit else {
        left += 1
        continue
      }
      let kind = Kind(scalar)
      marks = kind == .mark ? marks + 1 : 0
      if marks > markLimit {
        cut = true
        continue
      }
      count += 1
      switch kind {
      case .plain: output.append(scalar)
      case .lineEnd: output.append(keepsLines ? "\n" : " ")
      case .blank: output.append(" ")
      case .mark:
        if previous == nil || output.last == "\n" { output.append("\u{25CC}") }
        output.append(scalar)
      case .hidden: output.append(contentsOf: name(scalar).unicodeScalars)
      }
    }
    if cut { output.append(contentsOf: " ⟨marks left out⟩".unicodeScalars) }
    if left > 0 { output.append(contentsOf: "… ⟨\(left) more in the record⟩".unicodeScalars) }
    return String(output)
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟩"
  }

  private enum Kind {
    case plain
    case lineEnd
    case blank
    case mark
    case hidden

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x20...0x7E: self = .plain
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: self = .lineEnd
      case 0x09: self = .blank
      // Letters of Hangul and Braille that look like nothing.
      case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0: self = .hidden
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: self = .hidden
        case .nonspacingMark, .enclosingMark: self = .mark
        case .spaceSeparator: self = .blank
        default: self = .plain
        }
      }
    }
  }
}
