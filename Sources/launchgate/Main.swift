internal import ArgumentParser
internal import Foundation
internal import Probes

/// Starts the program and turns every error into words and an exit code.
@main
enum Main {
  static func main() async {
    // A child that ends early must cost an error, not the process.
    signal(SIGPIPE, SIG_IGN)
    atexit { ProgramGroups.endAll() }
    do {
      var command = try LaunchgateCommand.parseAsRoot()
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

  /// Help as the argument parser writes it; its refusals repeat what was typed, so they are made harmless.
  private static func end(with error: any Error) -> Never {
    let code = LaunchgateCommand.exitCode(for: error)
    guard code != .success else { LaunchgateCommand.exit(withError: error) }
    LaunchgateCommand.fullMessage(for: error).split(separator: "\n").map(String.init)
      .forEach(Output.progress)
    exit(code.rawValue)
  }
}
