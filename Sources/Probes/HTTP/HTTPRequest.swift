/// One HTTP request of a probe.
struct HTTPRequest: Hashable, Sendable {
  var method: String
  var url: TargetURL
  /// Beside those that every request has; the same name replaces.
  var fields: [HTTPResponse.Field]
  var body: [UInt8]
  /// So many bytes of zero are sent instead of a body, until the server answers.
  var zeros = 0

  init(
    _ url: TargetURL, method: String = "GET", fields: [(String, String)] = [], body: [UInt8] = []
  ) {
    self.url = url
    self.method = method
    self.fields = fields.map { .init(name: $0.0, value: $0.1) }
    self.body = body
  }

  /// All fields as they are sent.
  var allFields: [HTTPResponse.Field] {
    var all = [
      ("Host", url.authority), ("User-Agent", "launchgate"), ("Accept", "*/*"),
      ("Accept-Encoding", "identity"), ("Connection", "close"),
    ]
    if !body.isEmpty || method == "POST" {
      all.append(("Content-Length", "\(zeros > 0 ? zeros : body.count)"))
    }
    let given = Set(fields.map { $0.name.lowercased() })
    return all.filter { !given.contains($0.0.lowercased()) }.map { .init(name: $0.0, value: $0.1) }
      + fields
  }

  /// A body of that media type.
  func with(body text: String, type: String) -> HTTPRequest {
    var copy = self
    copy.body = Array(text.utf8)
    copy.fields.append(.init(name: "Content-Type", value: type))
    return copy
  }
}

/// How much of a response's body is read.
enum HTTPBodyReading: Hashable, Sendable {
  /// The head alone.
  case none
  /// All of it; a larger one is an error.
  case whole(Int)
  /// Its start up to that size; the rest is not waited for.
  case start(Int)

  /// The most bytes that are kept.
  var limit: Int {
    switch self {
    case .none: 0
    case .whole(let size), .start(let size): size
    }
  }
}
