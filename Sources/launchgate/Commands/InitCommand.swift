internal import ArgumentParser
internal import Checklist
internal import Foundation
internal import Session

/// Writes `launchgate.yaml` without a screen.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write launchgate.yaml, by flags or by questions on a terminal.")

  @Option(help: "What is launched.") var subject: String?
  @Option(help: "Which version of it.") var release: String?
  @Option(help: "To where.") var environment: String?
  @Option(help: "Where it is served from.") var url: String?
  @Flag(help: "You may test the host of the URL.") var authorised = false
  @Option(help: "A bundled checklist by name, or a path.") var checklist = "production-25"

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
    _ = try Workspace.checklist(checklist, folder: folder)
    let path = try Initialisation(folder: folder).write(answers, checklist: checklist)
    Output.say(
      "wrote \(path), .gitattributes and .gitignore: commit them\nnext: launchgate, or launchgate probe"
    )
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
    FileHandle.standardError.write(Data("\(what)\(guess.isEmpty ? "" : " [\(guess)]"): ".utf8))
    let line = readLine() ?? ""
    return line.isEmpty ? guess : line
  }
}
