import Checklist

/// One Compose file or set of Kubernetes manifests, parsed, or why it could not be.
struct OrchestrationFile: Equatable, Sendable {
  static let sizeLimit = 8 << 20

  var path: GitPath
  var workloads: [Workload] = []
  var gaps: [Finding.Detail] = []
  var trouble: String?

  /// What a file holds; nil where an orchestrator has nothing to do with it.
  init?(_ path: GitPath, _ text: RepositoryText, isNamed: Bool = false) {
    self.path = path
    let isCompose = ComposeFile.isName(path.name)
    switch text {
    case .absent where isNamed: trouble = "it is not there"
    case .absent: return nil
    case .trouble(let reason):
      // Of other YAML files nobody can tell that they have to do with containers.
      guard isCompose || isNamed else { return nil }
      trouble = reason
    case .text(let text):
      let isKubernetes = KubernetesManifest.isLikely(text)
      guard isCompose || isNamed || isKubernetes else { return nil }
      read(text, isCompose: isCompose)
      if trouble == nil, workloads.isEmpty, gaps.isEmpty, !isCompose, !isNamed { return nil }
    }
  }

  private mutating func read(_ text: String, isCompose: Bool) {
    guard !text.contains("{{") else {
      trouble = "it is a template"
      return
    }
    let documents: [YAMLNode]
    do {
      documents = try YAMLNode.documents(text)
    } catch {
      trouble = error.line > 0 ? "line \(error.line): \(error.reason)" : error.reason
      return
    }
    for document in documents {
      if let manifest = KubernetesManifest(document) {
        workloads += manifest.workloads
      } else if let file = ComposeFile(document) {
        workloads += file.workloads
        gaps += file.gaps.map { .init(.review, "\(path.text):\($0.line): \($0.text)") }
      } else if isCompose {
        let includes = document["include"] != nil
        gaps.append(.init(.review, "\(path.text): \(includes ? "includes only" : "no services")"))
      }
    }
    if documents.isEmpty && isCompose { trouble = "it is empty" }
  }

  private static let other: Set<String> = ["dev", "development", "override", "local", "ci"]

  /// Whether the name says that production never sees it.
  var isAside: Bool {
    SamplePath.isOne(path)
      || path.name.lowercased().split { "._-".contains($0) }.contains {
        Self.other.contains(String($0))
      }
  }

  /// What the checks say, each part with file and line.
  func details(_ checks: [OrchestrationCheck]) -> [Finding.Detail] {
    if let trouble { return [.init(.unknown, "\(path.text): \(trouble)")] }
    let found = workloads.flatMap { workload in
      workload.remarks(checks).map { remark in
        Finding.Detail(
          remark.verdict == .fail && isAside ? .review : remark.verdict,
          "\(path.text):\(remark.line): \(workload.name): \(remark.text)")
      }
    }
    return found + gaps
  }
}
