import Checklist
import Evidence
import Gate
import Session
import TestSupport
import Testing

/// Random keys and actions: nothing traps, and nothing is signed that was not confirmed.
@Suite struct FuzzTests {
  /// The same numbers in every run (SplitMix64).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  private static let keys: [Key] =
    Array("jkgG]][[sswnoSSccuuvvhhaaRrxDDpyf/?qqyn:lt 123456.420-<>é作\u{301}").map(Key.character)
    + [
      .tab, .tab, .backTab, .enter, .enter, .escape, .escape, .up, .down, .left, .right, .home,
      .end, .pageUp, .pageDown, .backspace, .delete, .control("s"), .control("s"), .control("s"),
      .control("t"), .control("o"), .control("c"), .control("l"), .control("z"), .control("u"),
      .control("w"),
      .function(1), .function(5), .alt("b"), .paste("4.2.0"), .paste("2"), .paste("a@b"),
      .paste("long\ntext\u{1B}[31m"), .click(row: 1, column: 1), .wheelDown(row: 1, column: 1),
      .resize(Size(rows: 24, columns: 80)), .resize(Size(rows: 5, columns: 9)),
      .resize(Size(rows: 60, columns: 200)), .resize(Size(rows: 24, columns: 80)),
      .paste("today"), .paste("2026-12-01"), .paste("1"), .paste("3"),
    ]

  private static let targets: [ScreenTarget] =
    [
      .control("1"), .control("9"), .list, .domain(1), .domain(7), .record(1), .record(99),
      .probe(0), .probe(9), .point(0), .point(9), .fault(0), .fault(9), .field(0), .field(9),
      .key("Ctrl-S"), .key("Esc"),
      .key("S"), .key("PgUp PgDn"), .key("nonsense"),
    ] + ScrollArea.allCases.map(ScreenTarget.text)

  private func snapshots() throws -> [EvidenceSnapshot] {
    var launch = try SampleLaunch()
    var all = [try launch.snapshot()]
    try launch.run()
    all.append(try launch.snapshot())
    try launch.run(.fail, ["3.1"])
    let half = try launch.sign(["2.1"])
    all.append(try launch.snapshot())
    try launch.add(.revoke(Revoke(record: half, reason: "no")))
    try launch.finish()
    all.append(try launch.snapshot())
    try launch.seal()
    all.append(try launch.snapshot())
    return all
  }

  private func action(
    _ generator: inout Generator, _ snapshots: [EvidenceSnapshot]
  ) -> Action {
    let snapshot = snapshots[Int.random(in: snapshots.indices, using: &generator)]
    let index = Int.random(in: -1...4, using: &generator)
    switch Int.random(in: 0..<40, using: &generator) {
    case 0: return .loaded(snapshot)
    case 1: return .recorded(snapshot.heads[0], snapshot)
    case 2: return .recordFailed(reason: "no", hint: "")
    case 3:
      return .runStarted([
        .init(point: "1.1", probe: "p"), .init(point: "9.9", probe: "q"),
      ])
    case 4: return .probeProgressed(index: index, text: "…", elapsed: index * 100)
    case 5: return .probeFinished(index: index, verdict: .fail, message: "m", elapsed: 9)
    case 6: return .runRecorded(snapshot, note: nil)
    case 7: return .ticked(snapshot.report.at, elapsed: 100)
    case 8: return .runFailed(reason: "no", hint: "")
    case 9: return .faultMended("done")
    case 10: return .runStarted([])
    case 11:
      return .pointed(Self.targets[Int.random(in: Self.targets.indices, using: &generator)])
    case 12:
      return .wheeled(
        Self.targets[Int.random(in: Self.targets.indices, using: &generator)], by: index)
    case 13: return .measured(Dictionary(uniqueKeysWithValues: ScrollArea.allCases.map { ($0, 3) }))
    case 14: return .evidenceChanged
    case 15, 16: return .edited("written\nelsewhere\u{1B}[31m")
    case 17: return .editFailed(reason: "no", hint: "")
    case 18:
      return .earlierFound(CarryOffer(name: "a", path: "b", points: ["2.1"], lines: ["c"]))
    default:
      return .key(Self.keys[Int.random(in: Self.keys.indices, using: &generator)])
    }
  }

  /// The key that was pressed, or clicked at in the footer.
  private func key(of action: Action) -> Key? {
    switch action {
    case .key(let key): key
    case .pointed(.key(let text)): KeyBinding(text, "").parsed.first
    default: nil
    }
  }

  /// Whether the state in which Ctrl-S was pressed had everything typed that this effect needs.
  private func isConfirmed(_ effect: Effect, _ before: SessionState) -> Bool {
    func isTyped(_ fields: FieldList?) -> Bool {
      guard let fields else { return false }
      return fields.fields.allSatisfy { $0.expected == nil || $0.expected == $0.input.text }
        && ["name", "email", "role"].allSatisfy { !fields.text($0).isEmpty }
        && fields.fields.contains { !($0.expected ?? "").isEmpty }
    }
    switch effect {
    case .signOff(let drafts, _):
      return before.screen == .review && !drafts.isEmpty && drafts == before.drafts
        && isTyped(before.review?.fields)
    case .countersign(let record, _, _, _):
      return before.screen == .prompt && before.prompt?.record == record
        && isTyped(before.prompt?.fields)
    case .revoke(let record, let reason, _):
      return before.screen == .prompt && before.prompt?.record == record && !reason.isEmpty
        && isTyped(before.prompt?.fields)
    case .seal:
      return before.screen == .seal && before.report?.verdict == .go && isTyped(before.seal)
    case .assign, .reopen, .carry:
      return before.screen == .launch && isTyped(before.launchPrompt?.fields)
    default: return true
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func nothingTrapsAndNothingIsSignedUnconfirmed(_ seed: UInt64) throws {
    let snapshots = try snapshots()
    var generator = Generator(state: seed)
    var walk = try SampleLaunch().session(isDemo: seed % 2 == 0)
    var typed: [String] = []
    for step in 0..<20_000 {
      let action = action(&generator, snapshots)
      let before = walk.state
      let pressed = key(of: action)
      walk.forget()
      for effect in walk.act(action) {
        guard isConfirmed(effect, before), pressed != .control("s") || !before.isRecording
        else {
          Issue.record("step \(step): \(action) led to \(effect)")
          return
        }
        switch effect {
        case .signOff, .countersign, .revoke, .seal, .assign, .reopen, .carry:
          typed.append("\(effect)")
          #expect(pressed == .control("s"))
        default: break
        }
      }
      if before.form != nil && walk.state.form == nil {
        #expect(pressed == .escape || pressed == .control("s"))
      }
      let isLost = before.drafts.count > walk.state.drafts.count
      if isLost, action != .key(.character("D")) {
        guard case .recorded = action else {
          Issue.record("step \(step): \(action) lost a decision")
          return
        }
      }
    }
  }
}
