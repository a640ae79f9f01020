import Checklist
import Evidence
import Session
import TestSupport
import Testing

/// What is recorded about the launch as a whole: nothing before it is complete and confirmed.
@Suite struct LaunchPromptTests {
  private let mara = Identity(
    name: "Mara Lind", email: "mara@acme.example", role: "release-manager")

  private func walk(_ launch: SampleLaunch, _ command: String) throws -> Walk {
    var walk = try launch.session()
    walk.type(":" + command)
    walk.press(.enter)
    return walk
  }

  /// Types into one field after the other, and asks for the record.
  private func sign(_ walk: inout Walk, _ texts: String...) {
    for (index, text) in texts.enumerated() {
      if index > 0 { walk.press(.tab) }
      walk.type(text)
    }
    walk.press(.control("s"))
  }

  @Test func aDutyIsGivenToAPerson() throws {
    var walk = try walk(SampleLaunch(), "assign Restore drill")
    #expect(walk.state.launchPrompt?.lines == ["Restore drill: nobody"])
    walk.press(.tab)
    sign(&walk, "Tomas Vale <tomas@acme.example>", "4.2.1")
    #expect(walk.effects.isEmpty)
    #expect(walk.state.launchPrompt?.refusal == "Type the release 4.2.0, exactly")
    walk.press(.backspace)
    walk.type("0")
    walk.press(.control("s"))
    #expect(
      walk.effects == [
        .assign(duty: "Restore drill", to: "Tomas Vale <tomas@acme.example>", mara)
      ])
  }

  @Test func aDutyThatNobodyKnowsIsRefused() throws {
    var walk = try walk(SampleLaunch(), "assign Coffee")
    walk.press(.tab)
    sign(&walk, "tomas", "4.2.0")
    #expect(walk.effects.isEmpty)
    #expect(walk.state.launchPrompt?.refusal == "there is no Coffee here: Restore drill")
  }

  @Test func onlyASealEnds() throws {
    var launch = try SampleLaunch()
    try #expect(walk(launch, "reopen").state.screen == .gate)
    try launch.finish()
    let seal = try launch.seal()
    var walk = try walk(launch, "reopen")
    sign(&walk, "", "4.2.0")
    #expect(walk.effects.isEmpty)
    #expect(walk.state.launchPrompt?.refusal == "in your own words: why?")
    walk.press(.backTab)
    walk.type("one more look")
    walk.press(.control("s"))
    #expect(
      walk.effects == [.reopen(seal, occasion: nil, reason: "one more look", mara)])
  }

  @Test func anOccasionHasToBeOneOfTheChecklist() throws {
    var walk = try walk(SampleLaunch(), "occasion full-moon")
    walk.press(.tab)
    sign(&walk, "it is", "4.2.0")
    #expect(walk.effects.isEmpty)
    #expect(
      walk.state.launchPrompt?.refusal == "there is no full-moon here: the checklist names none")
  }

  @Test func whatIsCarriedOverIsShownBefore() throws {
    let launch = try SampleLaunch()
    try #expect(walk(launch, "carry").state.message?.kind == .warning)
    var walk = try walk(launch, "carry old.json")
    #expect(walk.effects == [.examine("old.json")])
    walk.forget()
    walk.act(.carryFound(path: "old.json", points: ["3.2"], lines: ["3.2 OK, Mara: read"]))
    #expect(walk.state.launchPrompt?.lines == ["3.2 OK, Mara: read"])
    sign(&walk, "still so", "4.2.0")
    #expect(
      walk.effects == [.carry("old.json", points: ["3.2"], note: "still so", mara)])
    walk.press(.escape)
    #expect(walk.state.screen == .gate)
  }
}
