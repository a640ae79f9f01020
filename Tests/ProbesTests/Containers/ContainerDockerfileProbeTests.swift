import Checklist
import Foundation
import Testing

@testable import Probes

@Suite struct ContainerDockerfileProbeTests {
  private static let digest = "@sha256:" + String(repeating: "0123456789abcdef", count: 4)
  private static let base = "FROM debian:12\(digest)\n"

  private func verdict(_ text: String, _ check: DockerfileCheck) -> Finding.Verdict {
    judge(Array(text.utf8), [check]).verdict
  }

  // 2 to the power of 60 bytes, if they were all filled in.
  @Test func variablesThatDoubleEachOtherDoNotFillTheMemory() {
    let doubling = String(repeating: "ARG A=$A$A\n", count: 60)
    #expect(verdict("ARG A=x\n\(doubling)FROM $A", .pinnedBase) == .review)
    let inStage = String(repeating: "ENV A=$A$A\n", count: 60)
    #expect(verdict("\(Self.base)ENV A=x\n\(inStage)USER $A", .nonRoot) == .review)
  }

  @Test func theLastStageOfANameCounts() {
    let stages = "FROM a AS b\nUSER root\nFROM a AS B\nUSER me\nFROM b\n"
    #expect(verdict(stages, .nonRoot) == .pass)
  }

  private func judge(
    _ bytes: [UInt8], _ checks: [DockerfileCheck] = DockerfileCheck.allCases
  ) -> Finding {
    ContainerDockerfileProbe.judge([DockerfileObservation(GitPath("Dockerfile"), bytes)], checks)
  }

  @Test(arguments: [
    ("FROM debian:12\(digest)", Finding.Verdict.pass),
    ("FROM debian\(digest) AS x", .pass),
    ("FROM --platform=$BUILDPLATFORM r.io:5000/a/b:1\(digest)", .pass),
    ("FROM scratch", .pass),
    ("from Scratch", .pass),
    ("FROM debian:12", .review),
    ("FROM r.io:5000/a/b:1.2-slim", .review),
    ("ARG V=12\nFROM debian:${V}", .review),
    ("ARG I=debian:12\(digest)\nFROM $I", .pass),
    ("ARG V\nFROM debian:$V", .review),
    ("FROM debian:${V:-12\(digest)}", .pass),
    ("FROM debian:${V:-latest}", .fail),
    ("FROM debian", .fail),
    ("FROM r.io:5000/debian", .fail),
    ("FROM debian:latest", .fail),
    ("FROM debian@sha256:abc", .fail),
    ("FROM debian:12\(digest) AS a\nFROM A\nFROM a AS b\nFROM b", .pass),
    ("FROM debian:12\(digest) AS a\nFROM node", .fail),
    ("# escape=`\nFROM `\n  debian:12\(digest)", .pass),
    ("FROM \\\n# comment\n\n  debian", .fail),
    ("FROM debian:12\(digest)\nRUN <<EOF\nFROM evil\nEOF\n", .pass),
    ("FROM debian:12\(digest)\nRUN cat <<-'A' <<B\n\tFROM x\n\tA\nFROM y\nB\n", .pass),
    ("FROM debian:12\(digest)\n# FROM evil\nRUN x \\\nFROM evil\n", .pass),
    ("\u{FEFF}FROM debian:12\(digest)\r\nRUN a \\\r\n  b\r\n", .pass),
  ])
  func judgesBases(_ text: String, _ expected: Finding.Verdict) {
    #expect(verdict(text + "\n", .pinnedBase) == expected)
  }

  @Test(arguments: [
    ("USER app", Finding.Verdict.pass), ("USER 1000:1000", .pass), ("USER app\nUSER 10", .pass),
    ("ARG U=app\nUSER $U", .pass), ("ENV U app\nUSER ${U}", .pass), ("USER ${U:-app}", .pass),
    ("USER root", .fail), ("USER 0", .fail), ("USER 0:0", .fail), ("USER ROOT", .fail),
    ("USER 00", .fail), ("USER \"root\"", .fail), ("USER app\nUSER root", .fail), ("", .fail),
    ("USER root:app", .fail), ("ONBUILD USER app", .fail), ("RUN echo \\\nUSER app", .fail),
    ("RUN <<E\nUSER app\nE", .fail), ("# USER app", .fail), ("ARG U\nUSER $U", .review),
    ("USER app\nFROM debian", .fail), ("USER app\nFROM debian\nUSER app", .pass),
  ])
  func judgesTheUser(_ text: String, _ expected: Finding.Verdict) {
    #expect(verdict(Self.base + text + "\n", .nonRoot) == expected)
  }

  @Test func inheritsTheUserOfAStage() {
    #expect(verdict(Self.base.dropLast() + " AS a\nUSER app\nFROM a\nRUN x\n", .nonRoot) == .pass)
    #expect(verdict("FROM gcr.io/distroless/static:nonroot\n", .nonRoot) == .review)
  }

  @Test(arguments: [
    "ENV DB_PASSWORD=x7gh2", "ENV A=1 API_KEY='k' B=2", "ARG NPM_TOKEN=abc",
    "ENV SECRET_KEY abc def",
    "COPY .env /app/", "COPY --chown=a:b config/.env.production ./", "ADD id_rsa /root/.ssh/id_rsa",
    "COPY [\".env\", \"/app\"]", "COPY a \\\n  .env /app/", "COPY deploy/server.key /etc/",
    "RUN git clone https://bot:Zx9" + "kQ2vLp@git.shop.io/x",
    "RUN <<EOF\ncurl -H 'x: " + PlantedSecret.checked("gh" + "p_") + "'\nEOF",
    "LABEL k=" + PlantedSecret.checked("gh" + "p_"), "ONBUILD ENV AUTH_TOKEN=abcdef",
    "ENV db_password=changeme",
  ])
  func failsOnSecrets(_ text: String) {
    let finding = judge(Array((Self.base + text + "\n").utf8), [.noSecrets])
    #expect(finding.verdict == .fail, "\(finding.message)")
    for secret in ["x7gh2", "kQ2vLp", PlantedSecret.checked("gh" + "p_")] {
      #expect(!finding.everything.contains(secret))
    }
  }

