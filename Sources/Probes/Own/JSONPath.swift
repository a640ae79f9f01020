/// A way to one value of a JSON document: `$.a['b c'][0]`, and `.length()` at the end.
///
/// A small part of RFC 9535 that leads to one value at most: no wildcards, slices or filters.
struct JSONPath: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    case name(String)
    case index(Int)
    /// How many elements, members or characters there are.
    case length
  }

  /// Why a text is no path.
  struct Fault: Error, Equatable {
    var reason: String
  }

  let text: String
  let steps: [Step]

  init(_ text: String) throws(Fault) {
    self.text = text
    var reader = JSONPathReader(text)
    steps = try reader.path()
  }

  /// The value there; nil where there is none.
  func value(in document: ToolJSON) -> ToolJSON? {
    var value = document
    for step in steps {
      switch step {
      case .name(let name):
        guard let member = value[name] else { return nil }
        value = member
      case .index(let index):
        guard let elements = value.array, elements.indices.contains(index) else { return nil }
        value = elements[index]
      case .length:
        guard let length = Self.length(of: value) else { return nil }
        value = .number(String(length))
      }
    }
    return value
  }

  private static func length(of value: ToolJSON) -> Int? {
    switch value {
    case .array(let elements): elements.count
    case .object(let members): members.count
    case .string(let text): text.unicodeScalars.count
    case .null, .bool, .number: nil
    }
  }
}

/// Reads a path from its beginning to its end.
private struct JSONPathReader {
  private static let lengthLimit = 1_000

  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private func fault(_ reason: String) -> JSONPath.Fault { JSONPath.Fault(reason: reason) }

  mutating func path() throws(JSONPath.Fault) -> [JSONPath.Step] {
    guard scalars.count <= Self.lengthLimit else { throw fault("is too long") }
    guard take("$") else { throw fault("has to begin with $") }
    var steps: [JSONPath.Step] = []
    while let scalar = next {
      guard steps.last != .length else { throw fault("goes on after .length()") }
      position += 1
      switch scalar {
      case ".": steps.append(try name())
      case "[": steps.append(try bracket())
      default: throw fault("has \(scalar) where . or [ is expected")
      }
    }
    return steps
  }

  private mutating func name() throws(JSONPath.Fault) -> JSONPath.Step {
    var name = ""
    while let scalar = next, Self.isName(scalar) {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    if name == "length", take("(") {
      guard take(")") else { throw fault("has length( without )") }
      return .length
    }
    guard !name.isEmpty else {
      throw fault("has no name after a dot; others than a-z stand in ['…']")
    }
    return .name(name)
  }

  private static func isName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: scalar.value >= 0x80
    }
  }

  private mutating func bracket() throws(JSONPath.Fault) -> JSONPath.Step {
    guard let first = next else { throw fault("has a [ without ]") }
    let step: JSONPath.Step
    if first == "'" || first == "\"" {
      position += 1
      step = .name(try quoted(first))
    } else {
      step = .index(try index())
    }
    guard take("]") else { throw fault("has a [ without ]") }
    return step
  }

  private mutating func index() throws(JSONPath.Fault) -> Int {
    var digits = ""
    while let scalar = next, ("0"..."9").contains(scalar), digits.count < 9 {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    guard let index = Int(digits) else { throw fault("has neither 'name' nor number in [ ]") }
    return index
  }

  private mutating func quoted(_ quote: Unicode.Scalar) throws(JSONPath.Fault) -> String {
    var name = ""
    while let scalar = next {
      position += 1
      if scalar == quote { return name }
      guard scalar == "\\" else {
        name.unicodeScalars.append(scalar)
        continue
      }
      guard let escaped = next, escaped == quote || escaped == "\\" else {
        throw fault("has an escape other than \\\(quote) and \\\\")
      }
      name.unicodeScalars.append(escaped)
      position += 1
    }
    throw fault("has a name without its closing \(quote)")
  }
}
