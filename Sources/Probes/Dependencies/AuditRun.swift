internal import Checklist
internal import Foundation

/// Starts the audits that the user allowed, on copies of manifests and lock files alone.
struct AuditRun: Sendable {
  struct Trouble: Error, Equatable { var reason: String }

  struct Answer: Sendable {
    var name: String
    var now: Timestamp
    var result: Result<ToolJSON, Trouble>
  }

  let repository: GitRepository
  let context: ProbeContext

  /// One answer for each manifest that the program audits.
  func run(_ program: String, _ manifests: [ManifestObservation]) async -> [Answer] {
    var answers: [Answer] = []
    for manifest in manifests {
      guard manifest.reading == .dependencies, let lock = manifest.lock?.path else { continue }
      let result: Result<ToolJSON, Trouble>
      switch (program, lock.name) {
      case ("npm", "package-lock.json"), ("npm", "npm-shrinkwrap.json"):
        // Of a workspace the lock file of its root says everything.
        guard manifest.path.folder == lock.folder else { continue }
        result = await npm(manifest.path, lock)
      case ("pip-audit", let name) where name.hasPrefix("requirements"):
        result = await pip(lock)
      default: continue
      }
      let name = "\(program) audit of \(manifest.path.text)"
      answers.append(Answer(name: name, now: context.now, result: result))
    }
    return answers
  }

  private func npm(_ manifest: GitPath, _ lock: GitPath) async -> Result<ToolJSON, Trouble> {
    await withCopies([manifest, lock]) { folder in
      // Settings of the repository could lead to another registry, so that they stay behind.
      await answer(
        "npm",
        [
          "audit", "--json", "--package-lock-only", "--ignore-scripts", "--prefix", folder,
          "--workspaces=false",
        ], folder)
    }
  }

  private func pip(_ requirements: GitPath) async -> Result<ToolJSON, Trouble> {
    await withCopies([requirements]) { folder in
      let file = "\(folder)/\(requirements.name)"
      let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
      // Without hashes nothing proves that the file names all that will be installed.
      guard text.contains("--hash=") else {
        return .failure(
          Trouble(reason: "\(requirements.text) has no hashes, so that it may leave packages out"))
      }
      return await answer(
        "pip-audit",
        [
          "--format", "json", "--progress-spinner", "off", "--disable-pip", "--require-hashes",
          "-r", file,
        ], folder)
    }
  }

  private func withCopies(
    _ paths: [GitPath], _ work: (String) async -> Result<ToolJSON, Trouble>
  ) async -> Result<ToolJSON, Trouble> {
    let folder = NSTemporaryDirectory() + "/launchgate-\(UUID().uuidString)"
    let files = FileManager.default
    defer { try? files.removeItem(atPath: folder) }
    do {
      try files.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for path in paths {
        guard
          case .content(let bytes) = FileBytes.read(
            path, below: repository.top, limit: LockSearch.sizeLimit)
        else { return .failure(Trouble(reason: "\(path.text) cannot be read")) }
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(path.name)"))
      }
    } catch {
      return .failure(Trouble(reason: "no temporary folder can be written"))
    }
    return await work(folder)
  }

  private func answer(
    _ program: String, _ arguments: [String], _ folder: String
  ) async -> Result<ToolJSON, Trouble> {
    var environment = context.environment.filter { name, _ in
      [
        "PATH", "HOME", "npm_config_registry", "NPM_CONFIG_REGISTRY", "HTTPS_PROXY", "https_proxy",
        "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
        "PIP_INDEX_URL",
      ].contains(name)
    }
    environment["LC_ALL"] = "C.UTF-8"
    environment["npm_config_update_notifier"] = "false"
    environment["npm_config_cache"] = "\(folder)/cache"
    let command = Command(
      program: program, arguments: arguments, environment: environment,
      deadline: .now + context.timeout, outputLimit: 64 << 20)
    context.progress("waiting for \(program)")
    do throws(CommandFailure) {
      let output = try await command.output()
      // Both end with 1 where they found something, and write their report all the same.
      guard output.status <= 1 else { return .failure(Trouble(reason: output.complaint)) }
      guard let json = try? ToolJSON(output.bytes) else {
        return .failure(Trouble(reason: "no JSON came: \(output.complaint)"))
      }
      return .success(json)
    } catch {
      return .failure(Trouble(reason: error.reason))
    }
  }
}
