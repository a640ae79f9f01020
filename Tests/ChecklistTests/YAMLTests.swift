import Testing

@testable import Checklist

private let good = """
  checklist: tiny
  title: Tiny
  version: 3
  domains:
    - title: First
      short: F
      controls:
        - number: "1"
          slug: one
          title: One
          severity: high
          four-eyes: true
          signers: [lead]
          why: because
          points:
            - id: "1.1"
              text: it holds
              how: assisted
              bound-to: target
              valid-for: 30d
              probe: { id: a.b, within: 26h, warn-days: 21, strict: true, path: "${p}" }
            - id: "1.2"
              text: it was done
              how: manual
              bound-to: time
  """

@Suite struct ManyFaultsTests {
  // Comparing each of a hundred thousand keys with all that are known would take half a minute.
  @Test func guessesOnlyForTheFirstOfManyUnknownKeys() {
    let domains = String(repeating: "  - { titel: x }\n", count: 200)
    let found = faults("checklist: a\ntitle: b\nversion: 1\ndomains:\n" + domains)
    #expect(found.count >= 200)
    #expect(found.contains { $0.suggestion == "did you mean title?" })
    #expect(found.dropFirst(DocumentReader.suggestionLimit).allSatisfy { $0.suggestion == nil })
  }
}

private func faults(_ yaml: String) -> [DocumentFault] {
  do {
    _ = try Checklist.read(yaml: yaml, file: "c.yaml")
    return []
  } catch {
    return error.faults
  }
}

@Suite("Reading checklists")
struct YAMLTests {
  @Test("a checklist reads into its parts and survives the way through a record")
  func reads() throws {
    let checklist = try Checklist.read(yaml: good, file: "c.yaml")
    #expect(checklist.id == "tiny")
    #expect(checklist.version == 3)
    #expect(checklist.findingsValidFor == .hours(24))
    let point = try #require(checklist.point("1.1"))
    #expect(point.probes.first?.parameters["warn-days"] == .integer(21))
    #expect(point.probes.first?.parameters["strict"] == .bool(true))
    #expect(point.probes.first?.parameters["within"] == .string("26h"))
    #expect(checklist.control("one")?.fourEyes == true)
    #expect(checklist.control(ofPoint: "1.2")?.number == "1")
    let back = try Checklist.read(recorded: checklist.value)
    #expect(back == checklist)
    #expect(back.value == checklist.value)
  }

  @Test("each fault names its line, its reason and what was probably meant")
  func places() {
    let probeHint = "how: manual, or one of launchgate probes list"
    for (from, to, line, reason, suggestion) in [
      ("severity: high", "severity: hihg", 11, "one of", "did you mean high?"),
      ("version: 3", "version: three", 3, "whole number", nil),
      ("title: One", "titel: One", 10, "no key titel", "did you mean title?"),
      ("four-eyes: true", "four-eyes: yes", 12, "true or false", nil),
      ("how: manual", "how: by-hand", 24, "one of", nil),
      ("bound-to: time", "bound-to: tme", 25, "one of", "did you mean time?"),
      ("valid-for: 30d", "valid-for: 30", 20, "period", nil),
      ("id: \"1.2\"", "id: \"1.1\"", 22, "stands twice", nil),
      ("id: \"1.2\"", "id: \"2.2\"", 22, "does not belong", "its id has to begin with 1."),
      ("how: manual", "how: automatic", 22, "needs a probe", probeHint),
      ("how: assisted", "how: manual", 21, "no probe", "how: assisted, or leave the probe out"),
      ("signers: [lead]", "signers: lead", 13, "list", nil),
      ("text: it was done", "text: \" \"", 23, "empty", nil),
      ("probe: { id: a.b,", "probe: { ", 21, "key id", nil),
      ("title: Tiny", "title: Tiny\ntitle: Twice", 3, "twice", "the other one stands in line 2"),
      ("valid-for: 30d", "probes: [{ id: c.d }]", 20, "probe and probes", nil),
      ("severity: high", "fix: x", 8, "needs the key severity", nil),
    ] as [(String, String, Int, String, String?)] {
      let found = faults(good.replacing(from, with: to, maxReplacements: 1))
      #expect(found.first?.line == line, "\(to): \(found)")
      #expect(found.first?.reason.contains(reason) ?? false, "\(to): \(found)")
      #expect(found.first?.suggestion == suggestion, "\(to): \(found)")
    }
  }

  @Test("one reading finds all faults")
  func several() {
    let yaml = good.replacing("severity: high", with: "severity: low")
      .replacing("how: manual", with: "how: hand").replacing("version: 3", with: "version: x")
    #expect(faults(yaml).map(\.line) == [3, 11, 24])
    #expect(
      faults(good.replacing("bound-to: time", with: "bound-to: x\n            colour: red")).count
        == 2)
  }

  @Test("what is no YAML, or more than a checklist needs, is refused with its place")
  func hostile() {
    let anchors = (0..<60).map { "a\($0): &_\($0) [*_\(max(0, $0 - 1)),*_\(max(0, $0 - 1))]" }
    for (yaml, reason) in [
      ("", "empty"), ("# only\n", "empty"), ("just text", "mapping"), ("- a", "mapping"),
      ("a: [", ""), ("a: b: c", ""), ("a:\n\t- b", ""), ("\"", ""), ("a: 1\na: 2", "twice"),
      ("--- {}\n--- {}", ""), ("? [a]\n: 1", "key has to be text"),
      (anchors.joined(separator: "\n"), "anchors"),
      (String(repeating: "[", count: 65) + String(repeating: "]", count: 65), "64 levels"),
      (String(repeating: "[", count: 100_000), ""), (String(repeating: "- ", count: 100_000), ""),
      (String(repeating: "{a: ", count: 100_000), ""),
      (String(repeating: "a", count: (1 << 20) + 1), "1 MiB"), ("a: \u{0}", ""),
      ("<<: {a: 1}", "<<"),
    ] {
      let found = faults(yaml)
      #expect(found.first?.reason.contains(reason) ?? false, "\(yaml.prefix(30)): \(found)")
    }
  }

  @Test("text with stars and ampersands is text")
  func starsInText() {
    let stars = (0..<40).map { "echo *.\($0) && ls **/x & wait" }.joined(separator: "; ")
    #expect(faults(good.replacing("why: because", with: "why: \"\(stars)\"")).isEmpty)
  }
}

