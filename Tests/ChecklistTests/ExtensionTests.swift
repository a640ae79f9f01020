import Testing

@testable import Checklist

private let base = """
  checklist: base
  title: Base
  version: 7
  introduction: For all.
  conditions:
    - { id: app, question: Is there an app? }
  occasions:
    - { id: monthly, text: Every month., every: 31d, enforced: true }
    - { id: servers, text: New servers., controls: ["2"] }
  ticks:
    - { id: t1, text: Both., points: ["1.1", "1.2"] }
    - { id: t2, text: One., points: ["2.1"] }
  domains:
    - title: First
      short: F
      controls:
        - number: "1"
          slug: one
          title: One
          severity: high
          signers: [lead, manager]
          why: because
          fix: do it
          points:
            - id: "1.1"
              text: it holds
              how: assisted
              bound-to: target
              probe: { id: a.b, least: 5, most: 9, all: [x, y], name: n }
            - id: "1.2"
              text: it was done
              how: manual
              bound-to: time
              valid-for: 30d
              evidence: a note
    - title: Second
      controls:
        - number: "2"
          slug: two
          title: Two
          severity: critical
          four-eyes: true
          points:
            - { id: "2.1", text: it runs, how: manual, bound-to: code, when: app }
            - { id: "2.2", text: it stops, how: manual, bound-to: code }
  """

private let library = ChecklistLibrary(
  names: ["base"], yaml: { $0 == "base" ? base : nil },
  strictness: { _, parameter in
    ["least": .higher, "most": .lower, "all": .more][parameter]
  })

private func own(_ lines: String) -> String {
  "checklist: own\ntitle: Own\nversion: 1\nextends: base\n\(lines)\n"
}

private func faults(_ lines: String) -> [String] {
  ChecklistDocument(yaml: own(lines), file: "own.yaml", library: library).faults.map {
    $0.description + ($0.suggestion.map { " (\($0))" } ?? "")
  }
}

private func read(_ lines: String) throws -> Checklist {
  try Checklist.read(yaml: own(lines), file: "own.yaml", library: library)
}

@Suite("Checklists that extend another")
struct ExtensionTests {
  @Test("one that only extends asks for the same under its own name")
  func plain() throws {
    let checklist = try read("")
    let original = try Checklist.read(yaml: base, file: "base")
    #expect(checklist.id == "own" && checklist.title == "Own" && checklist.version == 1)
    #expect(checklist.base == Base(checklist: "base", version: 7))
    #expect(checklist.domains == original.domains && checklist.ticks == original.ticks)
    #expect(checklist.deviations.isEmpty)
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
  }

