import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct ContainerInspectProbeTests {
  /// As docker 24 writes it, without what nobody reads here.
  private static func docker(
    user: String = "10001", memory: Int = 536_870_912, privileged: Bool = false,
    added: String = "null", image: String = "shop@sha256:ab", mounts: String = ""
  ) -> String {
    """
    [{"Id":"4f1c","Name":"/shop","Image":"sha256:ff","Config":{"User":"\(user)","Image":"\(image)",
    "Env":["API_KEY=sk_live_abc"]},"HostConfig":{"Memory":\(memory),"Privileged":\(privileged),
    "CapAdd":\(added),"Binds":null},"Mounts":[\(mounts)]}]
    """
  }

  private func find(_ text: String, _ values: [String: JSONValue] = [:]) async throws -> Finding {
    let folder = try TemporaryFolder()
    let path = try folder.write("inspect.json", text)
    let context = ProbeContext(hostName: "ci", now: .real, reports: ["container": [path]])
    return await ContainerInspectProbe(parameters: Parameters(values)).run(in: context)
  }

  @Test func passesAndKeepsNoSecret() async throws {
    let finding = try await find(Self.docker())
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(!"\(finding)".contains("sk_live"))
    #expect(finding.transcript.contains("SHA-256"))
  }

  @Test(arguments: [
    docker(user: ""), docker(user: "0"), docker(user: "root"), docker(user: "0:0"),
    docker(user: "root:app"), docker(user: "00"), docker(memory: 0), docker(privileged: true),
    docker(added: "[\"ALL\"]"),
    docker(mounts: "{\"Type\":\"bind\",\"Source\":\"/var/run/docker.sock\"}"),
  ])
  func fails(_ text: String) async throws {
    let finding = try await find(text)
    #expect(finding.verdict == .fail, "\(finding.summary)")
  }

  @Test(arguments: [docker(added: "[\"NET_ADMIN\"]"), docker(image: "shop:latest")])
  func asks(_ text: String) async throws {
    #expect(try await find(text).verdict == .review)
  }

  @Test(arguments: [
    "[]", "{}", "[{}]", "[{\"Id\":\"1\",\"Config\":{\"User\":\"1\"},\"HostConfig\":{}}]",
    // An image has no limits: only its user can be judged.
    "[{\"Id\":\"sha256:1\",\"RepoTags\":[\"shop:1\"],\"Config\":{\"User\":\"app\"},\"RootFS\":{}}]",
  ])
  func unknown(_ text: String) async throws {
    let finding = try await find(text)
    #expect(finding.verdict == .unknown, "\(finding.summary)")
  }

  @Test func takesOnlyTheUserFromAnImage() async throws {
    let image = "[{\"Id\":\"sha256:1\",\"RepoTags\":[\"shop:1\"],\"Config\":{\"User\":\"app\"}}]"
    let user: [String: JSONValue] = ["checks": .strings(["user"])]
    #expect(try await find(image, user).verdict == .pass)
    #expect(try await find(image.replacing("app", with: "root"), user).verdict == .fail)
  }

  @Test func unknownWithoutAReportOrElsewhere() async {
    let context = ProbeContext(hostName: "ci", now: .real, environment: ["PATH": "/usr/bin"])
    let none = await ContainerInspectProbe(parameters: Parameters()).run(in: context)
    #expect(none.verdict == .unknown && none.hint?.contains("--from container=") == true)
    for name in ["shop", "--help"] {
      let probe = ContainerInspectProbe(parameters: Parameters(["containers": .strings([name])]))
      #expect(await probe.run(in: context).verdict == .unknown)
    }
  }
}
