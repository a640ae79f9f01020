import BundledChecklists
import Checklist
import Testing

@testable import Probes

/// Parameters of probes: filled in, and checked against the manuals.
@Suite struct ParameterTests {
  private static let values: [String: JSONValue] = [
    "port": .integer(8443), "name": .string("shop"), "on": .bool(true),
    "list": .array([.string("a")]),
  ]

  @Test(arguments: [
    (JSONValue.string("plain"), JSONValue.string("plain")),
    (.string("${port}"), .integer(8443)), (.string("${on}"), .bool(true)),
    (.string("${list}"), .array([.string("a")])),
    (.string("x${name}y${port}z"), .string("xshopy8443z")),
    (.string("${name}${name}"), .string("shopshop")),
    (.string("$name {port}"), .string("$name {port}")),
    (.string("${open"), .string("${open")), (.string(""), .string("")),
    (.array([.string("${name}"), .integer(1)]), .array([.string("shop"), .integer(1)])),
    (.integer(7), .integer(7)), (.null, .null),
  ])
  func aPlaceholderIsFilledIn(given: JSONValue, expected: JSONValue) throws {
    let resolved = try ParameterResolution.resolve(["it": given], from: Self.values)
    #expect(resolved.values == ["it": expected])
  }

  @Test func anOptionalPlaceholderIsLeftOutWhereItIsNotSet() throws {
    let resolved = try ParameterResolution.resolve(
      ["left": .string("${zone?}"), "kept": .string("${name?}")], from: Self.values)
    #expect(resolved.values == ["kept": .string("shop")])
  }

