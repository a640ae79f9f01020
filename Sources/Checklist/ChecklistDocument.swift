/// A checklist file as it was read: what could be made of it, every fault, and where things stand.
public struct ChecklistDocument: Sendable {
  /// Name of the file, as it was given.
  public let file: String
  /// What was read, without what is broken; nil where nothing could be made of it.
  public let checklist: Checklist?
  /// Everything that keeps it from being used, in the order of places.
  public let faults: [DocumentFault]
  private let places: [String: DocumentPlace]

  /// Reads that text.
  public init(yaml: String, file: String, library: ChecklistLibrary = ChecklistLibrary()) {
    let reader = DocumentReader(file: file)
    self.file = file
    do {
      let node = try DocumentNode.read(yaml: yaml, file: file)
      checklist =
        node["extends"] == nil
        ? reader.checklist(node) : reader.extended(node, library: library)
      if let checklist { reader.refuseUnknownMentions(in: checklist) }
      faults = reader.faults.inOrder
      places = reader.places
    } catch {
      checklist = nil
      faults = error.faults
      places = [:]
    }
  }

  /// The checklist, if nothing keeps it from being used.
  ///
  /// - Throws: every fault.
  public func sound() throws(DocumentFaults) -> Checklist {
    guard faults.isEmpty else { throw DocumentFaults(faults) }
    guard let checklist else {
      throw DocumentFaults([DocumentFault(file: file, reason: "no checklist")])
    }
    return checklist
  }

  /// Whether the document says something at that path, broken or not.
  func has(_ path: String) -> Bool { places[path] != nil }

  /// A fault at the place of what that path names, or at the nearest place around it.
  ///
  /// Paths are `18`, `18.2`, `18/why`, `18.2/valid-for`, `18.2/probes/PROBE/PARAMETER`,
  /// `18/references/NAME`, `/conditions/ID` and the like.
  public func fault(
    at path: String, _ reason: String, suggestion: String? = nil
  ) -> DocumentFault {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    var place: DocumentPlace?
    while place == nil, !parts.isEmpty {
      place = places[parts.joined(separator: "/")]
      parts.removeLast()
    }
    return DocumentFault(
      file: file, line: place?.line ?? 0, column: place?.column ?? 0, reason: reason,
      suggestion: suggestion)
  }
}

/// Where something stands in a document.
struct DocumentPlace: Equatable, Sendable {
  /// From 1; 0 where the whole file is meant.
  var line: Int
  /// From 1; 0 where the whole line is meant.
  var column: Int
}

extension [DocumentFault] {
  /// By place; faults of one place stay as they were found.
  public var inOrder: [DocumentFault] {
    enumerated().sorted {
      ($0.element.line, $0.element.column, $0.offset)
        < ($1.element.line, $1.element.column, $1.offset)
    }.map(\.element)
  }
}
