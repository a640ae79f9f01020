import BundledChecklists
import Checklist
import Foundation
import Testing

@testable import Probes

/// Probes of one's own run out of a trusted checklist alone.
@Suite(.timeLimit(.minutes(2))) struct OwnReferenceTests {
  private let folder: TemporaryFolder
  private var mark: String { "\(folder.path)/ran" }

  init() throws { folder = try TemporaryFolder() }

  private func runner(_ own: Set<ProbeReference>) -> ProbeRunner {
    ProbeRunner(
      context: ProbeContext(
        repository: folder.path, hostName: "here", now: .real,
        environment: ["PATH": "/usr/bin:/bin"]),
      targets: [], values: ["word": .string("x")], mayRun: own.contains)
  }

  private func reference(_ words: String...) -> ProbeReference {
    ProbeReference(id: "command", parameters: ["arguments": .strings(words)])
  }

  private func run(
    _ reference: ProbeReference, trusting own: Set<ProbeReference>
  ) async throws -> Finding {
    let outcomes = await runner(own).run([.init(point: "1.1", reference: reference)]) { _ in }
    return try #require(outcomes.first).finding
  }

  @Test func nothingRunsUnlessSomebodySaysSo() async throws {
    let finding = try await run(reference("touch", mark), trusting: [])
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("asks for command in a way in which the checklist"))
    #expect(!finding.message.contains("bundled"))
    #expect(finding.hint?.contains("launchgate adopt") == true)
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func anotherArgumentIsAnotherUse() async throws {
    let trusted = reference("touch", "\(mark)-trusted")
    let finding = try await run(reference("touch", mark), trusting: [trusted])
    #expect(finding.verdict == .unknown)
    var looser = trusted
    looser.parameters["exit"] = .array([.integer(0), .integer(1)])
    #expect(try await run(looser, trusting: [trusted]).verdict == .unknown)
    // The text of the arguments alone does not make them the same list.
    let joined = ProbeReference(
      id: "command", parameters: ["arguments": .string("touch \(mark)-trusted")])
    #expect(try await run(joined, trusting: [trusted]).verdict == .unknown)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func whatIsTrustedRuns() async throws {
    let trusted = reference("touch", mark)
    #expect(try await run(trusted, trusting: [trusted]).verdict == .pass)
    #expect(FileManager.default.fileExists(atPath: mark))
  }

  @Test(arguments: ["file", "http"])
  func otherProbesOfOnesOwnNeedTheSame(_ id: String) async throws {
    let finding = try await run(
      ProbeReference(id: id, parameters: ["path": .string("/etc/shadow")]), trusting: [])
    #expect(finding.verdict == .unknown)
    #expect(finding.message.contains("nothing was run"))
  }

  @Test func theKnownIDsAreThoseOfTheRegistry() {
    for id in ProbeReference.ownIDs { #expect(ProbeRegistry.probe(id) != nil) }
    let other = ProbeRegistry.all.map { $0.manual }.filter { manual in
      manual.method.contains("checklist of one's own")
    }
    #expect(Set(other.map(\.id)) == ProbeReference.ownIDs)
  }

  @Test(arguments: BundledChecklists.names)
  func noBundledChecklistHasOne(_ name: String) throws {
    let yaml = try #require(BundledChecklists.yaml(name))
    let checklist = try Checklist.read(yaml: yaml, file: name)
    #expect(checklist.points.flatMap(\.probes).filter(\.isOwn).isEmpty)
  }

  @Test func aCommandIsShownAsItWouldBeTyped() {
    let words = ["sh", "-c", "echo 'a b' > x", "", "a\nb", "\u{202E}x", "ok-1.2_/=:@"]
    let line = ProbeReference(id: "command", parameters: ["arguments": .strings(words)]).commandLine
    #expect(
      line == #"sh -c 'echo '\''a b'\'' > x' '' $'a\U0000000ab' $'\U0000202ex' ok-1.2_/=:@"#)
    #expect(ProbeReference(id: "file").commandLine == nil)
  }
}
