import Checklist

/// Why a repository could not be looked at.
enum GitFailure: Error, Equatable, Sendable {
  case command(CommandFailure)
  case noRepository(String, String)
  case foreign(String)
  case elsewhere(String)
  case refused(String, String)

  /// The finding that follows: unknown, with the way out.
  var finding: Finding { .unknown(reason, hint: hint) }

  var reason: String {
    switch self {
    case .command(let failure): failure.reason
    case .noRepository(let folder, _): "\(folder) is no git working tree"
    case .foreign(let folder): "git does not trust \(folder): it belongs to another user"
    case .elsewhere(let top): "the repository's configuration puts its working tree at \(top)"
    case .refused(let command, let complaint): "git \(command) failed: \(complaint)"
    }
  }

  var hint: String {
    switch self {
    case .command(let failure): failure.hint
    case .noRepository: "run it in a clone of the repository that is launched"
    case .foreign(let folder): "git config --global --add safe.directory \(folder)"
    case .elsewhere: "git config --unset core.worktree, or run it in that folder"
    case .refused: "git fsck shows what is damaged; a fresh clone repairs it"
    }
  }
}

/// What became of work that goes on beside other work.
func captured<Value: Sendable>(
  _ work: @Sendable () async throws(GitFailure) -> Value
) async -> Result<Value, GitFailure> {
  do throws(GitFailure) {
    return .success(try await work())
  } catch {
    return .failure(error)
  }
}
