import Testing

@testable import Probes

@Suite struct ProbeRegistryTests {
  @Test func isInAlphabeticalOrderWithoutRepetition() {
    let ids = ProbeRegistry.all.map { $0.manual.id }
    #expect(ids == Array(Set(ids)).sorted())
  }

  @Test(arguments: [
    "container.dockerfile", "dependencies.locked", "secrets.env-ignored", "secrets.git-history",
    "ssh.server-configuration",
  ])
  func knowsTheProbe(_ id: String) throws {
    let manual = try #require(ProbeRegistry.probe(id)).manual
    for text in [manual.claim, manual.method, manual.facts, manual.fix, manual.reproduce] {
      #expect(!text.isEmpty)
    }
    #expect(!manual.tools.isEmpty)
  }

  @Test("a command is said to be run only where the probe runs it")
  func commands() {
    #expect(
      ContainerLayersProbe.manual.commands == [
        "docker history (native)", "docker save (runs docker)", "dive (native)",
        "trivy image --scanners secret (native)",
      ])
    #expect(SecretsEnvIgnoredProbe.manual.commands.allSatisfy { $0.hasSuffix("(runs git)") })
  }
}
