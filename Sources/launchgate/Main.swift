internal import ArgumentParser
internal import Foundation
internal import Probes

/// Starts the program and turns every error into words and an exit code.
@main
enum Main {
  static func main() {
    // A child that ends early must cost an error, not the process.
    signal(SIGPIPE, SIG_IGN)
    atexit { ProgramGroups.endAll() }
    do {
      var command = try command()
      guard let asynchronous = command as? any AsyncParsableCommand else {
        // No thread is started for what needs none, and a write is one row of calls on the main thread.
        return try command.run()
      }
      run(asynchronous)
    } catch {
      end(with: error)
    }
  }

  private static func run(_ asynchronous: sending any AsyncParsableCommand) -> Never {
    QuietExecutors.run {
      var command = asynchronous
      do {
        try await command.run()
        exit(0)
      } catch {
        end(with: error)
      }
    }
  }

  /// What the command line asks for.
  ///
  /// Without a word that is the walk: looking at all other commands would hold up the first paint.
  private static func command() throws -> sending any ParsableCommand {
    guard CommandLine.argc > 1 else { return try WalkCommand.parse([]) }
    return try LaunchgateCommand.parseAsRoot()
  }

  /// Ends with the words and the exit code of that error.
  private static func end(with error: any Error) -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    guard let problem = Problem(error) else { refuse(error) }
    Output.error(problem)
    exit(problem.code.rawValue)
  }

  /// Help as the argument parser writes it; its refusals repeat what was typed, so they are made harmless.
  private static func refuse(_ error: any Error) -> Never {
    let code = LaunchgateCommand.exitCode(for: error)
    guard code != .success else { LaunchgateCommand.exit(withError: error) }
    LaunchgateCommand.fullMessage(for: error).split(separator: "\n").map(String.init)
      .forEach(Output.progress)
    exit(code.rawValue)
  }
}