@Suite("Reading configurations")
struct ConfigurationTests {
  private let yaml = """
    launch: { subject: shop, release: 4.10, environment: production }
    authorised: [shop.example]
    paths: [services/shop]
    targets:
      - url: https://shop.example
        resolve: { shop.example: 127.0.0.1 }
        ca: ca.pem
    parameters: { backup.path: /srv, days: 3 }
    policy:
      signatures: required
      people:
        - id: alice
          name: Alice
          emails: [a@x.test]
          keys: ["ssh-ed25519 AAAA"]
          roles: [lead, { role: release-manager, from: 2026-01-01, to: 2026-12-31 }]
      automation: [{ id: ci, key: "ssh-ed25519 BBBB" }]
    launches:
      staging:
        launch: { subject: shop, release: "5", environment: staging }
        checklist: go-live-20
    """

  private func faults(_ yaml: String, launch: String? = nil) -> [DocumentFault] {
    do {
      _ = try Configuration.read(yaml: yaml, launch: launch)
      return []
    } catch {
      return error.faults
    }
  }

  @Test("a configuration reads into its parts, the release as it was spelt")
  func reads() throws {
    let configuration = try Configuration.read(yaml: yaml)
    #expect(configuration.release == "4.10")
    #expect(configuration.evidence == "shop-4.10.evidence.json")
    #expect(configuration.checklist == "production-25")
    #expect(configuration.targets.first?.resolve == ["shop.example": "127.0.0.1"])
    #expect(configuration.parameters["days"] == .integer(3))
    #expect(configuration.policy.signaturesRequired)
    #expect(try Policy.read(recorded: configuration.policy.value) == configuration.policy)
    let alice = try #require(configuration.policy.people.first)
    for (day, isManager) in [
      ("2025-12-31", false), ("2026-01-01", true), ("2026-12-31", true), ("2027-01-01", false),
    ] {
      let date = try #require(CalendarDate(day))
      #expect(alice.has(role: "release-manager", on: date) == isManager)
      #expect(alice.has(role: "lead", on: date))
    }
    #expect(configuration.policy.person(id: "x", email: "A@X.test")?.id == "alice")
    #expect(configuration.policy.person(id: "x", email: "") == nil)
  }

  @Test("a named launch goes before the top level, whose other keys it keeps")
  func named() throws {
    let staging = try Configuration.read(yaml: yaml, launch: "staging")
    #expect(staging.environment == "staging")
    #expect(staging.checklist == "go-live-20")
    #expect(staging.authorised == ["shop.example"])
    #expect(faults(yaml, launch: "stagin").first?.suggestion == "did you mean staging?")
    let only = yaml.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(faults(only).first?.reason.contains("choose one with --launch (staging)") ?? false)
    #expect(faults("launch: { subject: a, release: b, environment: c }", launch: "x").count == 1)
  }

  @Test("named launches of one release keep evidence files of their own")
  func evidenceOfNamedLaunches() throws {
    let two = """
      launches:
        web: { launch: { subject: shop, release: "1", environment: production } }
        api: { launch: { subject: shop, release: "1", environment: staging } }
      """
    let names = ["web", "api"].map { "shop-1-\($0).evidence.json" }
    for (index, name) in ["web", "api"].enumerated() {
      let configuration = try Configuration.read(yaml: two, launch: name)
      #expect(configuration.evidence == names[index])
      #expect(configuration.allEvidence == names)
    }
    let shared = "evidence: all.evidence.json\n" + two
    #expect(
      faults(shared, launch: "web").map(\.reason).contains { $0.contains("evidence file of") })
    let same = two.replacing("staging", with: "production")
    let fault = faults(same, launch: "web").first
    #expect(fault?.reason.contains("subject, release and environment of the launch web") ?? false)
    #expect(fault?.line == 3)
    let top = "launch: { subject: shop, release: \"1\", environment: production }\n"
    #expect(faults(top + "launches: { web: { paths: [web] } }").count == 1)
    // Names that differ only in what a file name cannot hold.
    let close = two.replacing("web:", with: "\"a b\":").replacing("api:", with: "a-b:")
    #expect(faults(close, launch: "a-b").first?.reason.contains("evidence file of") ?? false)
  }

  @Test("one address or key of two people is refused, as it would make one person two")
  func doubles() {
    let second = "    - { id: bob, name: Bob, emails: [A@x.test], keys: [k], roles: [lead] }\n"
    let people = yaml.replacing("  automation:", with: second + "  automation:")
    #expect(faults(people).first?.reason.contains("two people") ?? false)
    #expect(faults(people.replacing("A@x.test", with: "b@x.test")).isEmpty)
    let keys = people.replacing("A@x.test", with: "b@x.test")
      .replacing("keys: [k]", with: "keys: [\"ssh-ed25519 AAAA other comment\"]")
    #expect(faults(keys).first?.reason.contains("two people") ?? false)
  }
}
