import Checklist
import Evidence
import Gate
import Testing

@Suite("Parameters of the checklist and of the run")
struct ParameterTests {
  /// A launch whose point gives its probe one parameter, and a run that used another value.
  private func launch(
    wanted: JSONValue, used: JSONValue, verdict: Finding.Verdict
  ) throws -> Launch {
    var launch = try Launch(.automatic, isOpened: false)
    launch.point.probes = [ProbeReference(id: "p", parameters: ["minimum": wanted])]
    launch.control.points = [launch.point]
    try launch.open()
    let finding = ProbeFinding(
      point: "1.1", probe: "p", version: 1, parameters: ["minimum": used],
      finding: Finding(verdict, "seen"))
    try launch.add(.run(Run(findings: [finding])), by: Launch.machine())
    return launch
  }

  @Test("a pass by a laxer parameter than the checklist's does not count")
  func laxerRun() throws {
    let launch = try launch(wanted: .string("1.2"), used: .string("1.0"), verdict: .pass)
    #expect(try launch.judged() == "UNKNOWN INCOMPLETE")
  }

  @Test("a failure counts, whatever the parameter was")
  func failureByOtherParameter() throws {
    let launch = try launch(wanted: .string("1.2"), used: .string("1.0"), verdict: .fail)
    #expect(try launch.judged() == "FAIL NO-GO")
  }

  @Test("the same parameter and a filled-in placeholder count")
  func sameParameter() throws {
    for wanted in [JSONValue.string("1.2"), .string("${tls.minimum}"), .strings(["${a}"])] {
      let used = wanted == .strings(["${a}"]) ? JSONValue.strings(["x"]) : .string("1.2")
      let launch = try launch(wanted: wanted, used: used, verdict: .pass)
      #expect(try launch.judged() == "OK GO")
    }
  }
}
