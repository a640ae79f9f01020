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
    #expect(throws: ParameterResolution.Unset(names: ["a", "b"])) {
      try ParameterResolution.resolve(
        ["x": .string("${b} ${a}"), "y": .array([.string("${a}")])], from: Self.values)
    }
  }

  private func faults(_ probe: String, _ parameters: [String: JSONValue]) -> [String] {
    let point = Point(
      id: "1.1", text: "t", how: .automatic, boundTo: .target,
      probes: [ProbeReference(id: probe, parameters: parameters)])
    let control = Control(
      number: "1", slug: "s", title: "t", severity: .high, points: [point])
    let checklist = Checklist(
      id: "c", title: "t", version: 1,
      domains: [Domain(title: "d", short: "d", controls: [control])])
    return ProbeRegistry.faults(in: checklist, file: "f").map(\.reason)
  }

  @Test func faultsOfReferencesAreNamed() {
    #expect(
      faults("crystal.ball", [:]) == ["the point 1.1 uses the unknown probe crystal.ball"])
    #expect(
      faults("tls.certificate", ["colour": .string("red")]) == [
        "the point 1.1 gives tls.certificate the unknown parameter colour"
      ])
    #expect(
      faults("tls.certificate", ["warn-days": .string("many")]) == [
        "warn-days of tls.certificate at point 1.1 has to be integer"
      ])
    #expect(faults("tls.certificate", ["warn-days": .integer(21)]).isEmpty)
    #expect(faults("tls.certificate", ["warn-days": .string("${days}")]).isEmpty)
    #expect(
      faults("headers.security", ["headers": .array([.integer(1)])]) == [
        "headers of headers.security at point 1.1 has to be texts"
      ])
    #expect(
      faults("headers.security", ["frame-ancestors-suffices": .string("yes")]) == [
        "frame-ancestors-suffices of headers.security at point 1.1 has to be flag"
      ])
  }

  @Test func oneProbeIsUsedOnceByAPoint() {
    let reference = ProbeReference(id: "tls.certificate")
    let point = Point(
      id: "1.1", text: "t", how: .automatic, boundTo: .target, probes: [reference, reference])
    let control = Control(number: "1", slug: "s", title: "t", severity: .high, points: [point])
    let checklist = Checklist(
      id: "c", title: "t", version: 1,
      domains: [Domain(title: "d", short: "d", controls: [control])])
    #expect(
      ProbeRegistry.faults(in: checklist, file: "f").map(\.reason) == [
        "the point 1.1 uses one probe twice"
      ])
  }

  @Test(arguments: BundledChecklists.names)
  func everyParameterOfTheBundledChecklistsIsKnown(name: String) throws {
    let yaml = try #require(BundledChecklists.yaml(name))
    let checklist = try Checklist.read(yaml: yaml, file: name)
    #expect(ProbeRegistry.faults(in: checklist, file: name).isEmpty)
    #expect(checklist.points.contains { !$0.probes.isEmpty })
  }
}
