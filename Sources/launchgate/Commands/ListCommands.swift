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
          "\(name)  \(checklist.title): \(checklist.domains.count) domains, "
            + "\(checklist.controls.count) controls, \(checklist.points.count) points")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a checklist, or a control.")

    @Argument(help: "Name or path.") var checklist = "production-25"
    @Option(help: "Only that control.") var control: String?
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      let checklist = try Workspace.checklist(
        self.checklist, folder: FileManager.default.currentDirectoryPath)
      if json {
        Output.json(checklist.value)
        return
      }
      let controls = try control.map { name in
        guard let control = checklist.control(name) else {
          throw Problem("there is no control \(name)", code: Status.usage)
        }
        return [control]
      }
      for control in controls ?? checklist.controls { Output.say(ControlText.of(control)) }
    }
  }

  struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Name every fault of a checklist with its line.")

    @Argument(help: "Path of a checklist.") var file: String

    func run() throws {
      let checklist = try Workspace.checklist(
        file, folder: FileManager.default.currentDirectoryPath)
      Output.say(
        "\(file) is fine: \(checklist.controls.count) controls, \(checklist.points.count) points")
    }
  }
}

/// A control as lines.
enum ControlText {
  static func of(_ control: Control) -> String {
    var lines = [
      "\(control.number) \(control.title)  [\(control.severity.rawValue)"
        + "\(control.fourEyes ? ", four eyes" : "")]",
      "  why   \(control.why)", "  fix   \(control.fix)", "  look  \(control.look)",
      "  references  \(control.references.joined(separator: ", "))",
    ]
    for point in control.points {
      let probes = point.probes.map(\.id).joined(separator: ", ")
      let period = point.validFor.map { ", valid for \($0)" } ?? ""
      lines.append("  \(point.id) \(point.text)")
      lines.append(
        "       \(point.how.rawValue), bound to \(point.boundTo.rawValue)\(period)"
          + (probes.isEmpty ? "" : ", probes \(probes)"))
      if let evidence = point.evidence { lines.append("       attach: \(evidence)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Lists and shows probes.
struct ProbesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probes", abstract: "List or show probes.", subcommands: [List.self, Show.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List all probes.")

    func run() {
      for probe in ProbeRegistry.all {
        Output.say("\(probe.manual.id)  [\(probe.manual.scope.rawValue)]  \(probe.manual.claim)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what a probe does.")

    @Argument(help: "Id of the probe.") var id: String

    func run() throws {
      guard let manual = ProbeRegistry.probe(id)?.manual else {
        throw Problem(
          "there is no probe \(id)", hint: "launchgate probes list", code: Status.usage)
      }
      var lines = [
        "\(manual.id), version \(manual.version)", "claim      \(manual.claim)",
        "looks at   \(manual.scope.rawValue)",
        "standards  \(manual.standards.joined(separator: ", "))", "method     \(manual.method)",
        "facts      \(manual.facts)", "fix        \(manual.fix)",
        "reproduce  \(manual.reproduce)",
        "programs   \(manual.tools.isEmpty ? "none" : manual.tools.joined(separator: ", "))",
      ]
      lines += manual.parameters.map {
        "parameter  \($0.name) (\($0.kind.rawValue)): \($0.meaning)"
      }
      Output.say(lines.joined(separator: "\n"))
    }
  }
}
