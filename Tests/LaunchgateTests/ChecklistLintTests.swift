import BundledChecklists
import Checklist
import Foundation
import Testing

@testable import launchgate

private let good = """
  checklist: own
  title: Own
  version: 1
  conditions:
    - { id: app, question: Is there an app? }
  ticks:
    - { id: t1, text: Both., points: ["1.1"] }
  occasions:
    - { id: monthly, text: Every month., controls: ["1"], every: 31d, enforced: true }
  domains:
    - title: First
      controls:
        - number: "1"
          slug: one
          title: One
          severity: high
          signers: [lead]
          why: because
          fix: do it
          references: [NIST CP-9, RFC 9325]
          points:
            - id: "1.1"
              text: it holds
              how: automatic
              bound-to: target
              probe: { id: tls.certificate, warn-days: 21 }
            - id: "1.2"
              text: it was done
              how: manual
              bound-to: time
              valid-for: 30d
              when: app
  """

/// One fault that somebody may make: what is written instead of what, and what lint says of it.
private struct Slip: CustomTestStringConvertible {
  let from: String
  let to: String
  let fault: String
  let suggestion: String?

  init(_ from: String, _ to: String, _ fault: String, _ suggestion: String? = nil) {
    self.from = from
    self.to = to
    self.fault = fault
    self.suggestion = suggestion
  }

  var testDescription: String { to }
}

