internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation
internal import Gate
internal import Session

/// Shows how many launches stand, a row each, worst first.
struct BoardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "Show many launches at once: verdict, blockers, who is waited for, what expires.",
    discussion: """
      Each file is judged by itself, now; one that is damaged or cannot be read has a row that says \
      so. Exits with the code of the worst: 4 for damage, 1 for a file that cannot be read, 2 for \
      NO-GO, 3 for INCOMPLETE, 0 when all are GO. On a terminal there is a screen, unless --plain \
      is given.
      """)

  @OptionGroup var options: GlobalOptions
  @Argument(help: "Evidence files.", completion: .file()) var files: [String]
  @Flag(help: "One JSON document.") var json = false

  func run() async throws {
    let rows = await BoardReader.rows(files, at: Clock.now)
    let isScreen = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    if json {
      Output.json(.object(["launches": .array(rows.map(BoardText.value))]))
    } else if options.isPlain || !isScreen {
      Output.say(BoardText.lines(rows))
    } else {
      try await BoardSession(options: options, rows: rows).run()
      return
    }
    if let worst = rows.first, worst.status != Status.done { throw worst.status }
  }
}

/// Reads and judges many files side by side.
enum BoardReader {
  /// A row for each file, worst first.
  static func rows(_ files: [String], at now: Timestamp) async -> [BoardRow] {
    let lanes = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let known = KnownChecklists()
    let rows = await withTaskGroup(of: [BoardRow].self) { group in
      for lane in 0..<lanes {
        group.addTask {
          stride(from: lane, to: files.count, by: lanes).map {
            row(files[$0], at: now, known)
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    return BoardRow.sorted(rows)
  }

  private static func row(
    _ file: String, at now: Timestamp, _ known: KnownChecklists
  ) -> BoardRow {
    do {
      guard let evidence = try EvidenceFile(path: file).read(knowing: known) else {
        return BoardRow(
          file: file, outcome: .unreadable(reason: "there is no file", hint: "check the path"))
      }
      return BoardRow(
        file: file, outcome: .judged(BoardEntry(try Gate.evaluate(evidence, at: now))))
    } catch let damage as EvidenceDamage {
      return BoardRow(
        file: file, outcome: .damaged(reason: damage.description, hint: damage.hint))
    } catch let fault as GateFault {
      return BoardRow(file: file, outcome: .damaged(reason: fault.reason, hint: nil))
    } catch {
      let problem = Problem(error) ?? Problem("\(error)")
      return BoardRow(
        file: file, outcome: .unreadable(reason: problem.reason, hint: problem.hints.first))
    }
  }
}

extension BoardRow {
  /// The exit code that this row alone would give.
  var status: ExitCode {
    switch outcome {
    case .judged(let entry): Status.of(entry.verdict)
    case .damaged: Status.damaged
    case .unreadable: Status.failure
    }
  }
}
