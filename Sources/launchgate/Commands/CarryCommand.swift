internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// Takes still fresh sign-offs over from an earlier launch.
struct CarryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "carry",
    abstract: "Take over sign-offs of an earlier launch that only time can make stale.",
    discussion: """
      Carries yearly rehearsals, monthly drills, assigned owners and the like, whole, with their \
      signatures and the day on which they were done. You sign that they still hold.
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var identity: IdentityOptions
  @Option(name: .customLong("from"), help: "Evidence file of the earlier launch.")
  var source: String
  @Option(help: "Why they still hold.") var note: String
  @Option(help: "The release.") var confirm: [String] = []
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let signing = try Signing(options, identity)
    let earlier = try EvidenceUnion.read(source)
    let current = try signing.recorder.current()
    let checklist = try current.map { try Gate.evaluate($0, at: Clock.now).checklist }
    let carry = try CarryOver(
      from: earlier, to: checklist ?? signing.workspace.checklist, under: signing.policy,
      at: Clock.now
    ).carry(note: Words.read(note))
    try signing.want(
      confirm,
      about: "\(carry.points.count.counted("point")) would be carried over: "
        + carry.points.joined(separator: " "))
    try signing.write(.carry(carry), json: json)
  }
}
