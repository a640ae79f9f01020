internal import ArgumentParser
internal import BundledChecklists
internal import Checklist
internal import Evidence
internal import Foundation
internal import Probes

/// Lists, shows and lints checklists.
struct ChecklistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checklist", abstract: "List, show or lint checklists.",
    subcommands: [List.self, Show.self, Lint.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the bundled checklists.")

    func run() throws {
      for name in BundledChecklists.names {
        let checklist = try Workspace.checklist(name, folder: ".")
        Output.say(
          "\(name)  \(checklist.title): \(checklist.domains.count.counted("domain")), "
            + "\(checklist.controls.count.counted("control")), "
            + checklist.points.count.counted("point"))
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a checklist, or a control.")

    @Argument(help: "Name or path.") var checklist = "production-25"
    @Option(help: "Only that control.") var control: String?
    @Flag(help: "Every statement of the document behind it, and where it is taken care of.")
    var sources = false
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      let checklist = try Workspace.checklist(
        self.checklist, folder: FileManager.default.currentDirectoryPath)
      if sources {
        let ties = try SourceTies(of: checklist)
        json ? Output.json(ties.value) : Output.say(ties.text)
        return
      }
      if json {
        Output.json(checklist.value)
        return
      }
      guard let control else {
        Output.say(ChecklistText(checklist: checklist).all)
        return
      }
      guard let control = checklist.control(control) else {
        throw Problem("there is no control \(control)", code: Status.usage)
      }
      Output.say(ChecklistText(checklist: checklist).of(control))
    }
  }

  struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Name every fault of a checklist with its line, its column and a way out.")

    @Argument(help: "Name or path of a checklist.") var file: String
    @Option(help: "A configuration: signers have to be roles of its policy.") var config: String?
    @Option(help: "One of several launches of the configuration.") var launch: String?
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      let lint = try ChecklistLint(file: file, roles: roles())
      if json {
        Output.json(lint.value)
      } else {
        Output.say(lint.text)
      }
      guard lint.faults.isEmpty else { throw Problem(lint.count, code: Status.usage) }
    }

    private func roles() throws -> Set<String>? {
      guard let config else { return nil }
      let policy = try Configuration.read(
        yaml: Workspace.text(of: config), file: config, launch: launch
      ).policy
      return Set(policy.people.flatMap { $0.roles.map(\.role) })
    }
  }
}

/// What can be said against a checklist.
struct ChecklistLint {
  var file: String
  var checklist: Checklist?
  /// In the order of places.
  var faults: [DocumentFault]

  /// Reads and judges the checklist of that name or path.
  init(file: String, roles: Set<String>?) throws {
    self.file = file
    do {
      let document = try Workspace.document(
        file, folder: FileManager.default.currentDirectoryPath)
      let references = ReferenceTable(tsv: BundledChecklists.references)
      checklist = document.checklist
      faults =
        (document.faults + ProbeRegistry.faults(in: document)
        + document.lint(references: references, roles: roles)).inOrder
    } catch let found as DocumentFaults {
      checklist = nil
      faults = found.faults
    }
  }

  /// How many faults there are.
  var count: String {
    faults.count == 1 ? "1 fault in \(file)" : "\(faults.count) faults in \(file)"
  }

  /// `file:line:column: reason`, the suggestion below.
  var text: String {
    guard faults.isEmpty, let checklist else {
      return faults.map { fault in
        fault.description + (fault.suggestion.map { "\n    \($0)" } ?? "")
      }.joined(separator: "\n")
    }
    let base = checklist.base.map { "; extends \($0)" } ?? ""
    let counts = Deviation.Kind.allCases.compactMap { kind in
      let count = checklist.deviations.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    return
      "\(file) is fine: \(checklist.controls.count.counted("control")), "
      + checklist.points.count.counted("point")
      + base + (counts.isEmpty ? "" : ": \(counts.joined(separator: ", "))")
  }

  /// The same as a document.
  var value: JSONValue {
    .object([
      "file": .string(file),
      "faults": .array(
        faults.map { fault in
          .object(
            [
              "file": .string(fault.file), "line": .integer(fault.line),
              "column": .integer(fault.column), "reason": .string(fault.reason),
            ].adding("suggestion", fault.suggestion.map(JSONValue.string)))
        }),
    ])
  }
}
