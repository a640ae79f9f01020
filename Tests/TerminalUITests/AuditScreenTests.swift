import Checklist
import Evidence
import Session
import TerminalUI
import TestSupport
import Testing

/// Every page of an audit as it is drawn.
@Suite struct ScreensTestsAudit {
  private static let sizes = [
    Size(rows: 30, columns: 100), Size(rows: 24, columns: 80), Size(rows: 50, columns: 160),
  ]

  private func surface(_ state: AuditState, _ size: Size, _ glyphs: Glyphs = .unicode) -> Surface {
    var state = state
    _ = state.handle(.resize(size))
    var surface = Surface(size: size, glyphs: glyphs)
    AuditScreen.draw(state, into: &surface)
    return surface
  }

  private func check(
    _ state: AuditState, _ name: String, _ location: SourceLocation = #_sourceLocation
  ) {
    for size in Self.sizes {
      let mismatch = Golden.mismatch(surface(state, size), "\(name)@\(size.columns)x\(size.rows)")
      #expect(mismatch == nil, "\(mismatch ?? "")", sourceLocation: location)
    }
    let ascii = surface(state, Self.sizes[0], .ascii)
    let mismatch = Golden.mismatch(ascii, "\(name)@ascii")
    #expect(mismatch == nil, "\(mismatch ?? "")", sourceLocation: location)
    #expect(ascii.text.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }, sourceLocation: location)
  }

  private func launch() throws -> SampleLaunch {
    var launch = try SampleLaunch()
    try launch.add(.candidate(Candidate(commit: "9f3c2a71d0e4", trees: [".": "t"])))
    try launch.run(.pass, facts: ["certificate issuer": "Old CA", "suites": "seven"])
    let id = try launch.sign(["1.2", "2.1", "3.2"])
    try launch.add(.countersign(Countersign(record: id, note: "seen")), by: .daniel)
    try launch.seal()
    try launch.run(.pass, ["1.2"], facts: ["certificate issuer": "New CA", "suites": "seven"])
    try launch.run(.fail, ["3.1"], message: "content-security-policy is missing")
    return launch
  }

  private func state(_ snapshot: AuditSnapshot, _ keys: String = "") -> AuditState {
    var state = AuditState(snapshot)
    for key in keys { _ = state.handle(.character(key)) }
    return state
  }

  @Test func summary() throws { check(state(try launch().audit()), "audit-summary") }

  @Test func attention() throws { check(state(try launch().audit(), "]]]"), "audit-attention") }

  @Test func timeline() throws { check(state(try launch().audit(), "3jj"), "audit-timeline") }

  @Test func points() throws {
    let snapshot = try launch().audit()
    check(state(snapshot, "4j"), "audit-points")
    check(state(snapshot, "4/fail"), "audit-filter")
    check(state(snapshot, "4/nothing like it"), "audit-no-match")
  }

  @Test func keys() throws { check(state(try launch().audit(), "5"), "audit-keys") }

  @Test func record() throws {
    var state = state(try launch().audit(), "3jjj")
    _ = state.handle(.enter)
    check(state, "audit-record")
  }

  @Test func compare() throws {
    let launch = try launch()
    var other = launch
    try other.sign(["3.2"], .notMet, by: .daniel)
    check(state(launch.audit(comparing: other), "6"), "audit-compare")
  }

  @Test func damaged() throws {
    let launch = try launch()
    let text = String(decoding: launch.evidence.rendered, as: UTF8.self)
      .replacing("counts agree", with: "counts differ")
    let snapshot = launch.audit(Array(text.utf8))
    check(state(snapshot), "audit-damaged")
    check(state(snapshot, "1"), "audit-damaged-summary")
    check(state(launch.audit(Array("no evidence\n".utf8))), "audit-nothing")
  }

  @Test func help() throws { check(state(try launch().audit(), "?"), "audit-help") }

