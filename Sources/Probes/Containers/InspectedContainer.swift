import Checklist

/// What `docker inspect` says of a container or of an image.
struct InspectedContainer: Equatable, Sendable {
  var name: String
  /// As configured; empty means root, or whatever the image says.
  var user: String
  /// In bytes, 0 without a limit; nil for an image.
  var memory: Int?
  var isPrivileged: Bool?
  var addedCapabilities: [String]?
  /// Whether the socket of the engine is mounted into it.
  var hasEngineSocket: Bool
  /// The reference with which it was started; nil for an image.
  var image: String?

  /// Reads the array that inspect writes; nil where it is none, is empty, or lacks what it has to have.
  static func read(_ json: ToolJSON) -> [InspectedContainer]? {
    guard let items = json.array, !items.isEmpty else { return nil }
    var read: [InspectedContainer] = []
    for item in items {
      guard let container = InspectedContainer(item) else { return nil }
      read.append(container)
    }
    return read
  }

  private init?(_ item: ToolJSON) {
    guard let configuration = item["Config"], configuration.object != nil,
      let identifier = item["Id"]?.string
    else { return nil }
    // Engines leave out a user that is not set.
    user = configuration["User"]?.string ?? ""
    let tags = item["RepoTags"]?.array?.first?.string
    name =
      item["Name"]?.string.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
      ?? tags ?? String(identifier.prefix(19))
    hasEngineSocket = false
    guard let host = item["HostConfig"] else { return }
    guard let memory = host["Memory"]?.integer, let isPrivileged = host["Privileged"]?.bool else {
      return nil
    }
    self.memory = memory
    self.isPrivileged = isPrivileged
    addedCapabilities = (host["CapAdd"]?.array ?? []).compactMap(\.string)
    image = item["ImageName"]?.string ?? configuration["Image"]?.string ?? ""
    let sources =
      (item["Mounts"]?.array ?? []).compactMap { $0["Source"]?.string }
      + (host["Binds"]?.array ?? []).compactMap(\.string)
    hasEngineSocket = sources.contains {
      $0.contains("docker.sock") || $0.contains("podman.sock") || $0.contains("containerd.sock")
    }
  }

  /// What a sign-off relies on.
  var fact: String {
    let added = (addedCapabilities ?? []).sorted().joined(separator: ",")
    return "user \(user), memory \(memory ?? 0), privileged \(isPrivileged ?? false), "
      + "added \(added), image \(image ?? "")"
  }

  /// How one check stands.
  func details(_ check: String) -> [Finding.Detail] {
    switch check {
    case "user":
      let part = user.split(separator: ":").first.map(String.init) ?? ""
      let isRoot = part.isEmpty || part == "root" || Int(part) == 0
      return [
        .init(isRoot ? .fail : .pass, isRoot ? "\(name) runs as root" : "\(name) runs as \(user)")
      ]
    case "memory":
      guard let memory else { return [image(check)] }
      return [
        memory > 0
          ? .init(.pass, "\(name) may use \(memory) bytes of memory")
          : .init(.fail, "\(name) has no limit of memory")
      ]
    case "privileges":
      guard let isPrivileged else { return [image(check)] }
      if isPrivileged { return [.init(.fail, "\(name) runs with --privileged")] }
      return [
        hasEngineSocket
          ? .init(.fail, "\(name) has the engine's socket, which is as good as root")
          : .init(.pass, "\(name) is not privileged")
      ]
    case "capabilities":
      guard let addedCapabilities else { return [image(check)] }
      if addedCapabilities.contains(where: { $0.uppercased() == "ALL" }) {
        return [.init(.fail, "\(name) has all capabilities")]
      }
      return addedCapabilities.isEmpty
        ? [.init(.pass, "\(name) has no capability added")]
        : addedCapabilities.map { .init(.review, "\(name) has \($0) added") }
    default:
      guard let image else { return [self.image(check)] }
      return [
        image.contains("@sha256:") || image.hasPrefix("sha256:")
          ? .init(.pass, "\(name) was started by digest")
          : .init(.review, "\(name) was started as \(image), a name that can move")
      ]
    }
  }

  private func image(_ check: String) -> Finding.Detail {
    .init(.unknown, "\(name) is an image, which says nothing about its \(check)")
  }
}
