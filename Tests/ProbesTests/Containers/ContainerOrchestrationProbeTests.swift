import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct ContainerOrchestrationProbeTests {
  private func compose(_ service: String, _ check: OrchestrationCheck) -> Finding {
    let body = service.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    return judge("services:\n  web:\n    image: a\n\(body)\n", check)
  }

  private func judge(
    _ text: String, _ check: OrchestrationCheck, name: String = "compose.yaml"
  ) -> Finding {
    let file = OrchestrationFile(GitPath(name), .text(text))
    return ContainerOrchestrationProbe.judge([file].compactMap { $0 }, [check])
  }

  @Test(arguments: [
    ("privileged: true", OrchestrationCheck.privileged, Finding.Verdict.fail),
    ("privileged: yes", .privileged, .fail), ("privileged: \"true\"", .privileged, .fail),
    ("privileged: false", .privileged, .pass), ("# privileged: true", .privileged, .pass),
    ("privileged: ${P}", .privileged, .review), ("", .privileged, .pass),
    ("cap_add: [NET_ADMIN]", .capabilities, .review), ("cap_add: [ALL]", .capabilities, .fail),
    ("cap_add:\n  - cap_all", .capabilities, .fail), ("cap_drop: [ALL]", .capabilities, .pass),
    ("security_opt: ['seccomp=unconfined']", .capabilities, .review),
    ("network_mode: host", .hostNamespaces, .review), ("pid: \"host\"", .hostNamespaces, .review),
    ("network_mode: bridge", .hostNamespaces, .pass),
    ("volumes: ['/var/run/docker.sock:/s:ro']", .containerSocket, .fail),
    (
      "volumes: [{type: bind, source: /run/podman/podman.sock, target: /s}]", .containerSocket,
      .fail
    ),
    ("volumes: ['/:/host']", .containerSocket, .fail),
    ("volumes: ['data:/d']", .containerSocket, .pass),
    ("volumes: ['./:/app']", .containerSocket, .pass),
    ("ports: ['5432:5432']", .databasePorts, .fail), ("ports: [5432]", .databasePorts, .fail),
    ("ports: ['15432:5432/tcp']", .databasePorts, .fail),
    ("ports: ['0.0.0.0:6379:6379']", .databasePorts, .fail),
    ("ports: ['[::]:6379:6379']", .databasePorts, .fail),
    ("ports: ['127.0.0.1:5432:5432']", .databasePorts, .pass),
    ("ports: ['[::1]:5432:5432']", .databasePorts, .pass),
    ("ports: ['10.0.0.5:5432:5432']", .databasePorts, .review),
    ("ports: ['5000-6000:5000-6000']", .databasePorts, .fail),
    ("ports: ['${BIND:-127.0.0.1}:5432:5432']", .databasePorts, .pass),
    ("ports: ['${BIND:-0.0.0.0}:5432:5432']", .databasePorts, .fail),
    ("ports: ['${BIND}:5432:5432']", .databasePorts, .review),
    ("ports: ['443:8443', 'what']", .databasePorts, .review),
    ("ports: [{target: 3306, published: '3306'}]", .databasePorts, .fail),
    ("ports: [{target: 3306, published: 3306, host_ip: 127.0.0.1}]", .databasePorts, .pass),
    ("ports: ['443:8443']", .databasePorts, .pass),
    ("mem_limit: 512m", .memoryLimit, .pass), ("mem_limit: 0", .memoryLimit, .fail),
    ("mem_limit: ${M}", .memoryLimit, .review), ("mem_limit: ${M:-1g}", .memoryLimit, .pass),
    ("deploy: {resources: {limits: {memory: 1G}}}", .memoryLimit, .pass),
    ("deploy: {resources: {reservations: {memory: 1G}}}", .memoryLimit, .fail),
    ("", .memoryLimit, .fail), ("extends: {service: x}", .memoryLimit, .review),
    ("extends: {file: base.yml, service: x}", .privileged, .review),
    ("user: '1000:1000'", .nonRoot, .pass), ("user: root", .nonRoot, .fail),
    ("user: '0:0'", .nonRoot, .fail), ("", .nonRoot, .review), ("user: ${U}", .nonRoot, .review),
  ])
  func judgesServices(_ service: String, _ check: OrchestrationCheck, _ expected: Finding.Verdict) {
    let finding = compose(service, check)
    #expect(finding.verdict == expected, "\(service): \(finding.everything)")
  }

  private func pod(_ container: String, _ spec: String = "") -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop}
    spec:
      template:
        spec:
          \(spec.isEmpty ? "restartPolicy: Always" : spec)
          containers:
            - {name: web, image: a, \(container)}
    """
  }

  @Test(arguments: [
    (
      "securityContext: {privileged: true}", "", OrchestrationCheck.privileged, Finding.Verdict.fail
    ),
    ("securityContext: {capabilities: {add: [SYS_ADMIN]}}", "", .capabilities, .review),
    ("securityContext: {allowPrivilegeEscalation: true}", "", .capabilities, .review),
    ("resources: {limits: {memory: 1Gi}}", "", .memoryLimit, .pass),
    ("resources: {requests: {memory: 1Gi}}", "", .memoryLimit, .fail),
    ("", "", .memoryLimit, .fail),
    ("", "securityContext: {runAsNonRoot: true}", .nonRoot, .pass),
    ("securityContext: {runAsUser: 0}", "securityContext: {runAsNonRoot: true}", .nonRoot, .fail),
    ("securityContext: {runAsNonRoot: 'true'}", "", .nonRoot, .review), ("", "", .nonRoot, .review),
    ("", "hostNetwork: true", .hostNamespaces, .review),
    ("", "hostPID: true", .hostNamespaces, .review),
    ("", "volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]", .containerSocket, .fail),
    ("ports: [{containerPort: 6379, hostPort: 6379}]", "", .databasePorts, .fail),
    ("ports: [{containerPort: 6379}]", "", .databasePorts, .pass),
  ])
  func judgesPods(
    _ container: String, _ spec: String, _ check: OrchestrationCheck, _ expected: Finding.Verdict
  ) {
    let text = pod(container.isEmpty ? "tty: false" : container, spec)
    #expect(judge(text, check, name: "a/shop.yml").verdict == expected, "\(text)")
    let list =
      "apiVersion: v1\nkind: List\nitems:\n"
      + text.split(separator: "\n").enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
      .joined(separator: "\n")
    #expect(judge(list, check, name: "list.yaml").verdict == expected, "\(list)")
  }

  @Test func judgesServicesOfKubernetes() {
    let service = { (type: String) in
      "apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {type: \(type), ports: [{port: 5432}]}\n"
    }
    #expect(judge(service("LoadBalancer"), .databasePorts, name: "s.yml").verdict == .fail)
    #expect(judge(service("NodePort"), .databasePorts, name: "s.yml").verdict == .review)
    #expect(judge(service("ClusterIP"), .databasePorts, name: "s.yml").verdict == .notApplicable)
  }

  @Test(arguments: [
    "services: {web: {image: a, mem_limit: '{{ .Values.m }}'}}", "services: [", "",
    "services:\n  web: &a\n    x: *b\n", "a: 1\na: 2\n", "\u{1}",
  ])
  func unknownWhereItDoesNotParse(_ text: String) {
    for check in OrchestrationCheck.allCases {
      let finding = judge(text, check)
      #expect(finding.verdict == .unknown, "\(text) \(finding.everything)")
      #expect(finding.hint?.contains("helm template") == true)
    }
  }

  @Test func emptyLinesWithoutEndAreReadOnce() {
    let start = ContinuousClock.now
    let text = "apiVersion: v1\n" + String(repeating: "\n \n", count: 300_000) + "kind: Pod\n"
    #expect(OrchestrationFile(GitPath("a.yml"), .text(text)) == nil)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func anAliasCannotHideAPrivilege() {
    let text = "x-base: &b {privileged: true}\nservices:\n  web:\n    <<: *b\n    image: a\n"
    #expect(judge(text, .privileged).verdict == .fail)
  }

  @Test func filesThatAreNotForProductionAreLeftToAPerson() {
    let text = "services: {web: {image: a, privileged: true}}"
    for name in ["compose.override.yml", "docker-compose.dev.yaml", "tests/compose.yml"] {
      #expect(judge(text, .privileged, name: name).verdict == .review, "\(name)")
    }
    #expect(judge(text, .privileged, name: "docker-compose.prod.yml").verdict == .fail)
    #expect(judge(text, .privileged, name: "devices/compose.yml").verdict == .fail)
  }

  private func probe(_ parameters: [String: JSONValue] = [:]) -> ContainerOrchestrationProbe {
    ContainerOrchestrationProbe(parameters: Parameters(parameters))
  }

  @Test func findsTheFilesOfTheRepository() async throws {
    let sandbox = try await GitSandbox()
    #expect(await sandbox.run(probe()).verdict == .notApplicable)
    try sandbox.write("ci.yml", "on: push\njobs: {}\n")
    try sandbox.write("broken.yml", "on: [\n")
    try sandbox.write("node_modules/x/compose.yml", "services: {a: {privileged: true}}")
    try await sandbox.commit()
    #expect(await sandbox.run(probe()).verdict == .notApplicable)
    let good = "services: {a: {image: b, mem_limit: 1g, user: '10'}}\n"
    try sandbox.write("a b/compose.yml", good)
    let finding = await sandbox.run(probe())
    #expect(finding.verdict == .pass, "\(finding.everything)")
    #expect(finding.coverage["containers"] == 1)
    try sandbox.write("k8s/db.yaml", pod("securityContext: {privileged: true}"))
    #expect(await sandbox.run(probe()).verdict == .fail, "untracked files count")
    #expect(await probe().run(in: sandbox.context(paths: ["a b"])).verdict == .pass)
    #expect(await sandbox.run(probe(["checks": .strings(["root"])])).verdict == .unknown)
    #expect(await sandbox.run(probe(["checks": .array([])])).verdict == .unknown)
    #expect(await sandbox.run(probe(["files": .strings(["k8s/none.yaml"])])).verdict == .unknown)
  }

  @Test func unknownForALinkALargeFileAFileThatIsNoTextOrNoRepository() async throws {
    let good = "services: {a: {image: b, mem_limit: 1g, user: '10'}}\n"
    let sandbox = try await GitSandbox()
    try Data(good.utf8).write(to: URL(fileURLWithPath: sandbox.root + "/outside.yml"))
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.top + "/compose.yml", withDestinationPath: "../outside.yml")
    #expect(await sandbox.run(probe()).verdict == .unknown)
    try sandbox.remove("compose.yml")
    try sandbox.write("compose.yml", good + String(repeating: "# x\n", count: 300_000))
    #expect(await sandbox.run(probe()).verdict == .unknown)
    try sandbox.write("compose.yml", Array(good.utf8) + [0])
    #expect(await sandbox.run(probe()).verdict == .unknown)
    #expect(await probe().run(in: sandbox.context(folder: sandbox.root)).verdict == .unknown)
  }

  @Test func aFolderThatLeadsOutOfTheRepositoryIsNotFollowed() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write(
      "deploy/compose.yml", "services: {a: {image: b, mem_limit: 1g, user: '10'}}\n")
    try await sandbox.commit()
    #expect(await sandbox.run(probe()).verdict == .pass)
    try FileManager.default.moveItem(
      atPath: sandbox.top + "/deploy", toPath: sandbox.root + "/elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.top + "/deploy", withDestinationPath: "../elsewhere")
    let finding = await sandbox.run(probe())
    #expect(finding.verdict == .unknown, "\(finding.everything)")
    #expect(finding.everything.contains("outside"))
  }
}
