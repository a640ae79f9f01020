internal import Checklist

/// One page of the target, with the redirects that led to it.
struct PageObservation: Hashable, Sendable {
  /// The path, or a stable label of the missing page, whose real path is random.
  var label: String
  var trail: RedirectTrail

  /// Why nothing can be said of the page, or nil where it was answered.
  var failure: NetworkFailure? {
    switch trail.end {
    case .answered:
      guard let status = trail.last?.status, status >= 500 || status == 429 else { return nil }
      return .malformed("status \(status)")
    case .elsewhere: return nil
    case .downgrade(let url): return .malformed("redirected to \(url.origin)")
    case .unreadable: return .malformed("a redirect that is no URL")
    case .tooMany: return .malformed("more than 10 redirects")
    case .failed(_, let failure): return failure
    }
  }
}

extension NetworkTarget {
  /// How many pages are looked at.
  static let pageLimit = 50

  /// Pages of the target by their paths, which may also be URLs, eight at a time.
  func pages(
    _ paths: [(label: String, path: String)], fields: [HTTPResponse.Field] = []
  ) async -> [PageObservation] {
    var pages: [PageObservation] = []
    let limited = Array(paths.prefix(Self.pageLimit))
    for start in stride(from: 0, to: limited.count, by: 8) {
      let part = limited[start..<min(start + 8, limited.count)]
      pages += await withTaskGroup(of: (Int, PageObservation).self) { group in
        for (index, page) in part.enumerated() {
          group.addTask { (index, await self.page(page.label, page.path, fields)) }
        }
        var found: [(Int, PageObservation)] = []
        for await page in group { found.append(page) }
        return found.sorted { $0.0 < $1.0 }.map(\.1)
      }
    }
    return pages
  }

  private func page(
    _ label: String, _ path: String, _ fields: [HTTPResponse.Field]
  ) async -> PageObservation {
    guard let url = TargetURL(path.contains("://") ? path : "\(secureURL.at(path))")
    else {
      return PageObservation(
        label: label,
        trail: RedirectTrail(responses: [], end: .failed(secureURL, .malformed("no URL"))))
    }
    guard url.scheme == .https else {
      return PageObservation(
        label: label, trail: RedirectTrail(responses: [], end: .downgrade(url)))
    }
    return PageObservation(label: label, trail: await follow(url, fields: fields))
  }

  /// `/` and the configured paths, each once.
  var paths: [(label: String, path: String)] {
    var seen: Set<String> = []
    return (["/"] + configuration.paths).filter { seen.insert($0).inserted }
      .map { (Redaction.url($0), $0) }
  }
}
