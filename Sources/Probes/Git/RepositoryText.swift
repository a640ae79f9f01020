import Checklist
import Foundation

/// The text of a file that is judged, or why there is none.
enum RepositoryText: Equatable, Sendable {
  case text(String)
  case absent
  case trouble(String)

  /// UTF-8 without NUL; anything else is no text that a probe understands.
  ///
  /// - Parameter isLenient: takes other encodings that extend ASCII, such as Latin-1, as well.
  init(_ bytes: FileBytes, limit: Int, isLenient: Bool = false) {
    switch bytes {
    case .content(let content):
      let valid = String(validating: content, as: UTF8.self)
      guard !content.contains(0),
        let text = valid ?? (isLenient ? String(decoding: content, as: UTF8.self) : nil)
      else {
        self = .trouble("it is no text in UTF-8")
        return
      }
      self = .text(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
    case .absent: self = .absent
    case .notRegular: self = .trouble("it is no regular file")
    case .tooLarge: self = .trouble("it is larger than \(Self.size(limit))")
    case .unreadable: self = .trouble("it cannot be read")
    }
  }

  /// A file below the top folder; neither it nor a folder on the way may lead out by a link.
  static func read(
    _ path: GitPath, below top: String, limit: Int, isLenient: Bool = false
  ) -> RepositoryText {
    if !path.folder.isEmpty {
      guard FileBytes.sameOrInside(top + "/" + path.folder, top) else {
        return FileBytes.exists(top + "/" + path.folder)
          ? .trouble("it lies outside of the repository") : .absent
      }
    }
    return RepositoryText(
      FileBytes.read(path, below: top, limit: limit), limit: limit, isLenient: isLenient)
  }

  private static func size(_ limit: Int) -> String {
    limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
  }
}

/// A file that the configuration names.
struct NamedFile: Equatable, Sendable {
  /// As it was named; no name comes from anywhere else than the configuration.
  var name: String
  var top: String

  /// Whether it is named from the root of the machine, and not within the repository.
  var isAbsolute: Bool { name.hasPrefix("/") }

  /// Where it is.
  var path: String { isAbsolute ? name : top + "/" + name }

  /// Links of absolute names are followed; what the repository brings may not lead out of it.
  func read(limit: Int) -> RepositoryText {
    isAbsolute
      ? RepositoryText(FileBytes.read(name, limit: limit), limit: limit)
      : .read(GitPath(name), below: top, limit: limit)
  }
}

extension FileBytes {
  /// Whether there is anything of that name; links are followed.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
