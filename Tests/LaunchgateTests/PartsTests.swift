import ArgumentParser
import BundledChecklists
import Checklist
import Evidence
import Foundation
import Gate
import Session
import Terminal
import Testing

@testable import launchgate

/// The small parts of the commands.
@Suite struct PartsTests {
  private func checklist() throws -> Checklist {
    try Workspace.checklist("production-25", folder: "/")
  }

  private func evidence() throws -> Evidence {
    var evidence = Evidence()
    let opened = Opened(
      subject: "s", release: "1", environment: "e", checklist: try checklist().value,
      policy: Policy().value)
    try evidence.add(Evidence.opening(opened, by: .mara, at: Timestamp(seconds: 1_000)))
    return evidence
  }

  @Test func aRecordIsFoundByTheBeginningOfItsId() throws {
    let evidence = try evidence()
    let id = evidence.entries[0].id
    for text in [id.description, String(id.description.prefix(13)), id.short] {
      #expect(try RecordLookup.find(text, in: evidence).id == id)
    }
    for text in ["", "12345", "sha256:", "ffffffffffff0", "nonsense"] {
      let problem = #expect(throws: Problem.self) {
        try RecordLookup.find(text, in: evidence)
      }
      #expect(problem?.code == Status.usage)
    }
  }

  @Test func pointsAreChosenByPointOrControl() throws {
    let checklist = try checklist()
    func ids(_ names: [String]) throws -> [String] {
      try PointSelection(names, in: checklist).points.map(\.id)
    }
    #expect(try ids([]).count == checklist.points.count)
    #expect(try ids(["18.2"]) == ["18.2"])
    #expect(try ids(["10"]) == ["10.1", "10.2", "10.3", "10.4", "10.5", "10.6"])
    #expect(try ids(["security-headers"]) == ids(["10"]))
    let problem = #expect(throws: Problem.self) { try ids(["18.2", "99"]) }
    #expect(problem?.reason == "there is no point or control 99")
  }

  @Test func aMomentIsATimeOrTheLastSeal() throws {
    var evidence = try evidence()
    let given = try Moment.of("2026-11-21T02:16:09Z", in: evidence)
    #expect(given.1.rfc3339 == "2026-11-21T02:16:09Z")
    for text in ["yesterday", "", "2026-11-21", "seal"] {
      #expect(throws: Problem.self) { try Moment.of(text, in: evidence) }
    }
    let seal = try evidence.sealing(
      verdict: "GO", note: "", by: .mara, at: Timestamp(seconds: 2_000))
    try evidence.add(seal)
    try evidence.add(
      evidence.draft(
        .assign(Assign(duty: "d", id: "e", name: "n", email: "e")), by: .mara,
        at: Timestamp(seconds: 3_000)))
    let (past, time) = try Moment.of("seal", in: evidence)
    #expect(past.entries.map(\.id) == Array(evidence.entries.map(\.id).prefix(2)))
    #expect(time == Timestamp(seconds: 2_000))
  }

  @Test func draftsAreKeptPrivately() throws {
    let folder = try TemporaryFolder()
    let store = DraftStore(
      evidence: "/srv/a.evidence.json", environment: ["XDG_STATE_HOME": folder.path])
    let other = DraftStore(
      evidence: "/srv/b.evidence.json", environment: ["XDG_STATE_HOME": folder.path])
    let drafts = [
      DecisionDraft(
        point: "18.2", answer: .riskAccepted, note: "a \"note\"\n作者 \u{1B}[31m",
        performedOn: CalendarDate("2026-11-20"), until: CalendarDate("2026-12-01"),
        attachments: ["/tmp/x y.txt"], pointDigest: Digest(of: [1]), factsDigest: Digest(of: [2])),
      DecisionDraft(point: "1.4", answer: .met, note: "n", pointDigest: Digest(of: [3])),
    ]
    let forms = [
      FormDraft(control: "2", answer: .notMet, points: ["2.1"], texts: ["note": "half\n"])
    ]
    #expect(store.load().drafts.isEmpty)
    try store.save(drafts, forms)
    #expect(store.load().drafts == drafts)
    #expect(store.load().forms == forms)
    #expect(other.load().drafts.isEmpty)
    let drawer = "\(folder.path)/launchgate/drafts"
    let names = try FileManager.default.contentsOfDirectory(atPath: drawer).sorted()
    #expect(names.count == 2 && names[1] == "\(names[0]).lock")
    for (path, mode) in [(drawer, 0o700), ("\(drawer)/\(names[0])", 0o600)] {
      let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect((found as? NSNumber)?.intValue == mode)
    }
    try folder.write("launchgate/drafts/\(names[0])", "{torn")
    #expect(store.load().drafts.isEmpty)
    try store.save([], [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: drawer) == [names[1]])
  }

  /// As much as one person may have collected for a whole checklist.
  @Test func manyLongNotesAreReadAgain() throws {
    let folder = try TemporaryFolder()
    let store = DraftStore(
      evidence: "/srv/a.evidence.json", environment: ["XDG_STATE_HOME": folder.path])
    let note = String(repeating: "\n", count: TextInput.note)
    let drafts = (1...95).map {
      DecisionDraft(point: "\($0)", answer: .met, note: note, pointDigest: Digest(of: [1]))
    }
    try store.save(drafts, [])
    let kept = store.load().drafts
    #expect(kept.count == 95 && kept.allSatisfy { $0.note == note })
  }

  /// Two windows of one user on one launch: neither takes the other's drafts away.
  @Test func screensOfOneUserKeepEachOthersDrafts() throws {
    let folder = try TemporaryFolder()
    func screen() -> DraftStore {
      DraftStore(
        evidence: "/srv/a.evidence.json", environment: ["XDG_STATE_HOME": folder.path])
    }
    func draft(_ point: String, _ note: String) -> DecisionDraft {
      DecisionDraft(point: point, answer: .met, note: note, pointDigest: Digest(of: [1]))
    }
    let form = FormDraft(control: "2", answer: .met, points: [], texts: ["note": "half"])
    let old = screen()
    try old.save([draft("1.1", "of yesterday")], [])
    let (left, right) = (screen(), screen())
    #expect(left.load().drafts == right.load().drafts)
    try left.save([draft("1.1", "of yesterday"), draft("1.2", "left")], [])
    try right.save([draft("1.1", "of yesterday"), draft("1.3", "right")], [form])
    let all = screen().load()
    #expect(Set(all.drafts.map(\.note)) == ["of yesterday", "left", "right"])
    #expect(all.forms == [form])
    // What one of them signed is gone, what both had seen included; the other's own stays.
    try left.save([], [])
    #expect(screen().load().drafts.map(\.note) == ["right"])
    try right.save([draft("1.3", "right")], [])
    #expect(screen().load().drafts.map(\.note) == ["right"])
    try right.save([], [])
    #expect(screen().load().drafts.isEmpty)
  }

  @Test func everyErrorHasWordsAndACode() throws {
    func problem(_ body: () throws -> Void) -> Problem? {
      do {
        try body()
        return nil
      } catch {
        return Problem(error)
      }
    }
    let folder = try TemporaryFolder()
    try folder.write("torn.json", "{\"launchgate-evidence\"")
    let found: [(String, Problem?, ExitCode)] = [
      (
        "damage", problem { _ = try EvidenceFile(path: "\(folder.path)/torn.json").read() },
        Status.damaged
      ),
      ("file", problem { _ = try EvidenceFile(path: folder.path).read() }, Status.failure),
      ("key", problem { _ = try SSHKeygen.sign([1], key: "/nowhere/key") }, Status.failure),
      (
        "record",
        problem {
          _ = try evidence().draft(
            .reopen(Reopen(record: Digest(of: [1]), reason: "\u{7F}")), by: .mara,
            at: Timestamp(seconds: 1))
        }, Status.usage
      ),
      (
        "gate", problem { _ = try Gate.evaluate(Evidence(), at: Timestamp(seconds: 1)) },
        Status.damaged
      ),
      (
        "document", problem { _ = try Configuration.read(yaml: "launch: 3", file: "f") },
        Status.usage
      ),
      ("configuration", problem { throw Workspace.NotConfigured() }, Status.usage),
      ("terminal", problem { throw TerminalError.dumb }, Status.failure),
      ("own", problem { throw Problem("mine", code: Status.couldNotLook) }, Status.couldNotLook),
    ]
    for (name, problem, code) in found {
      let problem = try #require(problem, "\(name)")
      #expect(!problem.reason.isEmpty, "\(name)")
      #expect(problem.code == code, "\(name): \(problem.reason)")
    }
    #expect(problem { throw CancellationError() } == nil)
  }

  @Test func wordsComeFromTheLineOrAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("note.txt", "from a file\n")
    #expect(try Words.read("plain") == "plain")
    #expect(try Words.read("@\(folder.path)/note.txt") == "from a file\n")
    for text in ["", "  \n", "@/nowhere/at/all"] {
      #expect(throws: Problem.self) { try Words.read(text) }
    }
    #expect(try Words.date("2026-11-21", "--until") == CalendarDate("2026-11-21"))
    #expect(try Words.date(nil, "--until") == nil)
    #expect(throws: Problem.self) { try Words.date("21.11.2026", "--until") }
  }
}
