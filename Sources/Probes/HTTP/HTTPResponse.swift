/// The head of an HTTP response, and as much of its body as was asked for.
struct HTTPResponse: Hashable, Sendable {
  struct Field: Hashable, Sendable {
    var name: String
    var value: String
  }

  var url: TargetURL
  /// The method of the request.
  var method: String
  var status: Int
  /// In the order of their arrival, repeated ones included.
  var fields: [Field]
  var body: [UInt8]

  init(
    url: TargetURL, method: String = "GET", status: Int, fields: [Field] = [], body: [UInt8] = []
  ) {
    self.url = url
    self.method = method
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// All values of that name, which is compared without case (RFC 9110 section 5.1).
  func values(_ name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  /// The target of a redirect as it was written; nil for any other response.
  var location: String? {
    [301, 302, 303, 307, 308].contains(status) ? values("Location").first : nil
  }

  /// What was sent and seen, without secrets.
  var transcript: String {
    let lines = fields.map { "< " + Redaction.field($0.name, $0.value) }
    return (["> \(method) \(Redaction.url(url.description))", "< \(status)"] + lines)
      .joined(separator: "\n") + "\n\n"
  }
}
