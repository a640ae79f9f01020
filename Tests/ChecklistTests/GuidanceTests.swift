import Testing

@testable import Checklist

private let full = """
  checklist: tiny
  title: Tiny
  version: 1
  introduction: What it is for.
  rules:
    - { id: gate, text: A gate is no audit. }
  occasions:
    - { id: before-launch, text: Before every launch. }
    - { id: new-servers, text: New servers., controls: ["1"] }
    - { id: monthly, text: Every month., every: 31d, enforced: true }
  conditions:
    - { id: containers, question: Are there containers?, evidence: Which., valid-for: 365d }
    - { id: mobile, question: Is there an app? }
  priorities:
    - { id: first, text: This first., points: ["1.1"] }
  ticks:
    - { id: t01, text: Both., points: ["1.1", "1.2"] }
  causes: [Nobody looked.]
  faq:
    - { question: Why?, answer: Because. }
  domains:
    - title: First
      controls:
        - number: "1"
          slug: one
          title: One
          severity: high
          when: containers
          mode: semi-automated
          causes: [Haste.]
          steps:
            - { do: Rotate it., look: The old one fails., run: rotate --now }
            - { do: Tell others. }
          faq:
            - { question: When?, answer: Now. }
          points:
            - id: "1.1"
              text: it holds
              how: manual
              bound-to: time
              when: mobile
              question: Who is called?
              duty: Rotation
            - { id: "1.2", text: it was done, how: manual, bound-to: time }
  """

private func faults(_ yaml: String) -> [DocumentFault] {
  do {
    _ = try Checklist.read(yaml: yaml, file: "c.yaml")
    return []
  } catch {
    return error.faults
  }
}

@Suite("What a checklist says beside its points")
struct GuidanceTests {
  @Test("all of it is read and survives the way through a record")
  func reads() throws {
    let checklist = try Checklist.read(yaml: full, file: "c.yaml")
    #expect(checklist.introduction == "What it is for.")
    #expect(checklist.rules == [Rule(id: "gate", text: "A gate is no audit.")])
    #expect(checklist.occasions.map(\.controls) == [[], ["1"], []])
    #expect(checklist.occasions.last?.every == .days(31))
    #expect(checklist.occasions.map(\.isEnforced) == [false, false, true])
    #expect(checklist.condition("containers")?.validFor == .days(365))
    #expect(checklist.condition("mobile")?.evidence == nil)
    #expect(checklist.priorities.map(\.points) == [["1.1"]])
    #expect(checklist.ticks.map(\.id) == ["t01"])
    #expect(checklist.causes == ["Nobody looked."])
    #expect(checklist.faq == [Answered(question: "Why?", answer: "Because.")])
    let control = try #require(checklist.control("1"))
    #expect(control.mode == .semiAutomated)
    #expect(control.causes == ["Haste."])
    #expect(control.steps.map(\.command) == ["rotate --now", nil])
    #expect(control.steps.first?.look == "The old one fails.")
    #expect(control.faq.map(\.answer) == ["Now."])
    #expect(checklist.point("1.1")?.question == "Who is called?")
    #expect(checklist.point("1.1")?.duty == "Rotation")
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
  }

  @Test("a point depends on its control's condition and on its own")
  func conditions() throws {
    let checklist = try Checklist.read(yaml: full, file: "c.yaml")
    #expect(checklist.conditions(ofPoint: "1.1").map(\.id) == ["containers", "mobile"])
    #expect(checklist.conditions(ofPoint: "1.2").map(\.id) == ["containers"])
    #expect(checklist.conditions(ofPoint: "9.9").isEmpty)
    let point = try #require(checklist.condition("containers")?.point)
    #expect(point.id == "if.containers")
    #expect(point.text == "Are there containers?")
    #expect(point.how == .manual && point.boundTo == .time && point.validFor == .days(365))
  }

  @Test("a checklist without any of it is recorded as it always was")
  func oldRecords() throws {
    let yaml = """
      { checklist: a, title: A, version: 1, domains: [ { title: D, controls: [ {
        number: "1", slug: s, title: C, severity: high, why: w, points: [
        { id: "1.1", text: t, how: manual, bound-to: time } ] } ] } ] }
      """
    let recorded: JSONValue = .object([
      "checklist": .string("a"), "title": .string("A"), "version": .integer(1),
      "purpose": .string("launch"), "findings-valid-for": .string("1d"),
      "domains": .array([
        .object([
          "title": .string("D"), "short": .string("D"),
          "controls": .array([
            .object([
              "number": .string("1"), "slug": .string("s"), "title": .string("C"),
              "severity": .string("high"), "four-eyes": .bool(false), "signers": .array([]),
              "references": .array([]), "why": .string("w"),
              "points": .array([
                .object([
                  "id": .string("1.1"), "text": .string("t"), "how": .string("manual"),
                  "bound-to": .string("time"),
                ])
              ]),
            ])
          ]),
        ])
      ]),
    ])
    #expect(try Checklist.read(yaml: yaml, file: "a.yaml").value == recorded)
    #expect(try Checklist.read(recorded: recorded).value == recorded)
  }

  @Test("a record also holds the base and how it was deviated from, which no file may claim")
  func deviations() throws {
    var checklist = try Checklist.read(yaml: full, file: "c.yaml")
    checklist.base = Base(checklist: "production-25", version: 3)
    checklist.deviations = [
      Deviation(place: "1.3", kind: .dropped, old: "it was so", reason: "no such thing here"),
      Deviation(place: "1.1/valid-for", kind: .tightened, old: "30d", new: "14d"),
    ]
    #expect(try Checklist.read(recorded: checklist.value) == checklist)
    let found = faults(full + "\nbase: { checklist: a, version: 1 }\ndeviations: []")
    #expect(found.map(\.reason) == ["base", "deviations"].map { "a checklist has no key \($0)" })
    checklist.deviations[0].reason = nil
    #expect(throws: DocumentFaults.self) { try Checklist.read(recorded: checklist.value) }
  }

  @Test("names that stand nowhere, or twice, are faults")
  func names() {
    for (from, to, line, reason, suggestion) in [
      ("when: containers", "when: container", 28, "no condition container", "containers"),
      ("when: mobile", "when: phones", 41, "no condition phones", nil),
      ("controls: [\"1\"]", "controls: [\"12\"]", 9, "no control 12", "1"),
      ("points: [\"1.1\"] }", "points: [\"1.5\"] }", 15, "no point 1.5", "1.1"),
      ("[\"1.1\", \"1.2\"]", "[]", 17, "a tick needs a point", nil),
      ("id: mobile", "id: containers", 13, "containers stands twice", nil),
      ("id: mobile", "id: Mobile app", 13, "may hold letters", nil),
      ("every: 31d, enforced", "enforced", 10, "without every", nil),
      ("mode: semi-automated", "mode: semi-automatic", 29, "has to be one of", "semi-automated"),
      ("do: Tell others.", "look: Tell others.", 33, "a step needs the key do", nil),
      ("number: \"1\"", "number: if", 24, "is kept for launchgate's own points", nil),
    ] as [(String, String, Int, String, String?)] {
      let found = faults(full.replacing(from, with: to, maxReplacements: 1))
      let fault = found.first { $0.reason.contains(reason) }
      #expect(fault?.line == line, "\(to): \(found)")
      #expect(fault?.suggestion == suggestion.map { "did you mean \($0)?" }, "\(to): \(found)")
    }
  }
}
