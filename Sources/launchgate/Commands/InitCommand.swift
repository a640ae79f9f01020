internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation
internal import Gate
internal import Session
internal import TerminalUI

/// Writes `launchgate.yaml` without a screen.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write launchgate.yaml, by flags or by questions on a terminal.",
    discussion: """
      With --fact, facts of the launch that the checklist asks for are answered at once, in one \
      record with your name: --fact containers=no --fact oauth=yes. What is not answered is \
      asked on the screen, or with launchgate sign if.NAME.
      """)

  @Option(help: "What is launched.") var subject: String?
  @Option(help: "Which version of it.") var release: String?
  @Option(help: "To where.") var environment: String?
  @Option(help: "Where it is served from.") var url: String?
  @Flag(help: "You may test the host of the URL.") var authorised = false
  @Option(help: "A bundled checklist by name, or a path.") var checklist = "production-25"
  @Option(help: "A fact of the launch, such as containers=no.") var fact: [String] = []
  @Option(help: "The number of each critical control of which a no takes points out.")
  var confirm: [String] = []
  @OptionGroup var identity: IdentityOptions

  func run() throws {
    let folder = FileManager.default.currentDirectoryPath
    let guess = SetupGuess.proposal(folder: folder)
    var answers = SetupAnswers(
      subject: try ask("subject", subject, guess.subject),
      release: try ask("release", release, guess.release),
      environment: try ask("environment", environment, "production"), url: url,
      isAuthorised: authorised, identity: guess.identity)
    if url == nil && isatty(STDIN_FILENO) == 1 {
      let typed = read("URL that it is served from (empty for none)", "")
      answers.url = typed.isEmpty ? nil : typed
      if let url = answers.url, !authorised {
        answers.isAuthorised = read("may you test the host of \(url)? yes or no", "no") == "yes"
      }
    }
    let checklist = try Workspace.checklist(self.checklist, folder: folder)
    let facts = try FactAnswers(fact, of: checklist)
    try facts.wantConfirmed(by: confirm)
    let resolution = IdentityResolution(folder: folder)
    // Who answers has to be known before anything is written.
    if !facts.drafts.isEmpty {
      _ = try resolution.author(resolution.identity(identity), policy: Policy())
    }
    let path = try Initialisation(folder: folder).write(answers, checklist: self.checklist)
    try TrustStore().trustWritten(path)
    Output.say("wrote \(path), .gitattributes and .gitignore: commit them")
    try record(facts, path)
    let open = checklist.askedConditions.count - facts.drafts.count
    if open > 0 {
      let facts = open.counted("fact of the launch is", "facts of the launch are")
      Output.say("\(facts) not answered yet: launchgate asks")
    }
    Output.say("next: launchgate, or launchgate probe")
  }

  private func record(_ facts: FactAnswers, _ configuration: String) throws {
    guard !facts.drafts.isEmpty else { return }
    let signing = try Signing(GlobalOptions.parse(["--config", configuration]), identity)
    let decisions = try signing.recorder.decisions(facts.drafts)
    let (id, _) = try signing.write(
      signing.recorder.drafts(.signOff(SignOff(decisions: decisions)), by: signing.author))
    Output.say("recorded \(id): \(facts.words)")
  }

  private func ask(_ what: String, _ given: String?, _ guess: String) throws -> String {
    if let given { return given }
    guard isatty(STDIN_FILENO) == 1 else {
      throw Problem(
        "the \(what) is not given", hint: "give --\(what); proposed: \(guess)", code: Status.usage)
    }
    let typed = read(what, guess)
    guard !typed.isEmpty else { throw Problem("the \(what) is empty", code: Status.usage) }
    return typed
  }

  private func read(_ what: String, _ guess: String) -> String {
    let question = Sanitizer.clean("\(what)\(guess.isEmpty ? "" : " [\(guess)]"): ")
    FileHandle.standardError.write(Data(question.utf8))
    let line = readLine() ?? ""
    return line.isEmpty ? guess : line
  }
}
