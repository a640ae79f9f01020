internal import ArgumentParser
internal import Foundation

/// Starts the program and turns every error into words and an exit code.
@main
enum Main {
  static func main() async {
    // A child that ends early must cost an error, not the process.
    signal(SIGPIPE, SIG_IGN)
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
      guard let problem = Problem(error) else { LaunchgateCommand.exit(withError: error) }
      Output.error(problem)
      exit(problem.code.rawValue)
    }
  }
}