  @Test(arguments: [
    ("ENV DB_PASSWORD_FILE=/run/secrets/db", Finding.Verdict.pass), ("ENV TOKEN_TTL=3600", .pass),
    ("ENV PUBLIC_KEY=abc", .pass), ("ENV DB_PASSWORD=", .pass), ("COPY .env.example /app/", .pass),
    ("RUN --mount=type=secret,id=t cat /run/secrets/t", .pass), ("ENV USE_TOKEN=true", .pass),
    ("RUN SECRET_KEY_BASE=dummy rails assets:precompile", .pass), ("COPY . .", .pass),
    ("ARG NPM_TOKEN", .review), ("ENV NPM_TOKEN=$NPM_TOKEN", .review), ("COPY .npmrc .", .review),
    ("RUN export DB_PASSWORD=k7Gh2wQz9 && x", .review),
  ])
  func leavesOthersAlone(_ text: String, _ expected: Finding.Verdict) {
    #expect(verdict(Self.base + text + "\n", .noSecrets) == expected)
  }

  @Test(arguments: [
    "", "\n# nothing\n", "RUN x\nFROM debian:12\n", "{% if x %}\nFROM debian\n",
    "FROM debian\nRUN <<EOF\nno end\n",
    "FROM debian\nBOGUS x\n", "<<<<<<< HEAD\nFROM a\n=======\nFROM b\n>>>>>>> x\n",
    "FROM a\u{0}b\n",
  ])
  func unknownWhereItDoesNotParse(_ text: String) {
    let finding = judge(Array(text.utf8))
    #expect(finding.verdict == .unknown, "\(finding.message)")
    #expect(finding.hint != nil)
  }

  @Test func survivesHostileFiles() {
    _ = judge([0xFF, 0xFE, 0x00])
    for text in [
      "FROM", "FROM --platform=x", "FROM $", "FROM ${", "FROM ${A:-${B}}", "USER", "FROM a AS",
      "ENV",
      "FROM a\nENV =\nENV A\nENV \"\nCOPY\nCOPY [\nADD x\nRUN <<\nRUN <<''\n", "FROM a\\",
      "FROM a\n" + String(repeating: "RUN \\\n", count: 10_000), "# escape=",
    ] { _ = judge(Array(text.utf8)) }
  }

  @Test func findsTheFilesOfTheRepository() async throws {
    let good = Self.base + "USER app\n"
    let sandbox = try await GitSandbox()
    let probe = ContainerDockerfileProbe(parameters: Parameters())
    #expect(await sandbox.run(probe).verdict == .notApplicable)
    try sandbox.write("Dockerfile", good)
    try sandbox.write("node_modules/x/Dockerfile", "FROM x")
    try sandbox.write("Dockerfile.dockerignore", "x")
    try sandbox.write("a\nb/Containerfile", good)
    try await sandbox.commit()
    let finding = await sandbox.run(probe)
    #expect(finding.verdict == .pass, "\(finding.everything)")
    #expect(finding.coverage["paths"] == 2)
    #expect(finding.facts.keys.allSatisfy { $0.allSatisfy { $0.isASCII && $0 != "\n" } })
    try sandbox.write("api/web.Dockerfile", "FROM debian\n")
    #expect(await sandbox.run(probe).verdict == .fail, "untracked files count")
    #expect(await probe.run(in: sandbox.context(paths: ["apx"])).verdict == .notApplicable)
    #expect(await probe.run(in: sandbox.context(paths: ["api/"])).verdict == .fail)
  }

  @Test func unknownForALinkALargeFileOrNoRepository() async throws {
    let sandbox = try await GitSandbox()
    let probe = ContainerDockerfileProbe(parameters: Parameters())
    try Data((Self.base + "USER app\n").utf8)
      .write(to: URL(fileURLWithPath: sandbox.root + "/outside"))
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.top + "/Dockerfile", withDestinationPath: "../outside")
    #expect(await sandbox.run(probe).verdict == .unknown)
    try await sandbox.commit()
    #expect(await sandbox.run(probe).verdict == .unknown, "a tracked link is no file either")
    try sandbox.remove("Dockerfile")
    try sandbox.write("Dockerfile", Self.base + String(repeating: "# x\n", count: 300_000))
    #expect(await sandbox.run(probe).verdict == .unknown)
    #expect(await probe.run(in: sandbox.context(folder: sandbox.root)).verdict == .unknown)
  }

  @Test func runsTheChosenChecks() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("Dockerfile", Self.base)
    let chosen = { (checks: [String]) in
      ContainerDockerfileProbe(parameters: Parameters(["checks": .strings(checks)]))
    }
    #expect(await sandbox.run(chosen(["pinned-base"])).verdict == .pass)
    #expect(await sandbox.run(chosen(["non-root"])).verdict == .fail)
    #expect(await sandbox.run(chosen(["rootless"])).verdict == .unknown)
    #expect(await sandbox.run(chosen([])).verdict == .unknown)
  }
}
