import Foundation
import TestSupport
import Testing

/// A new launch beside the evidence of an earlier one: what still holds is offered, never taken.
@Suite struct CarryWindowTests {
  /// A folder in which shop 1.0 was walked, one rehearsal signed and one control decided on.
  private func walked(_ sandbox: Sandbox) throws {
    try GateWindow.repository(sandbox)
    let person = [
      "--name", "Mara Lindqvist", "--email", "mara@acme.example", "--role", "release-manager",
      "--confirm", "1.0",
    ]
    for points in [["22.2"], ["6.1"]] {
      let result = try sandbox.launchgate(
        ["sign"] + points + [
          "--decision", "met", "--note", "Rehearsed with the team.", "--performed-on",
          today(sandbox),
        ] + person)
      guard result.code == 0 else { throw Sandbox.Failure(result.output) }
    }
  }

  private func today(_ sandbox: Sandbox) throws -> String {
    try sandbox.run("/usr/bin/env", ["date", "-u", "+%F"]).answer.filter { $0 != "\n" }
  }

  private func next(_ sandbox: Sandbox) throws -> String {
    sandbox.text("\(sandbox.work)/shop-1.1.evidence.json")
  }

  @Test func theFirstRunOffersWhatStillHolds() throws {
    let sandbox = try Sandbox()
    try walked(sandbox)
    try FileManager.default.removeItem(atPath: "\(sandbox.work)/launchgate.yaml")
    let gate = try GateWindow(sandbox)
    let window = gate.window
    try gate.start()
    try window.shows("Set up this gate", "shop 1.0 was walked here")
    try window.press("C-u")
    try gate.fill(["shop", "1.1"])
    try window.press("C-s")
    try window.shows(
      "Carry over from an earlier launch", "From shop 1.0 -> production (shop-1.0.evidence.json)",
      "WOULD BE CARRIED OVER (1)", "22.2 OK, Mara Lindqvist", "WOULD STAY BEHIND")
    try #expect(!next(sandbox).contains("\"type\":\"carry\""))
    try window.type("Rehearsed for the last release.")
    try window.press("C-s")
    try window.shows("Type the release 1.1, exactly")
    try #expect(!next(sandbox).contains("\"type\":\"carry\""))
    try window.press("Tab")
    try window.type("1.1")
    try gate.sign()
    try window.shows("─ Facts of this launch ─")
    try #expect(next(sandbox).contains("\"type\":\"carry\""))
    try gate.back()
    try gate.quit()
  }

  @Test func lineByLineItIsOfferedTooAndCanBeLeft() throws {
    let sandbox = try Sandbox()
    try walked(sandbox)
    try FileManager.default.removeItem(atPath: "\(sandbox.work)/launchgate.yaml")
    let started = try sandbox.launchgate([
      "init", "--subject", "shop", "--release", "1.1", "--environment", "production",
    ])
    #expect(started.code == 0, "\(started.output)")
    let gate = try GateWindow(sandbox)
    let window = gate.window
    try gate.start("--plain")
    try window.shows("CARRIED OVER (1)", "22.2 OK, Mara Lindqvist", "Why they still hold:")
    try window.enter(".")
    try window.shows("nothing was carried over; :carry ")
    try #expect(!next(sandbox).contains("\"type\":\"carry\""))
  }

  @Test func whatComesThroughAPipeIsNotTakenForAnAnswer() throws {
    let sandbox = try Sandbox()
    try walked(sandbox)
    try FileManager.default.removeItem(atPath: "\(sandbox.work)/launchgate.yaml")
    _ = try sandbox.launchgate([
      "init", "--subject", "shop", "--release", "1.1", "--environment", "production",
    ])
    let result = try sandbox.run(
      "/bin/sh", ["-c", "printf 'where\\nquit\\n' | \"$LAUNCHGATE\" --plain"])
    #expect(result.code == 0, "\(result.output)")
    #expect(result.answer.contains("CARRIED OVER (1)"), "\(result.output)")
    #expect(result.answer.contains("shop 1.1 -> production"), "\(result.output)")
    try #expect(!next(sandbox).contains("\"type\":\"carry\""))
  }

  @Test func aBrokenOrForeignFileIsNoEarlierLaunch() throws {
    let sandbox = try Sandbox()
    try GateWindow.git(sandbox)
    let names = ["broken.evidence.json", "empty.evidence.json"]
    for (name, text) in zip(names, ["[{\"format\":\"launchgate-evidence\",\"version\":1}\n,{", ""])
    {
      #expect(
        FileManager.default.createFile(
          atPath: "\(sandbox.work)/\(name)", contents: Data(text.utf8)))
    }
    _ = try sandbox.run("/usr/bin/env", ["mkfifo", "pipe.evidence.json"])
    let gate = try GateWindow(sandbox)
    try gate.start()
    let screen = try gate.window.shows("Set up this gate", "Subject")
    #expect(!screen.contains("was walked here"))
  }
}
