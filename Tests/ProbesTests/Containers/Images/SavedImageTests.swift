import Checklist
import Foundation
import Testing

@testable import Probes

/// Images that an engine saves; a script stands in for docker and podman.
@Suite(.timeLimit(.minutes(2))) struct SavedImageTests {
  private let folder: TemporaryFolder
  private let image: TestImage

  init() throws {
    folder = try TemporaryFolder()
    image = Self.image("console.log(1)\n")
    try Data(image.docker).write(to: URL(fileURLWithPath: "\(folder.path)/image.tar"))
  }

  private static func image(_ program: String) -> TestImage {
    var layer = TestTar()
    layer.add("app/main.js", program)
    return TestImage([layer])
  }

  private static func exact(_ image: TestImage) -> String {
    "shop@sha256:\(TestImage.digest(image.configuration))"
  }

  /// Puts an engine into the path that notes how it was called and does this.
  private func install(_ engine: String, _ script: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/bin", withIntermediateDirectories: true)
    let path = try folder.write(
      "bin/\(engine)",
      """
      #!/bin/sh
      cd '\(folder.path)'
      echo "\(engine) $* $DOCKER_HOST$CONTAINER_HOST$CONTAINER_CONNECTION$HOME" >>calls
      \(script)

      """)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private var calls: String {
    (try? String(contentsOfFile: "\(folder.path)/calls", encoding: .utf8)) ?? ""
  }

  private func find(
    _ name: String = "shop:1", image: String? = nil, host: String? = nil,
    timeout: Duration = .seconds(30)
  ) async -> Finding {
    var values: [String: JSONValue] = ["save": .string(name)]
    if let image { values["image"] = .string(image) }
    var environment = ["PATH": "\(folder.path)/bin:/usr/bin:/bin", "HOME": "/home/mara"]
    environment["DOCKER_HOST"] = host
    environment["CONTAINER_HOST"] = host
    environment["CONTAINER_CONNECTION"] = host.map { _ in "elsewhere" }
    return await ContainerLayersProbe(parameters: Parameters(values)).run(
      in: ProbeContext(
        repository: folder.path, hostName: "here", now: .real, timeout: timeout,
        environment: environment))
  }

  @Test("docker before podman, by its arguments alone, on this machine")
  func saves() async throws {
    try install("podman", "cat image.tar")
    let exact = Self.exact(image)
    #expect(await find(image: exact, host: "tcp://203.0.113.7:2375").verdict == .pass)
    #expect(calls == "podman save shop:1 \n")
    try install("docker", "cat image.tar")
    let finding = await find(image: exact, host: "tcp://203.0.113.7:2375")
    #expect(finding.verdict == .pass, "\(finding.summary)")
    #expect(finding.details.contains { $0.text == "what docker saved holds \(exact)" })
    _ = await find(host: "unix:///run/user/1000/docker.sock")
    #expect(
      calls.split(separator: "\n").dropFirst() == [
        "docker save shop:1 unix:///var/run/docker.sock",
        "docker save shop:1 unix:///run/user/1000/docker.sock",
      ])
  }

  @Test("it has to be the image that ships")
  func another() async throws {
    try install("docker", "cat image.tar")
    #expect(await find(image: Self.exact(image)).verdict == .pass)
    #expect(await find(image: "shop:2").verdict == .unknown)
    let unnamed = await find()
    #expect(unnamed.verdict == .review, "the name of what is saved says nothing of what ships")
    #expect(unnamed.everything.contains("is that the image that ships?"))
  }

  @Test("an image that this machine keeps under the name from long ago is not taken for the new")
  func stale() async throws {
    try install("docker", "cat image.tar")
    let shipped = Self.exact(Self.image("console.log(2)\n"))
    #expect(await find(image: shipped).verdict == .unknown)
    let named = await find(image: "shop:1")
    #expect(named.verdict == .review, "\(named.summary)")
    #expect(named.everything.contains("docker saved what this machine calls shop:1"))
  }

  @Test(
    "what was not written to its end is not looked at",
    arguments: [
      ("head -c 3000 image.tar", "in the middle of a file"),
      ("cat image.tar; echo 'no space left' >&2; exit 1", "docker save shop:1: no space left"),
      ("exit 0", "holds no image"), ("exit 125", "exit code 125"),
      ("cat image.tar; sleep 60", "in time"), ("echo '{}'", "neither an image nor a history"),
    ])
  func partial(_ script: String, _ words: String) async throws {
    try install("docker", script)
    let finding = await find(timeout: script.contains("sleep") ? .seconds(2) : .seconds(30))
    #expect(finding.verdict == .unknown)
    #expect(finding.everything.contains(words), "\(finding.everything)")
  }

  @Test func withoutAnEngineItSaysSo() async {
    let finding = await find()
    #expect(finding.verdict == .unknown)
    #expect(finding.everything.contains("neither docker nor podman is installed"))
    #expect(finding.everything.contains("--from layers=image.tar"))
  }

  @Test(
    "what is no name is handed to nobody",
    arguments: ["", "-o/etc/passwd", "--output=x", "a b", "a;b", "$(a)", "a\nb"])
  func noName(_ name: String) async throws {
    try install("docker", "cat image.tar")
    #expect(await find(name).verdict == .unknown)
    #expect(calls.isEmpty)
  }

  @Test("nobody finds the file, not even while it is read")
  func privateFile() async throws {
    // A size that no other file has.
    let size = Int.random(in: 100_000..<900_000)
    try Data(count: size).write(to: URL(fileURLWithPath: "\(folder.path)/image.tar"))
    try install("docker", "cat image.tar")
    let image = SavedImage(
      name: "shop:1", environment: ["PATH": "\(folder.path)/bin:/usr/bin:/bin"],
      deadline: .now + .seconds(30))
    let archive = try await image.archive()
    #expect(archive.file.size == size)
    let place = NSTemporaryDirectory()
    let sizes = try FileManager.default.contentsOfDirectory(atPath: place).compactMap { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(place)/\(name)")
      return attributes?[.type] as? FileAttributeType == .typeRegular
        ? attributes?[.size] as? Int : nil
    }
    #expect(!sizes.contains(size))
  }

  @Test("a file that keeps its name is not left open, and no other is tried")
  func fileThatKeepsItsName() throws {
    var kept: [String] = []
    #expect(throws: ArchiveFault.self) {
      _ = try SavedImage.unnamedFile { path in
        kept.append(path)
        return -1
      }
    }
    let path = try #require(kept.first)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(kept.count == 1)
    let name = try #require(path.split(separator: "/").last)
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    #expect(!open.contains { $0.contains(name) })
  }
}
