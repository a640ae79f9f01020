/// Manifests in TOML.
enum TOMLManifests {
  /// `pyproject.toml` of any tool that is known here.
  static func pyproject(_ bytes: [UInt8]) -> Ecosystem.Reading {
    read(bytes) { entry in
      let path = entry.path
      if path == ["project", "dependencies"] { return hasContent(entry.value) }
      if path.starts(with: ["project", "optional-dependencies"]) { return hasContent(entry.value) }
      if path.first == "dependency-groups" { return hasContent(entry.value) }
      if path == ["tool", "uv", "dev-dependencies"] { return hasContent(entry.value) }
      if path.starts(with: ["tool", "pdm", "dev-dependencies"]) { return hasContent(entry.value) }
      guard path.starts(with: ["tool", "poetry"]), path.count > 3 else { return false }
      let isGroup = path[2] == "group" && path.dropFirst(4).first == "dependencies"
      return (["dependencies", "dev-dependencies"].contains(path[2]) && path[3] != "python")
        || (isGroup && path.count > 5)
    }
  }

  /// `Pipfile`.
  static func pipfile(_ bytes: [UInt8]) -> Ecosystem.Reading {
    read(bytes) { entry in
      !["source", "requires", "scripts", "pipenv", "pipfile"].contains(entry.table.first ?? "")
        && !entry.table.isEmpty
    }
  }

  /// `Cargo.toml` of a package or a workspace.
  static func cargo(_ bytes: [UInt8]) -> Ecosystem.Reading {
    let groups: Set<String> = ["dependencies", "dev-dependencies", "build-dependencies"]
    return read(bytes) { entry in
      let path = entry.path
      guard let group = path.firstIndex(where: groups.contains) else { return false }
      let isOwn =
        group == 0 || (path[0] == "target" && group == 2) || (path[0] == "workspace" && group == 1)
      // A dependency by path alone is part of the same source.
      return isOwn && path.count > group + 1 && !isByPath(entry)
    }
  }

  private static func isByPath(_ entry: TOMLOutline.Entry) -> Bool {
    (entry.value.contains("path") && !entry.value.contains("version")
      && !entry.value.contains("git"))
      || (entry.key == ["path"] && entry.table.count > 1)
  }

  private static func hasContent(_ value: String) -> Bool {
    !value.allSatisfy { $0.isWhitespace || "[]{},".contains($0) }
  }

  private static func read(
    _ bytes: [UInt8], _ isDependency: (TOMLOutline.Entry) -> Bool
  ) -> Ecosystem.Reading {
    guard let outline = TOMLOutline(bytes) else { return .malformed("it is no TOML") }
    return outline.entries.contains(where: isDependency) ? .dependencies : .none
  }
}