private let slips = [
  // Keys
  Slip(
    "title: One", "titel: One", "15:9: a control has no key titel",
    "did you mean title?"),
  Slip(
    "text: it holds", "txt: it holds", "23:13: a point has no key txt",
    "did you mean text?"),
  Slip("version: 1", "version: 1\ncolour: red", "4:1: a checklist has no key colour"),
  Slip("version: 1", "version: 1\nbase: x", "4:1: a checklist has no key base"),
  Slip(
    "question: Is", "qestion: Is", "5:16: a condition has no key qestion",
    "did you mean question?"),
  Slip("title: Own\n", "", "1:1: a checklist needs the key title"),
  Slip("severity: high", "mode: automated", "13:9: a control needs the key severity"),
  Slip(
    "title: Own", "title: Own\ntitle: Twice", "3:1: the key title stands twice",
    "the other one stands in line 2"),
  Slip(
    "slug: one", "slug: one\n        slug: two", "15:9: the key slug stands twice",
    "the other one stands in line 14"),
  // Values
  Slip("version: 1", "version: one", "3:1: version has to be a whole number"),
  Slip(
    "severity: high", "severity: hihg",
    "16:9: severity is hihg, but has to be one of critical, high, medium", "did you mean high?"),
  Slip(
    "how: manual", "how: by hand",
    "29:13: how is by hand, but has to be one of automatic, assisted, manual"),
  Slip(
    "bound-to: time", "bound-to: tme",
    "30:13: bound-to is tme, but has to be one of time, code, target", "did you mean time?"),
  Slip("valid-for: 30d", "valid-for: 30", "31:13: valid-for has to be a period such as 26h or 30d"),
  Slip("valid-for: 30d", "valid-for: 0d", "31:13: a period of 0 is over at once", "such as 30d"),
  Slip(
    "valid-for: 30d", "valid-for: 3650d",
    "31:13: 3650d is more than two years, which says nothing of today", "at most 731d"),
  Slip("every: 31d", "every: 31 days", "9:57: every has to be a period such as 26h or 30d"),
  Slip(
    "every: 31d, enforced", "enforced",
    "9:57: the occasion monthly cannot be enforced without every"),
  Slip(
    "version: 1", "version: 1\nfindings-valid-for: 100d",
    "4:1: 100d is more than three months, which says nothing of today", "at most 92d"),
  Slip(
    "severity: high", "severity: high\n        four-eyes: yes",
    "17:9: four-eyes has to be true or false"),
  Slip("signers: [lead]", "signers: lead", "17:9: signers has to be a list, not text"),
  Slip("text: it was done", "text: \" \"", "28:13: text is empty"),
  Slip("why: because", "why: \"\"", "18:9: why is empty"),
  Slip(
    "why: because", "mode: automated", "13:9: the control 1 has no why",
    "why: what goes wrong without it"),
  Slip(
    "fix: do it", "mode: automated", "13:9: the control 1 has no fix", "fix: how to bring it about"
  ),
  Slip(
    "domains:", "domains:\n  - { title: Empty, controls: [] }",
    "11:5: the domain Empty has no control"),
  Slip(
    "fix: do it", "fix: do it\n        mode: semi-automatic",
    "20:9: mode is semi-automatic, but has to be one of automated, semi-automated, manual-gate",
    "did you mean semi-automated?"),
  // Names
  Slip("id: \"1.2\"", "id: \"1.1\"", "27:13: the point 1.1 stands twice"),
  Slip(
    "id: \"1.2\"", "id: \"2.2\"", "27:13: the point 2.2 does not belong to control 1",
    "its id has to begin with 1."),
  Slip(
    "id: \"1.2\"", "id: \"1.\"", "27:13: the point 1. does not belong to control 1",
    "its id has to begin with 1."),
  Slip(
    "id: \"1.2\"", "id: \"1.2 b\"",
    "27:13: the id 1.2 b may hold letters, digits, dots, - and _ only, at most 64"),
  Slip(
    "question: Is there an app? }",
    "question: Is there an app? }\n  - { id: app, question: Really? }",
    "6:7: the condition app stands twice"),
  Slip("[lead]", "[lead, team, lead]", "17:31: lead stands twice in signers"),
  Slip(
    "[NIST CP-9, RFC 9325]", "[NIST CP-9, NIST CP-9]", "20:33: NIST CP-9 stands twice in references"
  ),
  // Mentions
  Slip("when: app", "when: apps", "32:13: there is no condition apps", "did you mean app?"),
  Slip(
    "severity: high", "severity: high\n        when: mobile", "17:9: there is no condition mobile"),
  Slip(
    "[\"1.1\"]", "[\"1.1\", \"1.3\"]", "7:44: there is no point 1.3", "did you mean 1.1?"),
  Slip("[\"1.1\"]", "[]", "7:28: a tick needs a point"),
  Slip(
    "ticks:", "priorities:\n  - { id: p, text: x, points: [\"9.9.9\"] }\nticks:",
    "7:32: there is no point 9.9.9"),
  Slip("controls: [\"1\"]", "controls: [\"7\"]", "9:51: there is no control 7", "did you mean 1?"),
  Slip(
    "when: app", "evidence: a note", "5:7: nothing depends on the condition app",
    "when: app at a control or point, or leave it out"),
  Slip(
    "NIST CP-9", "NIST CP-99", "20:22: NIST CP-99 is no identifier that may be cited",
    "did you mean NIST CP-9?"),
  Slip(
    "NIST CP-9", "CP-9", "20:22: CP-9 is no identifier that may be cited", "did you mean NIST CP-9?"
  ),
  Slip(
    "RFC 9325", "WCAG 2.1.1", "20:33: WCAG 2.1.1 is no identifier that may be cited",
    "NIST AC-2, ASVS 6.2.1, OWASP A01:2025, CIS 3.10, RFC 9325 and the like"),
  Slip("NIST CP-9", "NIST AC-13", "20:22: NIST AC-13 was withdrawn by its standard"),
  // Probes
  Slip(
    "id: tls.certificate", "id: tls.certificat", "26:22: there is no probe tls.certificat",
    "did you mean tls.certificate?"),
  Slip(
    "id: tls.certificate", "id: crystal.ball", "26:22: there is no probe crystal.ball",
    "see launchgate probes list"),
  Slip(
    "warn-days: 21", "warn-day: 21", "26:43: tls.certificate has no parameter warn-day",
    "did you mean warn-days?"),
  Slip(
    "warn-days: 21", "colour: red", "26:43: tls.certificate has no parameter colour",
    "see launchgate probes show tls.certificate"),
  Slip(
    "warn-days: 21", "warn-days: many",
    "26:43: warn-days of tls.certificate has to be a whole number"),
  Slip(
    "{ id: tls.certificate, warn-days: 21 }", "{ warn-days: 21 }",
    "26:13: a probe has to be a mapping with the key id"),
  Slip(
    "probe: { id: tls.certificate, warn-days: 21 }",
    "probes: [{ id: tls.certificate }, { id: tls.certificate }]",
    "26:49: the point 1.1 uses the probe tls.certificate twice"),
  Slip(
    "how: automatic", "how: manual", "26:13: a manual point has no probe",
    "how: assisted, or leave the probe out"),
  Slip(
    "how: manual", "how: automatic", "27:13: the automatic point 1.2 needs a probe",
    "how: manual, or one of launchgate probes list"),
  Slip(
    "how: manual", "how: assisted\n            probes: []",
    "30:13: the assisted point 1.2 needs a probe", "how: manual, or one of launchgate probes list"),
  Slip(
    "bound-to: target", "bound-to: target\n            probes: [{ id: tls.certificate }]",
    "26:13: the point 1.1 has both probe and probes"),
  Slip(
    "bound-to: target", "bound-to: target\n            question: Who?",
    "26:13: nobody signs an automatic point, so its question is not heard", "how: assisted"),
  // YAML itself
  Slip(
    "    controls:\n", "\tcontrols:\n", "12:1: found a tab character that violates indentation",
    "indent with spaces, not with tabs"),
  Slip("title: Own", "title: a: b", "2:9: mapping values are not allowed in this context"),
  Slip("[lead]", "[lead", "18:12: did not find expected ',' or ']'"),
  Slip(
    "title: Own", "title: Ö\u{1B}wn", "2:9: control characters are not allowed",
    "take out what cannot be seen there"),
  Slip("why: because", "why: &w because", "18:14: anchors and aliases are not supported"),
  Slip("title: Own", "title: Ő: b", "2:9: mapping values are not allowed in this context"),
  Slip("title: One", "? [a]\n        : One", "15:11: a key has to be text"),
]

