internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Records the configured checklist and policy as those of the launch.
struct AdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Make the configured checklist and policy those of the launch.",
    discussion: """
      The evidence carries the checklist and the policy by which it is judged. A change of either \
      counts once a second person has countersigned it; so does the choice between openings that \
      differ.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Option(help: "Why they change.") var reason: String
  @Option(help: "The release.") var confirm: [String] = []
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let signing = try Signing(options, identity)
    try signing.want(confirm)
    let change = PolicyChange(
      policy: signing.workspace.configuration.policy.value,
      checklist: signing.workspace.checklist.value, reason: try Words.read(reason))
    let id = try signing.write(.policy(change), json: json)
    if !json { Output.say("it counts after: launchgate countersign \(id.short)") }
  }
}
