internal import ArgumentParser
internal import Checklist
internal import Evidence
internal import Foundation

/// Names the records in which two files differ.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Name the records that only one of two files has.")

  @Argument(help: "An evidence file.") var first: String
  @Argument(help: "Another one.") var second: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let (left, right) = (try EvidenceUnion.read(first), try EvidenceUnion.read(second))
    let onlyLeft = left.entries.filter { right[$0.id] == nil }
    let onlyRight = right.entries.filter { left[$0.id] == nil }
    let signatures = left.entries.filter { entry in
      right[entry.id].map { $0.signatures != entry.signatures } ?? false
    }
    if json {
      Output.json(
        .object([
          "only-first": .array(onlyLeft.map(\.id.value)),
          "only-second": .array(onlyRight.map(\.id.value)),
          "signatures-differ": .array(signatures.map(\.id.value)),
        ]))
      return
    }
    let lines =
      onlyLeft.map { "- \(Self.line($0))" } + onlyRight.map { "+ \(Self.line($0))" }
      + signatures.map { "~ \(Self.line($0)): signatures differ" }
    Output.say(lines.isEmpty ? "no difference" : lines.joined(separator: "\n"))
  }

  private static func line(_ entry: Entry) -> String {
    "\(entry.id) \(entry.record.at.rfc3339) \(entry.record.body.type) by \(entry.record.by.name)"
  }
}

/// Unites two files of one launch.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Unite two files of one launch; nothing is lost.")

  @Argument(help: "An evidence file.") var first: String
  @Argument(help: "Another one of the same launch.") var second: String
  @Option(name: .shortAndLong, help: "Where to write the union.") var output: String

  func run() throws {
    let union = try EvidenceUnion.of([first, second])
    let after = try EvidenceFile(path: output).add(union.entries)
    Output.say("\(after.entries.count.counted("record")) in \(output)")
  }
}

/// Unites what a merge conflict left in a file.
struct RepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Unite both sides of a git conflict in an evidence file.",
    discussion: """
      The file as it was is kept beside it, its name ending in .broken. Lines that are no intact \
      record are named and left where they are: nothing is written unless --drop-damaged is given.
      """)

  @Argument(help: "The evidence file.", completion: .file()) var file: String
  @Flag(help: "Leave out the lines that are no intact record.") var dropDamaged = false

  func run() throws {
    let (evidence, kept) = try EvidenceFile(path: file).repair(unite)
    Output.say(
      "\(evidence.entries.count.counted("record")) in \(file); "
        + (kept.map { "before: \($0)" } ?? "it was intact, nothing was changed"))
  }

  private func unite(_ bytes: [UInt8]) throws -> Evidence {
    let repair: Repair
    do {
      repair = try Repair(bytes)
    } catch {
      throw Problem(
        "\(file) cannot be repaired: \(error.description)",
        hint: "take the missing records from git: launchgate merge", code: Status.damaged)
    }
    for line in repair.dropped { Output.progress("warning: \(line.description)") }
    try SignatureCheck.check(repair.evidence)
    guard repair.dropped.isEmpty || dropDamaged else {
      throw Problem(
        repair.dropped.count.counted("line is no intact record", "lines are no intact records")
          + "; nothing was written",
        hint: "take them from git, or leave them out with --drop-damaged", code: Status.damaged)
    }
    return repair.evidence
  }
}

/// Prints the file format.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the evidence format as JSON Schema.",
    discussion: """
      A schema cannot say that ids are digests, that parents exist and that bytes are canonical \
      (RFC 8785); launchgate verify checks those.
      """)

  func run() { Output.json(RecordShape.schema) }
}
