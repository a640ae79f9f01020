internal import ArgumentParser
internal import Foundation
internal import Probes

/// Starts the program and turns every error into words and an exit code.
@main
enum Main {
  static func main() {
    QuietExecutors.run {
      await begin()
      exit(0)
    }
  }

  private static func begin() async {
    // A child that ends early must cost an error, not the process.
    signal(SIGPIPE, SIG_IGN)
    atexit { ProgramGroups.endAll() }
    do {
      var command = try command()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      guard let problem = Problem(error) else { end(with: error) }
      Output.error(problem)
      exit(problem.code.rawValue)
    }
  }

  /// What the command line asks for.
  ///
  /// Without a word that is the walk: looking at all other commands would hold up the first paint.
  private static func command() throws -> any ParsableCommand {
    guard CommandLine.argc > 1 else { return try WalkCommand.parse([]) }
    return try LaunchgateCommand.parseAsRoot()
  }

  /// Help as the argument parser writes it; its refusals repeat what was typed, so they are made harmless.
  private static func end(with error: any Error) -> Never {
    let code = LaunchgateCommand.exitCode(for: error)
    guard code != .success else { LaunchgateCommand.exit(withError: error) }
    LaunchgateCommand.fullMessage(for: error).split(separator: "\n").map(String.init)
      .forEach(Output.progress)
    exit(code.rawValue)
  }
}
