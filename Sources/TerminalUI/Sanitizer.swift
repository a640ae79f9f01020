/// Turns any text into what may be put into cells.
///
/// Text comes from banners, certificates and other people's files. Control characters would move
/// the cursor or change the terminal, direction marks would reorder a line, and invisible
/// characters would make two names look the same: each becomes one visible replacement.
public enum Sanitizer {
  /// What stands in one cell, or in two when it is wide.
  public struct Glyph: Equatable, Sendable {
    /// One scalar, and at most ``Sanitizer/markLimit`` combining marks.
    public var text: String
    /// 1 or 2.
    public var width: Int
  }

  /// The combining marks that one cell may carry; more than that is not writing.
  public static let markLimit = 3

  /// The glyphs of a text, in order.
  public static func glyphs(_ text: String, replacement: Character = "·") -> [Glyph] {
    var glyphs: [Glyph] = []
    glyphs.reserveCapacity(text.utf8.count)
    var marks = 0
    var carriesMarks = false
    for scalar in text.unicodeScalars {
      switch kind(of: scalar) {
      case .spacing(let width):
        glyphs.append(Glyph(text: String(scalar), width: width))
        (marks, carriesMarks) = (0, true)
      case .mark where carriesMarks:
        if marks < markLimit { glyphs[glyphs.count - 1].text.unicodeScalars.append(scalar) }
        marks += 1
      case .selector:
        break
      case .joiner where glyphs.last?.width == 2:
        break
      case .blank:
        glyphs.append(Glyph(text: " ", width: 1))
        carriesMarks = false
      case .mark, .joiner, .hidden:
        glyphs.append(Glyph(text: String(replacement), width: 1))
        carriesMarks = false
      }
    }
    return glyphs
  }

  /// The text with every hostile character replaced.
  public static func clean(_ text: String, replacement: Character = "·") -> String {
    glyphs(text, replacement: replacement).map(\.text).joined()
  }

  /// The same JSON document with every hostile character as an escape (RFC 8259 section 7).
  ///
  /// Outside of its texts a document is ASCII, so that only texts are changed, and not their meaning.
  public static func escaped(json: String) -> String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(json.utf8.count)
    for scalar in json.unicodeScalars {
      switch kind(of: scalar) {
      case .spacing where scalar.isASCII, .blank where scalar.isASCII:
        escaped.append(UInt8(truncatingIfNeeded: scalar.value))
      case .spacing, .selector, .mark: escaped += String(scalar).utf8
      case .blank, .joiner, .hidden: escaped += escape(scalar).utf8
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  private enum Kind {
    case spacing(Int)
    case mark
    case selector
    case joiner
    case blank
    case hidden
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x20...0x7E: return .spacing(1)
    case 0x09...0x0D, 0x85, 0x2028, 0x2029, 0xA0: return .blank
    case 0x00...0x1F, 0x7F...0x9F, 0xAD: return .hidden
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return .selector
    case 0x200D: return .joiner
    case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800: return .hidden
    case 0xE000...0xF8FF, 0xF0000...0x10FFFF: return .hidden
    default: break
    }
    let width = DisplayWidth.of(scalar)
    if width > 0 { return .spacing(width) }
    return scalar.properties.generalCategory == .format ? .hidden : .mark
  }
}
