internal import ArgumentParser
internal import Checklist
internal import Probes

/// Lists and shows probes.
struct ProbesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probes", abstract: "List or show probes.", subcommands: [List.self, Show.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List all probes.")

    func run() {
      for probe in ProbeRegistry.all {
        let manual = probe.manual
        let isOwn = ProbeReference.ownIDs.contains(manual.id)
        let kind =
          manual.scope.rawValue + (manual.sends == nil ? "" : ", active")
          + (isOwn ? ", own checklists" : "")
        Output.say("\(manual.id)  [\(kind)]  \(manual.claim)")
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
        "standards  \(manual.standards.isEmpty ? "none" : manual.standards.joined(separator: ", "))",
        "method     \(manual.method)",
        "sends      \(Self.sends(manual))",
        "facts      \(manual.facts)", "fix        \(manual.fix)",
        "reproduce  \(manual.reproduce)",
        "programs   \(Self.programs(manual))",
      ]
      lines += manual.commands.map { "stands for \($0)" }
      lines += manual.reports.map { "report     --from \($0)=FILE, instead of running a program" }
      lines += manual.parameters.map {
        "parameter  \($0.name) (\($0.kind.rawValue)): \($0.meaning)"
      }
      Output.say(lines.joined(separator: "\n"))
    }

    private static func sends(_ manual: ProbeManual) -> String {
      if manual.id == "command" { return "whatever that program does" }
      return manual.sends.map { "\($0); only with --active" } ?? "nothing unusual"
    }

    private static func programs(_ manual: ProbeManual) -> String {
      if manual.id == "command" { return "the one that the checklist names" }
      return manual.tools.isEmpty ? "none" : manual.tools.joined(separator: ", ")
    }
  }
}