  @Test("what is dropped is gone wherever it was mentioned, with its reason kept")
  func drops() throws {
    let checklist = try read(
      """
      drop:
        - { control: "2", reason: No servers. }
        - { point: "1.2", reason: Done by others. }
        - { occasion: monthly, reason: Launched once. }
      """)
    #expect(checklist.controls.map(\.number) == ["1"])
    #expect(checklist.domains.map(\.title) == ["First"])
    #expect(checklist.ticks.map(\.points) == [["1.1"]])
    #expect(checklist.occasions.isEmpty && checklist.conditions.isEmpty)
    #expect(
      checklist.deviations == [
        Deviation(
          place: "/occasion/monthly", kind: .dropped, old: "Every month.",
          reason: "Launched once."),
        Deviation(place: "1.2", kind: .dropped, old: "it was done", reason: "Done by others."),
        Deviation(place: "2", kind: .dropped, old: "Two", reason: "No servers."),
      ])
    #expect(checklist.deviations.allSatisfy { $0.kind.isLoosening })
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
  }

  @Test("what is added stands behind the base's own")
  func additions() throws {
    let checklist = try read(
      """
      conditions: [{ id: web, question: Is there a site? }]
      add:
        - control: "1"
          points: [{ id: "1.9", text: t, how: manual, bound-to: time, when: web }]
        - domain: F
          controls:
            - number: "8"
              slug: eight
              title: Eight
              severity: medium
              points: [{ id: "8.1", text: u, how: manual, bound-to: time }]
        - domain: { title: Third, short: T }
          controls:
            - number: "9"
              slug: nine
              title: Nine
              severity: medium
              points: [{ id: "9.1", text: v, how: manual, bound-to: time }]
      """)
    #expect(checklist.domains.map(\.title) == ["First", "Second", "Third"])
    #expect(checklist.points.map(\.id) == ["1.1", "1.2", "1.9", "8.1", "2.1", "2.2", "9.1"])
    #expect(checklist.conditions.map(\.id) == ["app", "web"])
    #expect(checklist.deviations.allSatisfy { $0.kind == .added })
    #expect(checklist.deviations.map(\.place) == ["1.9", "8", "8.1", "9", "9.1"])
  }

  @Test(
    "a change is judged by what it does, in doubt as a loosening",
    arguments: [
      ("point: \"1.2\", valid-for: 14d", "tightened 1.2/valid-for 30d 14d"),
      ("point: \"1.2\", valid-for: 31d", "loosened 1.2/valid-for 30d 31d"),
      ("point: \"2.2\", valid-for: 31d", "tightened 2.2/valid-for - 31d"),
      // A finding would have been stale after a day.
      ("point: \"1.1\", valid-for: 31d", "loosened 1.1/valid-for - 31d"),
      ("point: \"1.1\", valid-for: 12h", "tightened 1.1/valid-for - 12h"),
      ("control: \"1\", severity: critical", "tightened 1/severity high critical"),
      ("control: \"1\", severity: medium", "loosened 1/severity high medium"),
      ("control: \"1\", four-eyes: true", "tightened 1/four-eyes false true"),
      ("control: \"2\", four-eyes: false", "loosened 2/four-eyes true false"),
      ("control: \"1\", signers: [lead]", "tightened 1/signers lead, manager lead"),
      ("control: \"1\", signers: [lead, boss]", "loosened 1/signers lead, manager lead, boss"),
      ("control: \"1\", signers: []", "loosened 1/signers lead, manager everybody"),
      ("control: \"2\", signers: [lead]", "tightened 2/signers everybody lead"),
      ("control: \"1\", duty: Rotation", "tightened 1/duty - Rotation"),
      ("control: \"1\", title: Won", "loosened 1/title One Won"),
      ("control: \"1\", why: so", "changed 1/why because so"),
      ("control: \"1\", when: app", "loosened 1/when - app"),
      ("point: \"1.2\", text: it was", "loosened 1.2/text it was done it was"),
      ("point: \"1.2\", evidence: none", "loosened 1.2/evidence a note none"),
      ("point: \"2.2\", evidence: a note", "tightened 2.2/evidence - a note"),
      ("point: \"2.2\", question: Who?", "tightened 2.2/question - Who?"),
      ("point: \"2.2\", duty: Night", "tightened 2.2/duty - Night"),
      ("point: \"2.2\", when: app", "loosened 2.2/when - app"),
      ("point: \"1.2\", bound-to: code", "tightened 1.2/bound-to time code"),
      ("point: \"2.2\", bound-to: time", "loosened 2.2/bound-to code time"),
      ("point: \"1.1\", how: automatic", "loosened 1.1/how assisted automatic"),
      (
        "point: \"1.1\", how: manual",
        "loosened 1.1/how assisted manual; loosened 1.1/probes \(old) -"
      ),
      (
        "point: \"2.2\", how: automatic, probe: { id: c.d }",
        "tightened 2.2/how manual automatic; tightened 2.2/probes - c.d"
      ),
      (
        "point: \"2.2\", how: automatic, probe: { id: command, arguments: [\"true\"] }",
        "loosened 2.2/how manual automatic; "
          + "tightened 2.2/probes - command (arguments: [true])"
      ),
      (
        "point: \"2.2\", how: assisted, probe: { id: file, path: a }",
        "tightened 2.2/how manual assisted; tightened 2.2/probes - file (path: a)"
      ),
      (
        "point: \"1.1\", probe: { id: c.d }",
        "tightened 1.1/probes \(old) \(old), c.d"
      ),
      (
        "point: \"1.1\", probe: { id: a.b, least: 6 }",
        "tightened 1.1/probes \(old) \(old.replacing("least: 5", with: "least: 6"))"
      ),
      (
        "point: \"1.1\", probe: { id: a.b, least: 4 }",
        "loosened 1.1/probes \(old) \(old.replacing("least: 5", with: "least: 4"))"
      ),
      (
        "point: \"1.1\", probe: { id: a.b, most: 8, all: [y, x, z] }",
        "tightened 1.1/probes \(old) a.b (all: [y, x, z], least: 5, most: 8, name: n)"
      ),
      (
        "point: \"1.1\", probe: { id: a.b, most: 8, all: [x] }",
        "loosened 1.1/probes \(old) a.b (all: [x], least: 5, most: 8, name: n)"
      ),
      (
        "point: \"1.1\", probe: { id: a.b, name: m }",
        "loosened 1.1/probes \(old) \(old.replacing("name: n", with: "name: m"))"
      ),
      (
        "point: \"1.1\", probe: { id: a.b, least: \"${x}\" }",
        "loosened 1.1/probes \(old) \(old.replacing("least: 5", with: "least: ${x}"))"
      ),
      ("point: \"1.1\", probes: [{ id: a.b }]", "loosened 1.1/probes \(old) a.b"),
      ("point: \"1.1\", text: it holds", ""),
    ])
  func changes(entry: String, expected: String) throws {
    let checklist = try read("change: [{ \(entry), reason: R }]")
    let found = checklist.deviations.map {
      "\($0.kind.rawValue) \($0.place) \($0.old ?? "-") \($0.new ?? "-")"
    }
    #expect(found.joined(separator: "; ") == expected)
    #expect(checklist.deviations.allSatisfy { $0.reason == "R" })
    let isLoosened = expected.contains("loosened")
    let bare = faults("change: [{ \(entry) }]")
    #expect(bare.isEmpty == !isLoosened, "\(bare)")
    #expect(bare.allSatisfy { $0.contains("which needs a reason") })
  }

  private static let old = "a.b (all: [x, y], least: 5, most: 9, name: n)"

  @Test("findings may have to be fresher than in the base, not staler")
  func freshness() throws {
    #expect(
      try read("findings-valid-for: 12h").deviations == [
        Deviation(place: "/findings-valid-for", kind: .tightened, old: "1d", new: "12h")
      ])
    #expect(
      faults("findings-valid-for: 2d") == [
        "own.yaml:5:1: /findings-valid-for is loosened, which needs a reason "
          + "(leave it out, or make it shorter)"
      ])
    #expect(try read("introduction: Ours.").deviations.map(\.kind) == [.changed])
  }

  @Test(
    "what cannot be is named with its place",
    arguments: [
      ("drop: [{ control: \"2\" }]", "5:8: an entry of drop needs the key reason"),
      ("drop: [{ control: \"2\", reason: \" \" }]", "5:24: reason is empty"),
      (
        "drop: [{ control: \"3\", reason: R }]",
        "5:10: there is no control 3 in base (did you mean 1?)"
      ),
      ("drop: [{ reason: R }]", "5:8: an entry of drop needs one of control, point, occasion"),
      (
        "drop: [{ point: \"1.1\", control: \"1\", reason: R }]",
        "5:8: an entry of drop needs one of control, point, occasion"
      ),
      (
        "drop: [{ point: \"2.1\", reason: R }, { point: \"2.1\", reason: R }]",
        "5:39: the point 2.1 is dropped twice"
      ),
      (
        "drop: [{ point: \"2.1\", reason: R }, { point: \"2.2\", reason: R }]",
        "5:39: no point is left of control 2 (drop the control)"
      ),
      (
        "change: [{ point: \"1.2\", valid-fr: 14d }]",
        "5:26: an entry of change has no key valid-fr (did you mean valid-for?)"
      ),
      (
        "change: [{ control: \"1\", slug: x }]",
        "5:26: an entry of change has no key slug"
      ),
      (
        "change: [{ point: \"1.2\", valid-for: 60d }]",
        "5:26: 1.2/valid-for is loosened, which needs a reason "
          + "(reason: why that is enough here)"
      ),
      (
        "change: [{ point: \"1.2\", valid-for: 60 }]",
        "5:26: valid-for has to be a period such as 26h or 30d"
      ),
      (
        "change: [{ point: \"1.2\", valid-for: 9d }, { point: \"1.2\", text: x, reason: R }]",
        "5:45: the point 1.2 is dropped or changed twice"
      ),
      (
        "drop: [{ control: \"2\", reason: R }]\nchange: [{ point: \"2.1\", valid-for: 1d }]",
        "6:12: the point 2.1 is dropped and cannot be changed"
      ),
      (
        "change: [{ point: \"1.2\", when: web, reason: R }]",
        "5:26: there is no condition web"
      ),
      (
        "add: [{ control: \"1\", points: [{ id: \"1.2\", text: t, how: manual, bound-to: time }] }]",
        "5:34: the point 1.2 is that of the base (another one, or use change)"
      ),
      (
        "add: [{ domain: Frist, controls: [] }]",
        "5:9: there is no domain Frist (did you mean First?)"
      ),
      ("add: [{ domain: First }]", "5:7: an entry of add needs the key controls"),
      ("domains: []", "5:1: a checklist that extends another has no key domains"),
      ("drop: x", "5:1: drop has to be a list, not text"),
    ])
  func refusals(lines: String, expected: String) {
    #expect(faults(lines).first == "own.yaml:\(expected)")
  }

  @Test("only a bundled checklist can be extended, and none by itself")
  func unknown() {
    func found(_ yaml: String) -> [String] {
      ChecklistDocument(yaml: yaml, file: "o", library: library).faults.map(\.description)
    }
    let head = "title: Own\nversion: 1\n"
    #expect(
      found("checklist: base\n\(head)extends: base")
        == ["o:1:1: a checklist cannot extend itself"])
    for name in ["bse", "./own.yaml", "/etc/passwd"] {
      #expect(
        found("checklist: own\n\(head)extends: \(name)")
          == ["o:4:1: there is no bundled checklist \(name) to extend"])
    }
    #expect(
      faults("").isEmpty
        && ChecklistDocument(yaml: own(""), file: "o").faults.map(\.reason)
          == ["there is no bundled checklist base to extend"]
    )
  }
}
