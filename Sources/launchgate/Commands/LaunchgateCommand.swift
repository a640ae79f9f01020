internal import ArgumentParser

/// The root command; without a verb it walks the launch of this folder on the screen.
struct LaunchgateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "launchgate",
    abstract: "A gate before a production launch: probes what a machine can see, asks people for "
      + "the rest, and keeps the evidence.",
    discussion: """
      Exit codes: 0 GO or done, 1 internal or I/O error, 2 NO-GO, 3 INCOMPLETE, 4 evidence not \
      intact, 5 a probe could not look (--require-complete), 6 intact but not trusted, 64 usage, \
      129, 130, 143 signals.
      """,
    version: "1.0.0",
    subcommands: [
      WalkCommand.self, DemoCommand.self, InitCommand.self, TrustCommand.self, ProbeCommand.self,
      SignCommand.self,
      CountersignCommand.self, RevokeCommand.self, ReopenCommand.self, AssignCommand.self,
      CarryCommand.self, AdoptCommand.self, StatusCommand.self, GateCommand.self, SealCommand.self,
      TimestampCommand.self, VerifyCommand.self, DiffCommand.self, MergeCommand.self,
      RepairCommand.self, ReportCommand.self, BoardCommand.self, AuditCommand.self,
      SchemaCommand.self, ChecklistCommand.self, ProbesCommand.self,
      ManualCommand.self,
    ],
    defaultSubcommand: WalkCommand.self)
}