  @Test func whatIsNotSetIsNamedOnce() {
    #expect(throws: ParameterResolution.Obstacle.unset(["a", "b"])) {
      try ParameterResolution.resolve(
        ["x": .string("${b} ${a}"), "y": .array([.string("${a}")])], from: Self.values)
    }
  }

  private func faults(_ probe: String, among manuals: [ProbeManual]? = nil) -> [String] {
    let yaml = """
      checklist: c
      title: t
      version: 1
      domains:
        - title: d
          controls:
            - number: "1"
              slug: s
              title: t
              severity: high
              points:
                - { id: "1.1", text: t, how: automatic, bound-to: target, probes: \(probe) }
      """
    let document = ChecklistDocument(yaml: yaml, file: "f")
    let found =
      manuals.map { ProbeRegistry.faults(in: document, among: $0) }
      ?? ProbeRegistry.faults(in: document)
    return (document.faults + found).map(\.description)
  }

  @Test func faultsOfReferencesAreNamedWithTheirPlaces() {
    #expect(faults("[{ id: crystal.ball }]") == ["f:12:80: there is no probe crystal.ball"])
    #expect(
      faults("[{ id: tls.certificate, colour: red }]") == [
        "f:12:101: tls.certificate has no parameter colour"
      ])
    #expect(
      faults("[{ id: tls.certificate, warn-days: many }]") == [
        "f:12:101: warn-days of tls.certificate has to be a whole number"
      ])
    #expect(faults("[{ id: tls.certificate, warn-days: 21 }]").isEmpty)
    #expect(faults("[{ id: tls.certificate, warn-days: \"${days}\" }]").isEmpty)
    #expect(
      faults("[{ id: headers.security, headers: [1] }]") == [
        "f:12:102: headers of headers.security has to be a list of texts"
      ])
    #expect(
      faults("[{ id: headers.security, frame-ancestors-suffices: \"yes\" }]") == [
        "f:12:102: frame-ancestors-suffices of headers.security has to be true or false"
      ])
  }

  @Test func whatIsNoWordIsNotWrittenIntoALongerText() {
    for value: JSONValue in [.array([.string("a")]), .object([:]), .null] {
      #expect(throws: ParameterResolution.Obstacle.notWritable(["a"])) {
        try ParameterResolution.resolve(["x": .string("/srv/${a}")], from: ["a": value])
      }
    }
  }

  @Test("a value of another type is never taken for one that is not set")
  func misfits() async throws {
    let values: [String: JSONValue] = [
      "text": .string("soon"), "number": .integer(7), "flag": .bool(true),
      "texts": .array([.string("a")]), "numbers": .array([.integer(1)]),
      "mixed": .array([.string("a"), .integer(1)]), "mapping": .object(["a": .integer(1)]),
      "nothing": .null, "placeholder": .string("${number}"),
    ]
    let words = ["number": "a whole number", "texts": "a list of texts", "mapping": "a mapping"]
    var jobs: [(ProbeRunner.Job, kind: ProbeManual.Parameter.Kind, name: String, value: String)] =
      []
    for manual in ProbeRegistry.all.map({ $0.manual })
    where !ProbeReference.ownIDs.contains(manual.id) {
      for parameter in manual.parameters {
        for (name, value) in values where !parameter.kind.fits(value) {
          let use = ProbeReference(
            id: manual.id, parameters: [parameter.name: .string("${\(name)}")])
          jobs.append((.init(point: "1", reference: use), parameter.kind, parameter.name, name))
        }
      }
    }
    #expect(jobs.count > 500)
    let runner = ProbeRunner(
      context: ProbeContext(hostName: "nowhere", now: .real, active: true, environment: [:]),
      targets: [Target(url: "https://shop.test")], values: values, mayRun: { _ in true })
    #expect(runner.announcements(jobs.map(\.0)).isEmpty)
    let outcomes = await runner.run(jobs.map(\.0)) { _ in }
    for (outcome, job) in zip(outcomes, jobs) {
      let message = outcome.finding.message
      #expect(outcome.finding.verdict == .unknown)
      #expect(
        message.hasPrefix(
          "the parameter \(job.name) of \(outcome.job.reference.id) has to be \(job.kind.words), "),
        "\(message)")
      #expect(message.hasSuffix(words[job.value] ?? ""), "\(message)")
      #expect(outcome.finding.hint?.contains("${\(job.value)}") == true)
    }
  }

  @Test func oneProbeIsUsedOnceByAPoint() {
    #expect(
      faults("[{ id: tls.certificate }, { id: tls.certificate }]") == [
        "f:12:105: the point 1.1 uses the probe tls.certificate twice"
      ])
  }

  @Test func whatAProbeCannotDoWithoutHasToBeGiven() {
    let manual = ProbeManual(
      id: "backup.fresh", version: 1, claim: "", standards: [], scope: .repository, method: "",
      facts: "", fix: "", reproduce: "",
      parameters: [.init("path", .text, "where backups lie", isRequired: true)])
    #expect(
      faults("[{ id: backup.fresh }]", among: [manual]) == [
        "f:12:80: backup.fresh needs the parameter path"
      ])
    #expect(faults("[{ id: backup.fresh, path: /b }]", among: [manual]).isEmpty)
  }

  @Test func whatIsStricterIsKnownForNumbersAndListsThatHaveADirection() {
    #expect(ProbeRegistry.strictness("tls.certificate", "warn-days") == .higher)
    #expect(ProbeRegistry.strictness("ports.not-public", "ports") == .more)
    #expect(ProbeRegistry.strictness("ports.not-public", "allowed") == .fewer)
    #expect(ProbeRegistry.strictness("headers.security", "frame-ancestors-suffices") == nil)
    #expect(ProbeRegistry.strictness("crystal.ball", "colour") == nil)
  }

  @Test(arguments: BundledChecklists.names)
  func everyParameterOfTheBundledChecklistsIsKnown(name: String) throws {
    let document = ChecklistDocument(yaml: try #require(BundledChecklists.yaml(name)), file: name)
    #expect(document.faults.isEmpty)
    #expect(ProbeRegistry.faults(in: document).isEmpty)
    #expect(document.checklist?.points.contains { !$0.probes.isEmpty } ?? false)
  }
}
