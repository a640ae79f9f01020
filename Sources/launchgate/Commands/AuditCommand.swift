internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import Session
internal import TerminalUI

/// Shows a file to an auditor, intact or not.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract:
      "Look through an evidence file: who signed what, what no longer holds, what is damaged.",
    discussion: """
      Read-only: it runs nothing, contacts nothing and writes nothing, whatever the file says. A \
      damaged file can still be read; where it is damaged is shown first. Exits with 4 for damage \
      and with 6 where a signature that was demanded is missing, as verify does. --plain prints \
      all of it line by line.
      """)

  @OptionGroup var options: GlobalOptions
  @Argument(help: "The evidence file.", completion: .file()) var file: String
  @Option(help: "Allowed signers, as ssh-keygen reads them.") var allowedSigners: String?
  @Option(help: "Id of a record that was kept elsewhere and has to be there.")
  var expectHead: String?
  @Option(help: "Judge that moment, such as 2026-11-21T02:00:00Z, or 'seal'.") var at: String?
  @Option(help: "Another file to compare with.") var compare: String?
  @Flag(help: "One JSON document.") var json = false

  func run() async throws {
    let snapshot = try AuditReading(
      file: file, allowedSigners: allowedSigners, expectHead: try expectHead.map(Words.head),
      at: at, compare: compare
    ).snapshot()
    if json {
      Output.json(AuditJSON.document(snapshot))
    } else if options.isPlain {
      Output.say(AuditText.plain(snapshot))
    } else {
      try await AuditSession(options: options, snapshot: snapshot).run()
    }
    switch snapshot.integrity {
    case .intact: break
    case .untrusted: throw Status.untrusted
    case .damaged:
      throw Problem(
        "\(file) is not intact: \(snapshot.faults.first?.description ?? "")",
        hint: snapshot.faults.first?.hint, code: Status.damaged)
    }
  }
}