/// Every fault of a checklist is named with its place and a way out.
@Suite struct ChecklistLintTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func lint(_ yaml: String, roles: Set<String>? = nil) throws -> ChecklistLint {
    try folder.write("own.yaml", yaml)
    return try ChecklistLint(file: "\(folder.path)/own.yaml", roles: roles)
  }

  private func words(_ lint: ChecklistLint) -> [String] {
    lint.faults.map { $0.description.replacing("\(folder.path)/own.yaml", with: "own.yaml") }
  }

  @Test func aGoodOneIsFine() throws {
    let lint = try lint(good, roles: ["lead", "manager"])
    #expect(words(lint) == [])
    #expect(lint.text.hasSuffix("own.yaml is fine: 1 control, 2 points"))
  }

  @Test(arguments: slips)
  private func oneSlipIsNamedOnce(slip: Slip) throws {
    let yaml = good.replacing(slip.from, with: slip.to, maxReplacements: 1)
    try #require(yaml != good)
    let lint = try lint(yaml)
    #expect(words(lint) == ["own.yaml:\(slip.fault)"])
    #expect(lint.faults.first?.suggestion == slip.suggestion)
  }

  @Test func severalSlipsAreNamedInOneGo() throws {
    let yaml = good.replacing("version: 1", with: "version: x")
      .replacing("severity: high", with: "severity: low")
      .replacing("how: automatic", with: "how: magic").replacing("RFC 9325", with: "RFC 1")
      .replacing("fix: do it", with: "fx: do it")
    #expect(
      words(try lint(yaml)).map { String($0.split(separator: " ")[0]) } == [
        "own.yaml:3:1:", "own.yaml:16:9:", "own.yaml:19:9:", "own.yaml:24:13:",
      ])
  }

  @Test func signersAreRolesOfThePolicyThatIsGiven() throws {
    let lint = try lint(good, roles: ["leader", "manager"])
    #expect(words(lint) == ["own.yaml:17:19: nobody has the role lead in the policy"])
    #expect(lint.faults.first?.suggestion == "did you mean leader?")
    #expect(try self.lint(good, roles: []).faults == [])
    let other = try self.lint(good, roles: ["security"])
    #expect(other.faults.first?.suggestion == "one of security")
  }

  @Test func whatIsNoTextIsRefusedAtItsFirstByte() throws {
    let path = "\(folder.path)/own.yaml"
    let bytes = Array("checklist: own\ntitle: Žá".utf8) + [0xFF] + Array("\n".utf8)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let lint = try ChecklistLint(file: path, roles: nil)
    #expect(words(lint) == ["own.yaml:2:10: not UTF-8"])
    try Data(repeating: 0x20, count: (1 << 20) + 1).write(to: URL(fileURLWithPath: path))
    #expect(words(try ChecklistLint(file: path, roles: nil)) == ["own.yaml: larger than 1 MiB"])
    #expect(throws: Problem.self) { try ChecklistLint(file: "\(folder.path)/none", roles: nil) }
  }

  @Test func anAliasBombIsRefusedBeforeItIsUnfolded() throws {
    let bomb = (0..<60).map { "a\($0): &_\($0) [*_\(max(0, $0 - 1)),*_\(max(0, $0 - 1))]" }
    let lint = try lint(bomb.joined(separator: "\n"))
    #expect(words(lint) == ["own.yaml:1:10: anchors and aliases are not supported"])
  }

  @Test func theSameIsSaidAsADocument() throws {
    let lint = try lint(good.replacing("version: 1", with: "version: one"))
    let fault = lint.value["faults"]?.array?.first
    #expect(fault?["line"] == .integer(3) && fault?["column"] == .integer(1))
    #expect(fault?["reason"] == .string("version has to be a whole number"))
    #expect(lint.count.hasPrefix("1 fault in "))
  }

  @Test(arguments: BundledChecklists.names)
  func theBundledOnesAreFine(name: String) throws {
    #expect(try ChecklistLint(file: name, roles: nil).faults == [])
  }

  @Test(arguments: ["accessibility-10.yaml", "acme-25.yaml"])
  func theExamplesAreFine(name: String) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = tests.appendingPathComponent("EndToEndTests/Fixtures/\(name)").path
    #expect(try ChecklistLint(file: path, roles: nil).faults == [])
  }
}
