import Checklist
import Evidence
import Session
import TerminalUI
import TestSupport
import Testing

/// Text from outside that wants to be more than text.
@Suite struct ScreensHostileTests {
  private static let hostile =
    "\u{1B}]52;c;ZXZpbA==\u{07}\u{1B}[2J\u{9B}31m\r\nGO \u{202E}OG-ON\u{202C} 作者\u{200B}\t\u{7F}"
    + "a" + String(repeating: "\u{301}", count: 10_000) + " end"

  private func launch() throws -> SampleLaunch {
    var launch = try SampleLaunch(
      subject: "sh\u{1B}[31mop\u{202E}", release: "4.2.0", environment: "作作作")
    try launch.run()
    try launch.run(
      .fail, ["3.1"], message: Self.hostile,
      details: [.init(.fail, Self.hostile), .init(.pass, "\u{1B}c plain")],
      facts: ["a": Self.hostile])
    let mallory = Author.person(
      "Mal\u{1B}[1mlory\r\u{202E}yrollaM", "m@x.example", "release-manager")
    // No record can hold U+007F in what people write; findings are cleaned of it.
    let note = Self.hostile.replacing("\u{7F}", with: "")
    try launch.sign(["2.1"], by: mallory, note: note)
    return launch
  }

  private func surfaces(_ walk: Walk) -> [Surface] {
    [Size(rows: 24, columns: 80), Size(rows: 30, columns: 100), Size(rows: 18, columns: 60)]
      .flatMap { size in
        [Glyphs.unicode, .ascii].map { glyphs in
          var walk = walk
          walk.press(.resize(size))
          var surface = Surface(size: size, glyphs: glyphs)
          SessionScreen.draw(walk.state, frame: 0, into: &surface)
          return surface
        }
      }
  }

  /// Whether no cell holds a control, a direction mark or more marks than writing has.
  private func isHarmless(_ surface: Surface) -> Bool {
    (0..<surface.size.rows).allSatisfy { row in
      surface.row(row).allSatisfy { cell in
        cell.text.unicodeScalars.count <= 1 + Sanitizer.markLimit
          && cell.text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .control
              && scalar.properties.generalCategory != .format
          }
      }
    }
  }

  @Test(arguments: [
    "G", "gj", "Gs", "gjs", "h", "ha", "hajj", "v", "vjjj", "gjc", "hau", "?", "q", "/\u{202E}",
  ])
  func everyPageStaysHarmless(keys: String) throws {
    var walk = try launch().session()
    walk.type(keys)
    walk.press(.paste(Self.hostile))
    for surface in surfaces(walk) { #expect(isHarmless(surface)) }
  }

  @Test func whatIsTypedStaysHarmless() throws {
    var walk = try launch().session()
    walk.type("gjs")
    walk.press(.tab, .tab, .paste(Self.hostile), .control("s"))
    walk.press(.paste(Self.hostile))
    for surface in surfaces(walk) { #expect(isHarmless(surface)) }
    walk.type("S")
    for surface in surfaces(walk) { #expect(isHarmless(surface)) }
    walk.act(.recordFailed(reason: Self.hostile, hint: Self.hostile))
    for surface in surfaces(walk) { #expect(isHarmless(surface)) }
    walk.act(.runStarted([.init(point: Self.hostile, probe: Self.hostile)]))
    walk.act(.probeProgressed(index: 0, text: Self.hostile, elapsed: 1))
    for surface in surfaces(walk) { #expect(isHarmless(surface)) }
  }

  @Test func aHostileLaunchIsDrawn() throws {
    var walk = try launch().session(Size(rows: 24, columns: 80))
    walk.type("G")
    let shown = surfaces(walk)
    for (name, surface) in [("screen-hostile@80x24", shown[0]), ("screen-hostile@ascii", shown[1])]
    {
      let mismatch = Golden.mismatch(surface, name)
      #expect(mismatch == nil, "\(mismatch ?? "")")
    }
    walk.type("gjh")
    let history = Golden.mismatch(surfaces(walk)[0], "screen-hostile-history@80x24")
    #expect(history == nil, "\(history ?? "")")
  }

  @Test func noGoldenFileIsForgotten() {
    #expect(Golden.unused() == [])
  }
}
