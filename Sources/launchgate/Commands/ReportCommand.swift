internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import Gate
internal import Reports

/// Writes what the evidence says in a form for people or for other programs.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report on an evidence file, for people or for other programs.",
    discussion: """
      Reads the file alone: nothing is run or contacted but ssh-keygen. The same file and the same \
      --at give the same bytes. Exits with 0 whatever the verdict is, and with 6 where allowed \
      signers were given and a signed record is not by one of them; the report says so too.
      """)

  /// How much of a format is written.
  enum Profile: String, ExpressibleByArgument, CaseIterable {
    case full, github
  }

  @Argument(help: "The evidence file.", completion: .file()) var file: String
  @Option(
    help: "\(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).") var format: String
  @Option(name: .shortAndLong, help: "Where to write it; standard output otherwise.")
  var output: String?
  @Option(help: "Judge that moment, such as 2026-11-21T02:00:00Z, or 'seal'; now otherwise.")
  var at: String?
  @Option(help: "Allowed signers, as ssh-keygen reads them.") var allowedSigners: String?
  @Option(help: "For sarif: full, or github for what its code scanning can show.")
  var profile: Profile = .full

  func run() throws {
    guard let format = ReportFormat(rawValue: format) else {
      throw Problem(
        "there is no format \(format)",
        hint: "formats: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))",
        code: Status.usage)
    }
    guard profile == .full || format == .sarif else {
      throw Problem("--profile is for sarif alone", code: Status.usage)
    }
    var demands = Verification.Demands(now: Clock.now)
    demands.allowedSigners = try allowedSigners.map(AllowedSigners.init(path:))
    let all = try EvidenceUnion.read(file).inOneOrder
    let (evidence, now) = try Moment.of(at, in: all)
    let verification = try Verification(evidence, demands)
    let report = Report(
      evidence, try Gate.evaluate(evidence, at: now), assurance(verification),
      from: Report.Source(
        file: URL(fileURLWithPath: file).lastPathComponent, tool: IdentityResolution.tool,
        leftOut: all.entries.count - evidence.entries.count, isSealView: at == "seal"))
    let bytes = format.bytes(report, forGitHub: profile == .github)
    if let output {
      try refuseEvidence(at: output)
      try EvidenceFile(path: output).replace(with: bytes, isPrivate: true)
    } else {
      Output.answer(bytes)
    }
    if !verification.isTrusted { throw Status.untrusted }
  }

  /// A report over the evidence itself would be the end of the evidence.
  private func refuseEvidence(at output: String) throws {
    let paths = [file, output].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    guard paths[0] != paths[1] else {
      throw Problem(
        "\(output) is the evidence file", hint: "give another path", code: Status.usage)
    }
  }

  private func assurance(_ verification: Verification) -> Assurance {
    Assurance(
      hasSigners: allowedSigners != nil, established: verification.established,
      notEstablished: verification.notEstablished,
      trusted: Dictionary(
        verification.trusted.map { ($0.id, $0.principal) }, uniquingKeysWith: { first, _ in first }),
      untrusted: Dictionary(
        verification.untrusted.map { ($0.id, $0.reason) }, uniquingKeysWith: { first, _ in first }))
  }
}
