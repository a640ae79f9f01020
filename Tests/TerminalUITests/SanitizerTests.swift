import Testing

@testable import TerminalUI

@Suite struct SanitizerTests {
  @Test(arguments: [
    ("plain text", "plain text"),
    ("\u{1B}[31mred", "·[31mred"),
    ("a\rZ", "a Z"),
    ("a\tb\nc", "a b c"),
    ("bell\u{07}back\u{08}", "bell·back·"),
    ("nul\u{0}", "nul·"),
    ("\u{7F}", "·"),
    ("\u{9B}31m", "·31m"),
    ("\u{85}", " "),
    ("safe\u{202E}gpj.exe", "safe·gpj.exe"),
    ("\u{2066}x\u{2069}", "·x·"),
    ("zero\u{200B}width", "zero·width"),
    ("join\u{200D}er", "join·er"),
    ("\u{FEFF}bom", "·bom"),
    ("soft\u{AD}hyphen", "soft·hyphen"),
    ("private\u{E000}", "private·"),
    ("tag\u{E0041}", "tag·"),
    ("\u{301}leading", "·leading"),
    ("e\u{301}", "e\u{301}"),
    ("héllo 作者 ✓", "héllo 作者 ✓"),
    ("👨\u{200D}👩\u{200D}👧", "👨👩👧"),
    ("⚠\u{FE0F}", "⚠"),
  ])
  func everythingHostileIsReplaced(text: String, expected: String) {
    #expect(Sanitizer.clean(text) == expected)
  }

  @Test(arguments: [
    ("\"plain é 漢 e\u{301}\"", "\"plain é 漢 e\u{301}\""),
    ("\"\u{9B}31m\u{9D}52;c;x\u{9C}\"", #""\u009b31m\u009d52;c;x\u009c""#),
    ("\"\u{202E}a\u{2066}\u{200B}\u{FEFF}\"", #""\u202ea\u2066\u200b\ufeff""#),
    ("\"\u{2028}\u{85}\u{7F}\"", #""\u2028\u0085\u007f""#), ("\"\u{E0041}\"", #""\udb40\udc41""#),
    ("{\"a\":[1,\n2]}", "{\"a\":[1,\n2]}"),
  ])
  func aDocumentForMachinesHasEscapes(_ json: String, _ escaped: String) throws {
    #expect(Sanitizer.escaped(json: json) == escaped)
  }

  @Test func aThousandMarksBecomeAFew() {
    let text = "a" + String(repeating: "\u{301}", count: 10_000) + "b"
    let glyphs = Sanitizer.glyphs(text)
    #expect(glyphs.count == 2)
    #expect(glyphs.first?.text.unicodeScalars.count == 1 + Sanitizer.markLimit)
  }

  @Test func noControlCharacterIsLeft() {
    for value in UInt32(0)...0x2FFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for shown in Sanitizer.clean(String(scalar)).unicodeScalars {
        let category = shown.properties.generalCategory
        #expect(category != .control && category != .lineSeparator, "U+\(value)")
        // Signs of Arabic numbers are visible, though of the category of format characters.
        #expect(category != .format || (0x600...0x8E2).contains(value), "U+\(value)")
      }
    }
  }

  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("作", 2), ("ｆ", 2), ("한", 2), ("\u{1100}\u{1161}", 2),
    ("✓", 1), ("✗", 1), ("○", 1), ("…", 1), ("█", 1), ("⠹", 1), ("─", 1), ("▸", 1), ("–", 1),
    ("⚠", 1), ("⏳", 2), ("🔒", 2), ("🟢", 2), ("👍🏽", 4), ("\u{1B}", 1), ("", 0),
  ])
  func widths(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func rangesAreInOrder() {
    for ranges in [DisplayWidth.zeroRanges, DisplayWidth.wideRanges] {
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
  }

  @Test func signsAreOneCellWide() {
    for glyphs in [Glyphs.unicode, .ascii] {
      let signs = [
        glyphs.ok, glyphs.fail, glyphs.open, glyphs.review, glyphs.unknown, glyphs.risk,
        glyphs.notApplicable, glyphs.stale, glyphs.waiting, glyphs.pointer, glyphs.collapsed,
        glyphs.expanded, glyphs.ellipsis, glyphs.horizontal, glyphs.vertical, glyphs.topLeft,
        glyphs.topRight, glyphs.bottomLeft, glyphs.bottomRight, glyphs.barFull, glyphs.barEmpty,
      ]
      for sign in signs + glyphs.spinner { #expect(DisplayWidth.of(sign) == 1, "\(sign)") }
    }
    let ascii = Glyphs.ascii.spinner.joined() + Glyphs.ascii.arrow + Glyphs.ascii.ok
    #expect(ascii.utf8.count == ascii.count)
  }
}
