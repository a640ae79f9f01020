import Checklist
import Session
import TestSupport
import Testing

/// The keys of each page are those of the table, and no others.
@Suite struct KeyTableTests {
  /// A page on which every key of its table has something to do.
  private func page(_ screen: SessionState.Screen) throws -> Walk {
    var launch = try SampleLaunch()
    try launch.run()
    try launch.run(.fail, ["3.1"])
    try launch.sign(["2.1"])
    var walk = try launch.session(isDemo: true)
    switch screen {
    case .loading: walk = Walk(SessionState(now: launch.clock))
    case .broken:
      walk = Walk(SessionState(now: launch.clock))
      walk.act(.loadFailed(reason: "damage", hint: "repair"))
    case .setup:
      walk = Walk(SessionState(now: launch.clock))
      walk.act(
        .configurationMissing(
          SetupProposal(
            subject: "shop", release: "1", repository: nil,
            identity: Identity(name: "M", email: "m@x", role: "lead"))))
    case .gate:
      walk.type("Gs")
      walk.collect("read")
      walk.act(.runStarted([.init(point: "1.1", probe: "p")]))
      walk.press(.escape)
      walk.act(.runRecorded(try launch.snapshot(), note: nil))
      walk.type("/e")
      walk.press(.enter)
      walk.type("gj")
      walk.press(.pageDown)
      walk.state.message = nil
    case .facts:
      walk = try SampleLaunch(.conditional).session()
      walk.type("syyk")
    case .running:
      walk.act(.runStarted([.init(point: "1.1", probe: "p"), .init(point: "3.1", probe: "q")]))
      walk.press(.down)
      walk.act(.runStarted([.init(point: "1.1", probe: "p"), .init(point: "3.1", probe: "q")]))
      walk.state.run?.lines.append(.init(point: "3.1", probe: "r"))
      walk.press(.down)
    case .form: walk.type("jjs")
    case .review:
      walk.type("Gs")
      walk.collect("read")
      walk.type("S")
      walk.state.review?.scroll = 1
    case .history:
      walk.type("ha")
      walk.press(.down, .pageDown)
    case .prompt:
      walk.type("gjc")
      walk.state.prompt?.scroll = 1
    case .launch:
      walk.type(":assign")
      walk.press(.enter)
      walk.state.launchPrompt?.scroll = 1
    case .log:
      walk.act(
        .commandEnded(
          LoggedCommand(at: launch.clock, words: ["git", "log"], took: 5, outcome: "exit 0")))
      walk.type("lj")
    case .verdict:
      walk.type("v")
      walk.press(.down)
    case .seal:
      try launch.finish()
      walk = try launch.session()
      walk.type("vS")
    case .trust:
      walk.act(
        .trustNeeded(
          TrustContent(
            files: [.init(path: "/srv/shop/launchgate.yaml", digest: "sha256:0")],
            effects: ["contacts https://shop.example"]), points: []))
      walk.press(.pageDown)
    case .announcement:
      walk.act(.sendingAnnounced(["a sends to b: c"], points: []))
      walk.press(.pageDown)
    }
    walk.forget()
    #expect(walk.state.screen == screen)
    return walk
  }

  /// The keys that an entry of the table prints; the sample has two domains and no facts.
  private func keys(_ text: String) -> [Key] {
    KeyBinding(text, "").parsed.filter { !"03456789".map(Key.character).contains($0) }
  }

  /// Keys that mean the same as one of the table, as people expect them to.
  private func aliases(_ screen: SessionState.Screen) -> Set<Key> {
    let arrows: Set<Key> = [.up, .down]
    return switch screen {
    case .loading, .broken: []
    case .gate: arrows.union([.home, .end, .enter, .backTab])
    case .facts:
      arrows.union([
        .home, .end, .enter, .backspace, .control("s"), .character("q"), .character("g"),
        .character("G"),
      ])
    case .log: arrows.union([.character("q"), .character("l")])
    case .running, .history: arrows.union([.character("q")])
    case .verdict: arrows.union([.character("q"), .character("v")])
    case .setup, .form, .review, .prompt, .launch, .seal, .trust, .announcement:
      arrows.union([.backTab, .left, .right, .home, .end, .enter, .backspace, .delete])
    }
  }

  @Test(arguments: SessionState.Screen.allCases)
  func everyKeyOfTheTableDoesSomething(_ screen: SessionState.Screen) throws {
    let start = try page(screen)
    let table = KeyBinding.bindings(for: screen, isDemo: true) + KeyBinding.everywhere
    for key in table.flatMap({ keys($0.keys) }) {
      // Where one types, a question mark is text and F1 is the help.
      if start.state.isTyping && key == .character("?") { continue }
      var walk = start
      if screen == .form, key == .character(" ") { walk.press(.backTab) }
      let before = walk
      walk.press(key)
      let isSame = walk == before
      #expect(!isSame, "\(key) does nothing on \(screen)")
    }
  }

