import Foundation
import TestSupport
import Testing

/// Long notes in the user's own editor, which gets the terminal and gives it back.
@Suite struct EditorWindowTests {
  /// A script in the sandbox that stands for an editor; `$1` is the file.
  private func editor(_ sandbox: Sandbox, _ body: String) throws -> String {
    let path = "\(sandbox.folder)/write"
    #expect(
      FileManager.default.createFile(
        atPath: path, contents: Data("\(body)\n".utf8),
        attributes: [.posixPermissions: 0o644]))
    // Run by itself it is "busy" where another test starts a program while it is written.
    return "/bin/sh \(path)"
  }

  /// The form of control 6, with a note begun.
  private func writing(_ sandbox: Sandbox, _ variables: String) throws -> GateWindow {
    let gate = try GateWindow(sandbox)
    try gate.window.enter("export \(variables)")
    try gate.startRepository()
    try gate.select(6)
    try gate.window.press("s", "Tab", "Tab")
    try gate.window.type("Begun here.")
    try gate.window.shows("Decide on 6 ", "Begun here.", "Ctrl-O editor")
    return gate
  }

  /// Files of notes that were left behind.
  private func leftovers(_ sandbox: Sandbox) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: "\(sandbox.folder)/state/launchgate/drafts"
    ).filter { $0.hasPrefix("note-") }
  }

  @Test func theNoteIsWrittenInTheEditor() throws {
    let sandbox = try Sandbox()
    let gate = try writing(sandbox, "VISUAL=' '")
    let window = gate.window
    try gate.back()
    try window.press("q")
    try window.shows("what was typed is kept")
    try window.press("y")
    try window.shows("code=0.")
    let path = try editor(
      sandbox,
      """
      [ "$1" = --wait ] || exit 9
      cat "$2" > \(sandbox.folder)/before
      stat -c %a "$2" "$(dirname "$2")" > \(sandbox.folder)/modes
      printf 'A long note; $(touch x)\\nSecond \\033[31mline.\\n\\n' > "$2"
      """)
    // Blank as it is, VISUAL names nothing; what looks like a command of the shell is none.
    try window.enter("export EDITOR='\(path)  --wait'")
    try gate.start()
    try window.shows("─ Controls ─")
    try gate.select(6)
    try window.press("s", "C-o")
    try window.shows("A long note; $(touch x)", "Second [31mline.", "the note is taken over")
    #expect(sandbox.text("\(sandbox.folder)/before") == "Begun here.\n")
    #expect(sandbox.text("\(sandbox.folder)/modes") == "600\n700\n")
    try #expect(leftovers(sandbox).isEmpty)
    try #expect(window.property("alternate_on") == "1")
    try gate.back()
    try window.press("l")
    try window.shows("Programs that were run", "write --wait ", "note-6.txt", "exit 0")
    try gate.back()
    try window.press("q")
    try window.shows("Quit?")
    try window.press("y")
    try window.shows("code=0.")
    try #expect(window.property("alternate_on") == "0")
  }

  @Test(arguments: [
    ("exit 3", "ended with exit 3"), ("kill -9 $$", "was ended by signal 9"),
    ("head -c 2097152 /dev/zero | tr '\\0' a > \"$1\"", "longer than 64 KiB"),
    (": > \"$1\"", "has left nothing"), ("rm \"$1\"", "has left no file"),
    ("rm \"$1\"; ln -s /etc/passwd \"$1\"", "has left no file"),
  ])
  func whatTheEditorSpoilsIsAsItWas(_ body: String, _ words: String) throws {
    let sandbox = try Sandbox()
    let path = try editor(sandbox, body)
    let gate = try writing(sandbox, "EDITOR='\(path)'")
    try gate.window.press("C-o")
    try gate.window.shows(words, "the note is as it was", "Begun here.", "Decide on 6 ")
    try #expect(leftovers(gate.sandbox).isEmpty)
    // The screen and its keys work as before.
    try gate.window.type(" And on.")
    try gate.window.shows("Begun here. And on.")
  }

  @Test func anEditorThatIsMissingIsNamed() throws {
    let gate = try writing(Sandbox(), "VISUAL=/nowhere/ed")
    try gate.window.press("C-o")
    try gate.window.shows("/nowhere/ed is not installed", "Begun here.", "Decide on 6 ")
    try #expect(leftovers(gate.sandbox).isEmpty)
  }

  @Test func theEditorCanBeStoppedAndTheWindowResized() throws {
    let sandbox = try Sandbox()
    let path = try editor(sandbox, "echo EDITING; read line; echo \"$line\" > \"$1\"")
    let gate = try writing(sandbox, "EDITOR='\(path)'")
    let window = gate.window
    try window.press("C-o")
    try window.shows("EDITING")
    try #expect(window.property("alternate_on") == "0")
    try window.press("C-z")
    try window.shows("Stopped", "ready>")
    try window.resize(columns: 90, rows: 26)
    try window.enter("clear; fg")
    try window.wait("it goes on") { !$0.contains("Stopped") && $0.contains("LAUNCHGATE") }
    try window.enter("Written behind a stop.")
    let screen = try window.shows("Written behind a stop.", "Decide on 6 ", "F1 help")
    #expect(screen.split(separator: "\n").contains { $0.contains("┐") && $0.count == 90 })
    try #expect(window.property("alternate_on") == "1")
  }

  @Test func ctrlCInTheEditorEndsTheEditorAlone() throws {
    let sandbox = try Sandbox()
    let path = try editor(sandbox, "echo EDITING; sleep 60")
    let gate = try writing(sandbox, "EDITOR='\(path)'")
    try gate.window.press("C-o")
    try gate.window.shows("EDITING")
    try gate.window.press("C-c")
    try gate.window.shows("was ended by signal 2", "Begun here.", "Decide on 6 ")
  }

  @Test func lineByLineItIsAPlusSign() throws {
    let sandbox = try Sandbox()
    let path = try editor(sandbox, "echo EDITING; read line; echo \"$line\" > \"$1\"")
    let gate = try GateWindow(sandbox)
    let window = gate.window
    try GateWindow.repository(sandbox)
    try window.enter("export EDITOR='\(path)'")
    try gate.start("--plain")
    try window.shows("launchgate>")
    try window.enter("decide 6.1 met")
    try window.shows("Performed on:")
    try window.enter("today")
    try window.shows("Note:")
    try window.enter("+")
    try window.shows("EDITING")
    try window.press("C-z")
    try window.shows("Stopped")
    try window.enter("fg")
    try window.enter("Written elsewhere.")
    try window.shows("the note is taken over", "Note [Written elsewhere.]:")
    try window.press("Enter")
    try window.shows("Attach file:")
    try window.press("Enter")
    try window.shows("1 decision collected")
  }
}
