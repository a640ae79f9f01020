import Checklist

/// What can be checked about a Dockerfile.
enum DockerfileCheck: String, Sendable, CaseIterable {
  case pinnedBase = "pinned-base"
  case noSecrets = "no-secrets"
  case nonRoot = "non-root"
}

/// One Dockerfile, parsed, or why it could not be.
struct DockerfileObservation: Equatable, Sendable {
  var path: GitPath
  var file: Dockerfile?
  var trouble: String?

  init(_ path: GitPath, trouble: String) {
    self.path = path
    self.trouble = trouble
  }

  init(_ path: GitPath, _ bytes: [UInt8]) {
    self.path = path
    do {
      file = try Dockerfile(bytes)
    } catch {
      trouble = "line \(error.line): \(error.reason)"
    }
  }

  /// How many instructions were read.
  var count: Int { file?.instructions.count ?? 0 }

  /// What the checks say, each part with file and line.
  func details(_ checks: [DockerfileCheck]) -> [Finding.Detail] {
    guard let file else { return [.init(.unknown, "\(path.text): \(trouble ?? "not read")")] }
    let stages = DockerfileStages(file)
    return checks.flatMap { check in
      switch check {
      case .pinnedBase: stages.stages.compactMap { baseDetail($0) }
      case .noSecrets: secretDetails(file)
      case .nonRoot: [userDetail(stages)]
      }
    }
  }

  var facts: [String: String] {
    guard let file else { return ["\(path.factName)": "not read"] }
    let stages = DockerfileStages(file)
    var facts = ["\(path.factName):user": stages.finalUser?.name ?? ""]
    let bases = stages.stages.filter { $0.parent == nil }.map(\.image)
    facts["\(path.factName):bases"] = bases.joined(separator: " ")
    for detail in secretDetails(file) where detail.verdict != .pass {
      facts["\(path.factName):secret:\(GitPath(detail.text).digest)"] = detail.text
    }
    return facts
  }

  private func at(_ line: Int, _ text: String) -> String { "\(path.text):\(line): \(text)" }

  private func baseDetail(_ stage: DockerfileStages.Stage) -> Finding.Detail? {
    guard stage.parent == nil else { return nil }
    guard stage.image.lowercased() != "scratch" else {
      return .init(.pass, at(stage.line, "scratch is empty and needs no pin"))
    }
    switch ImageReference(stage.image).pin {
    case _ where !stage.isResolved:
      return .init(.review, at(stage.line, "the base depends on a build argument without default"))
    case .digest:
      return .init(.pass, at(stage.line, "\(stage.image) is pinned by its digest"))
    case .tag(let tag) where tag != "latest":
      return .init(.review, at(stage.line, "\(stage.image) can change under its tag"))
    case .tag, .untagged:
      return .init(.fail, at(stage.line, "\(stage.image) is whatever is latest at build time"))
    case .malformed:
      return .init(.fail, at(stage.line, "\(stage.image) has a digest that is none"))
    }
  }

  private func userDetail(_ stages: DockerfileStages) -> Finding.Detail {
    let line = stages.stages.last?.line ?? 1
    guard let user = stages.finalUser else {
      let image = stages.finalImage.lowercased()
      let isKnown = ["nonroot", "unprivileged", "rootless"].contains { image.contains($0) }
      return isKnown
        ? .init(.review, at(line, "no USER; the base image is said not to run as root"))
        : .init(.fail, at(line, "no USER in the last stage: it runs as root"))
    }
    guard user.isResolved, !user.name.isEmpty else {
      return .init(.review, at(line, "USER depends on a build argument without default"))
    }
    let name = user.name.prefix { $0 != ":" }
    let isRoot = name.isEmpty || name.lowercased() == "root" || Int(name) == 0
    return .init(isRoot ? .fail : .pass, at(line, "the last stage runs as \(user.name)"))
  }

  private func secretDetails(_ file: Dockerfile) -> [Finding.Detail] {
    let found = file.instructions.flatMap { instruction in
      DockerfileSecrets.found(in: instruction).map {
        Finding.Detail($0.verdict, at(instruction.line, $0.text))
      }
    }
    return found.isEmpty ? [.init(.pass, "\(path.text): no secret in any instruction")] : found
  }
}
