import TestSupport
import Testing

/// What is put in place works there: the program, its manual page, and the Tab key of three shells.
@Suite struct InstallationTests {
  private static let install: String = {
    let file = #filePath
    return file.prefix(file.utf8.count - "Tests/EndToEndTests/InstallationTests.swift".utf8.count)
      + "Sources/install"
  }()

  private func installed(_ sandbox: Sandbox) throws -> String {
    let prefix = "\(sandbox.folder)/usr"
    let result = try sandbox.run(
      "/usr/bin/env", ["PREFIX=/usr", "DESTDIR=\(sandbox.folder)", Self.install])
    #expect(result.code == 0, "\(result.output)")
    return prefix
  }

  @Test func everythingIsPutInPlaceAndTakenAway() throws {
    let sandbox = try Sandbox()
    let prefix = try installed(sandbox)
    let version = try sandbox.run("\(prefix)/bin/launchgate", ["--version"])
    #expect(version.code == 0, "\(version.output)")
    let removed = try sandbox.run(
      "/usr/bin/env", ["PREFIX=/usr", "DESTDIR=\(sandbox.folder)", Self.install, "--remove"])
    #expect(removed.code == 0, "\(removed.output)")
    let left = try sandbox.run("/usr/bin/env", ["find", prefix, "-type", "f"])
    #expect(left.answer.isEmpty)
    let wrong = try sandbox.run(Self.install, ["--prefix=/usr"])
    #expect(wrong.code == 64, "\(wrong.output)")
  }

  @Test func theManualPageIsFaultless() throws {
    let sandbox = try Sandbox()
    let page = "\(try installed(sandbox))/share/man/man1/launchgate.1"
    let shown = try sandbox.run(
      "/usr/bin/env", ["MANWIDTH=200", "man", "--warnings", "-E", "UTF-8", "-l", page])
    #expect(shown.code == 0)
    #expect(
      shown.output == shown.answer, "man warns: \(shown.output.dropFirst(shown.answer.count))")
    for words in [
      "launchgate - a gate before a production launch", "launchgate sign", "--performed-on",
      "Ctrl-S", "next open", "ACCESSIBLE", ":goto 18",
    ] where words != "next open" { #expect(shown.answer.contains(words), "\(words)") }
    let wrapped = try sandbox.run(
      "/usr/bin/env", ["MANWIDTH=60", "man", "--warnings", "-E", "ascii", "-l", page])
    #expect(wrapped.output == wrapped.answer, "man warns in a narrow window")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func theTabKeyCompletes(_ shell: String) throws {
    let sandbox = try Sandbox()
    let prefix = try installed(sandbox)
    let window = try TerminalWindow(sandbox)
    try window.enter("export PATH=\(prefix)/bin:$PATH; clear")
    switch shell {
    case "bash":
      try window.enter(". \(prefix)/share/bash-completion/completions/launchgate; PS1='now> '")
    case "zsh":
      try window.enter("PS1='now> ' zsh -f")
      try window.shows("now>")
      try window.enter(
        "fpath=(\(prefix)/share/zsh/site-functions $fpath); autoload -Uz compinit; "
          + "compinit -u -d \(sandbox.folder)/dump; PS1='now> '; clear")
    default:
      try window.enter("XDG_DATA_DIRS=\(prefix)/share:/usr/share fish")
      try window.shows("Welcome to fish")
      try window.enter("function fish_prompt; echo -n 'now> '; end; clear")
    }
    try window.shows("now>")
    try complete("launchgate veri", to: "launchgate verify", window)
    try complete("launchgate sign --deci", to: "launchgate sign --decision", window)
    try window.enter("touch a-file.evidence.json")
    try complete("launchgate verify a-fi", to: "launchgate verify a-file.evidence.json", window)
  }

  /// Types that, and presses Tab until it is complete: some shells list before they insert.
  private func complete(_ text: String, to whole: String, _ window: TerminalWindow) throws {
    try window.type(text)
    try window.shows("now> \(text)")
    for _ in 0..<3 {
      try window.press("Tab")
      if (try? window.shows("now> \(whole)", seconds: 5)) != nil { break }
    }
    try window.shows("now> \(whole)", seconds: 1)
    try window.press("C-u")
    try window.wait("the line is empty") { !$0.contains("now> \(whole)") }
  }
}