  /// Who knows the letters and who knows the arrows comes to the same place.
  @Test(arguments: [
    (SessionState.Screen.gate, "jjkGkgj"), (.facts, "jjkGkgj"), (.running, "jjk"),
    (.history, "jjk"), (.verdict, "jjk"), (.log, "jjk"),
  ])
  func theArrowsDoWhatTheLettersDo(_ screen: SessionState.Screen, _ letters: String) throws {
    let arrows: [Character: Key] = ["j": .down, "k": .up, "g": .home, "G": .end]
    var (typed, moved) = (try page(screen), try page(screen))
    if screen == .gate {
      typed.press(.escape)
      moved.press(.escape)
    }
    var moves = 0
    for letter in letters {
      let before = typed
      typed.press(.character(letter))
      if typed != before { moves += 1 }
      moved.press(try #require(arrows[letter]))
      let isSame = typed == moved
      #expect(isSame, "\(letter) on \(screen)")
    }
    #expect(moves > 0, "nothing moves on \(screen)")
  }

  @Test(arguments: SessionState.Screen.allCases)
  func everyOtherKeyDoesNothing(_ screen: SessionState.Screen) throws {
    let start = try page(screen)
    let table = KeyBinding.bindings(for: screen, isDemo: true) + KeyBinding.everywhere
    let known = Set(table.flatMap { keys($0.keys) }).union(aliases(screen))
    let isTyping = start.state.isTyping
    var candidates: [Key] = [
      .tab, .backTab, .enter, .escape, .backspace, .delete, .left, .right, .up, .down, .home,
      .end, .pageUp, .pageDown, .function(2), .function(12), .click(row: 3, column: 3),
      .wheelUp(row: 3, column: 3), .wheelDown(row: 3, column: 3), .alt("x"), .control("x"),
      .control("g"), .control("s"), .control("t"),
    ]
    if !isTyping {
      candidates += "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ789!%&;=^_é作\u{301}"
        .map(Key.character)
      candidates.append(.paste("qyRSvD\n"))
    }
    for key in candidates where !known.contains(key) {
      var walk = start
      walk.press(key)
      // Kept for the page that comes, it has done nothing yet.
      walk.state.typeAhead = TypeAhead()
      let isSame = walk == start
      #expect(isSame, "\(key) does something on \(screen)")
    }
  }

  @Test func typedGarbageDoesNothing() throws {
    let start = try SampleLaunch().session()
    var walk = start
    for key in "!%&;=^_é\u{301}作\u{202E}".map(Key.character) { walk.press(key) }
    walk.press(.paste("R\nS\nq"), .function(9), .alt("R"), .control("g"))
    let isSame = walk == start
    #expect(isSame)
  }

  @Test func nothingIsDoneThatCannotBeSeen() throws {
    var walk = try SampleLaunch().session()
    walk.press(.resize(Size(rows: 17, columns: 80)))
    let small = walk
    for key in "RrsSvhqD]?".map(Key.character) { walk.press(key) }
    walk.press(.escape, .enter, .function(1), .control("s"))
    let isSame = walk == small
    #expect(isSame)
    let ended = walk.press(.control("c"))
    #expect(ended == [.saveDrafts([], forms: []), .quit])
  }

  @Test func theHelpSwallowsEverythingButItsEnd() throws {
    var walk = try SampleLaunch().session()
    walk.type("?RsSq")
    walk.press(.control("s"))
    #expect(walk.state.help?.search.text == "RsSq")
    #expect(walk.effects.isEmpty)
    walk.press(.escape)
    #expect(!walk.state.showsHelp)
    #expect(walk.state.screen == .gate)
  }

  /// Whatever is shown, Ctrl-C leads out, after a question where something would be lost.
  @Test("Ctrl-C leads out of the help", arguments: [[], ["A note."]])
  func ctrlCLeadsOutOfTheHelp(_ notes: [String]) throws {
    var walk = try SampleLaunch().session()
    for note in notes { walk.collect(note) }
    walk.press(.function(1))
    #expect(walk.press(.control("z")) == [.suspend])
    #expect(walk.press(.control("l")) == [.redraw])
    #expect(walk.state.help != nil)
    let effects = walk.press(.control("c"))
    #expect(walk.state.help == nil)
    #expect(effects.contains(.quit) == notes.isEmpty)
    #expect(walk.state.asksToQuit == !notes.isEmpty)
    #expect(notes.isEmpty || walk.press(.character("y")).contains(.quit))
  }

  @Test func aQuestionMarkIsTextWhereOneTypes() throws {
    var walk = try SampleLaunch().session()
    walk.type("/?")
    #expect(walk.state.list.filter?.text == "?")
    walk.press(.function(1))
    #expect(walk.state.showsHelp)
  }
}