  /// The page before the first run of an untrusted configuration.
  @Test func trust() throws {
    var walk = try SampleLaunch().session()
    walk.act(
      .trustNeeded(
        TrustContent(
          files: [
            .init(
              path: "/srv/shop/launchgate.yaml",
              digest: "sha256:1f9b0c6e2a4d8f7b3c5e9a1d0b2f4c6e8a0d1b3f5c7e9a2d4b6f8c0e1a3d5b7f")
          ], since: "2026-11-20T09:00:00Z",
          effects: [
            "- may contact old.example", "  contacts https://shop.example",
            "+ may contact bank.example\u{1B}[2J",
          ]), points: []))
    walk.type("tru")
    for size in Self.sizes.prefix(2) {
      walk.press(.resize(size))
      var surface = Surface(size: size)
      SessionScreen.draw(walk.state, frame: 0, into: &surface)
      let mismatch = Golden.mismatch(surface, "screen-trust@\(size.columns)x\(size.rows)")
      #expect(mismatch == nil, "\(mismatch ?? "")")
    }
  }

  /// The page before active probes send anything.
  @Test func announcement() throws {
    var walk = try SampleLaunch().session()
    walk.act(
      .sendingAnnounced(
        [
          "http.methods sends to https://shop.example: one OPTIONS and one TRACE request",
          "rate-limit.login sends to https://shop.example: 15 wrong logins at most (login=/login)",
          "odd sends to https://shop.example: \u{1B}[2Jnothing",
        ], points: []))
    walk.type("sen")
    for size in Self.sizes.prefix(2) {
      walk.press(.resize(size))
      var surface = Surface(size: size)
      SessionScreen.draw(walk.state, frame: 0, into: &surface)
      let mismatch = Golden.mismatch(surface, "screen-announcement@\(size.columns)x\(size.rows)")
      #expect(mismatch == nil, "\(mismatch ?? "")")
    }
  }

  @Test func plainLinesSayTheSame() throws {
    let text = AuditText.plain(try launch().audit())
    for words in [
      "INTEGRITY", "NOT established", "NEEDS ATTENTION", "LAPSED", "- certificate issuer: Old CA",
      "+ certificate issuer: New CA", "RECORDS, NEWEST FIRST", "sign-off", "POINTS", "KEYS",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  /// Text from outside that wants to be more than text, in a record and in a damaged line.
  @Test func hostileTextStaysText() throws {
    let hostile = "\u{1B}]52;c;ZXZpbA==\u{07}\u{1B}[2J\u{9B}31m\r\nGO \u{202E}OG-ON\u{202C}\u{200B}"
    var launch = try SampleLaunch(subject: "sh\u{1B}[31mop\u{202E}")
    try launch.run(.fail, ["3.1"], message: hostile, facts: ["a\u{1B}[1m": hostile])
    try launch.sign(["2.1"], by: .person("Mal\u{1B}[1mlory", "m@x.example", "lead"), note: hostile)
    var damaged = launch.evidence.rendered
    damaged += Array(",\u{1B}]0;title\u{07}\u{1B}[2J{\"id\":\"\u{202E}".utf8)
    for bytes in [launch.evidence.rendered, damaged] {
      for keys in ["", "2", "3", "3jj", "4G", "5", "]", "]]]", "3/\u{202E}"] {
        var state = state(launch.audit(bytes), keys)
        for whole in [false, true] {
          if whole { _ = state.handle(.enter) }
          for glyphs in [Glyphs.unicode, .ascii] {
            #expect(isHarmless(surface(state, Self.sizes[1], glyphs)))
          }
        }
      }
    }
  }

  private func isHarmless(_ surface: Surface) -> Bool {
    (0..<surface.size.rows).allSatisfy { row in
      surface.row(row).allSatisfy { cell in
        cell.text.unicodeScalars.allSatisfy { scalar in
          scalar.properties.generalCategory != .control
            && scalar.properties.generalCategory != .format
        }
      }
    }
  }
}
