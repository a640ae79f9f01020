/// Manifests that are programs or plain lists; they are searched and never run.
enum TextManifests {
  /// `go.mod`.
  static func goModule(_ bytes: [UInt8]) -> Ecosystem.Reading {
    guard let lines = lines(bytes, comment: "//") else { return .malformed("it is no text") }
    guard lines.contains(where: { $0.hasPrefix("module") }) else {
      return .malformed("it has no module line")
    }
    return lines.contains { $0.hasPrefix("require ") || $0.hasPrefix("require(") }
      ? .dependencies : .none
  }

  /// `Gemfile`.
  static func gemfile(_ bytes: [UInt8]) -> Ecosystem.Reading {
    found(bytes, comment: "#") {
      $0.hasPrefix("gem ") || $0.hasPrefix("gem(") || $0.hasPrefix("gemspec")
        || $0.hasPrefix("eval_gemfile")
    }
  }

  /// `Package.swift`; packages by path alone are part of the same source.
  static func swiftPackage(_ bytes: [UInt8]) -> Ecosystem.Reading {
    guard let lines = lines(bytes, comment: "//") else { return .malformed("it is no text") }
    let text = lines.joined(separator: " ")
    guard text.contains("Package(") else { return .malformed("it names no package") }
    let isRemote = text.contains(#/\.package\s*\(\s*(?:name\s*:\s*"[^"]*"\s*,\s*)?(?:url|id)\s*:/#)
    return isRemote ? .dependencies : .none
  }

  /// `mix.exs`.
  static func mix(_ bytes: [UInt8]) -> Ecosystem.Reading {
    guard let lines = lines(bytes, comment: "#") else { return .malformed("it is no text") }
    let text = lines.joined(separator: " ")
    guard text.contains("defmodule") else { return .malformed("it defines no module") }
    return text.contains(#/\{\s*:[a-z_0-9]+\s*,\s*(?:"|(?:[a-z_]+:?\s*)?(?:git|github|hex))/#)
      ? .dependencies : .none
  }

  /// `pubspec.yaml`.
  static func pubspec(_ bytes: [UInt8]) -> Ecosystem.Reading {
    found(bytes, comment: "#") {
      $0.hasPrefix("dependencies:") || $0.hasPrefix("dev_dependencies:")
    }
  }

  /// `Podfile`.
  static func podfile(_ bytes: [UInt8]) -> Ecosystem.Reading {
    found(bytes, comment: "#") { $0.hasPrefix("pod ") || $0.hasPrefix("pod(") }
  }

  /// Lines of a requirements file that are not pinned with `==` or to one archive.
  static func unpinned(_ bytes: [UInt8]) -> [String]? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return text.replacing("\\\n", with: " ").replacing("\\\r\n", with: " ")
      .split(whereSeparator: \.isNewline).map { $0.trimmed }
      .map { line in line.hasPrefix("#") ? "" : line.split(separator: " #").first ?? "" }
      .filter { line in
        guard !line.isEmpty else { return false }
        if line.hasPrefix("-") {
          return ["-r", "-e", "--requirement", "--editable"].contains { line.hasPrefix($0) }
        }
        let isExact = line.contains(
          #/^[A-Za-z0-9._\-]+(\[[^\]]*\])?\s*={2,3}\s*[^*,\s;]+\s*(;|--|$)/#)
        return !isExact && !line.contains("#sha256=") && !line.contains("--hash=sha256:")
      }.map(String.init)
  }

  private static func found(
    _ bytes: [UInt8], comment: String, _ isDependency: (Substring) -> Bool
  ) -> Ecosystem.Reading {
    guard let lines = lines(bytes, comment: comment) else { return .malformed("it is no text") }
    return lines.contains(where: isDependency) ? .dependencies : .none
  }

  /// Lines without white space around them and without comments; nil where it is no such text.
  private static func lines(_ bytes: [UInt8], comment: String) -> [Substring]? {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      return nil
    }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }
    guard !lines.contains(where: { $0.hasPrefix("<<<<<<< ") || $0.hasPrefix(">>>>>>> ") }) else {
      return nil
    }
    return lines.filter { !$0.hasPrefix(comment) }
  }
}
