public import Checklist

/// What a member of a record has to look like.
///
/// One description serves the strict reader and the printed JSON Schema, so that they cannot
/// disagree.
public indirect enum Shape: Sendable {
  /// Any text.
  case text
  /// A text of which something is there.
  case filledText
  /// `2026-11-21T02:16:09Z`.
  case timestamp
  /// `2026-11-21`.
  case date
  /// `sha256:` and 64 hexadecimal digits.
  case digest
  /// A whole number from 0.
  case count
  /// `true` or `false`.
  case flag
  /// One of these words.
  case choice([String])
  /// Elements of one shape.
  case list(Shape)
  /// At least one element of one shape.
  case filledList(Shape)
  /// Any names, with members of one shape.
  case map(Shape)
  /// An object with these members and no others.
  case object([Field])
  /// An object of one of these kinds, told apart by the member of that name.
  case variants(by: String, [Variant])
  /// Any object; its meaning is checked elsewhere.
  case anyObject
  /// Any value.
  case any

  /// One kind of an object that has several.
  public struct Variant: Sendable {
    /// The word that the telling member has.
    public var word: String
    /// The members beside the telling one.
    public var fields: [Field]
  }

  /// A member of an object.
  public struct Field: Sendable {
    /// Its name.
    public var name: String
    /// What it has to look like.
    public var shape: Shape
    /// Whether it has to be there.
    public var isRequired: Bool
    /// What it means, for the schema.
    public var meaning: String

    /// A member that has to be there.
    public static func required(_ name: String, _ shape: Shape, _ meaning: String) -> Field {
      Field(name: name, shape: shape, isRequired: true, meaning: meaning)
    }

    /// A member that may be missing.
    public static func optional(_ name: String, _ shape: Shape, _ meaning: String) -> Field {
      Field(name: name, shape: shape, isRequired: false, meaning: meaning)
    }
  }
}

extension Shape.Variant {
  /// All members, the telling one first.
  func members(by name: String) -> [Shape.Field] {
    [.required(name, .choice([word]), "which kind")] + fields
  }
}

extension Shape {
  /// Why the value has not this shape, with the path to the fault; nil where it has.
  public func refusal(of value: JSONValue, at path: String) -> String? {
    switch self {
    case .any: return nil
    case .text: return value.string == nil ? "\(path) has to be text" : nil
    case .filledText:
      let isFilled = value.string?.contains { !$0.isWhitespace } ?? false
      return isFilled ? nil : "\(path) has to be text that is not empty"
    case .timestamp:
      return value.string.flatMap(Timestamp.init(rfc3339:)) == nil
        ? "\(path) has to be a time such as 2026-11-21T02:16:09Z" : nil
    case .date:
      return value.string.flatMap(CalendarDate.init) == nil
        ? "\(path) has to be a date such as 2026-11-21" : nil
    case .digest:
      return value.string.flatMap(Digest.init) == nil
        ? "\(path) has to be sha256: and 64 hexadecimal digits" : nil
    case .count: return (value.integer ?? -1) < 0 ? "\(path) has to be a number from 0" : nil
    case .flag: return value.bool == nil ? "\(path) has to be true or false" : nil
    case .choice(let words):
      return value.string.map(words.contains) ?? false
        ? nil : "\(path) has to be one of \(words.joined(separator: ", "))"
    case .anyObject: return value.object == nil ? "\(path) has to be an object" : nil
    case .list(let shape), .filledList(let shape):
      return listRefusal(of: value, shape, at: path)
    case .map(let shape):
      guard let members = value.object else { return "\(path) has to be an object" }
      for name in members.keys.sorted() {
        guard let member = members[name] else { continue }
        if let refusal = shape.refusal(of: member, at: "\(path).\(name)") { return refusal }
      }
      return nil
    case .object(let fields): return objectRefusal(of: value, fields, at: path)
    case .variants(let name, let variants):
      let word = Shape.choice(variants.map(\.word))
      if let refusal = Shape.object([.required(name, word, "")]).refusal(
        of: .object(value.object?.filter { $0.key == name } ?? [:]), at: path)
      {
        return refusal
      }
      let variant = variants.first { $0.word == value[name]?.string }
      return objectRefusal(of: value, variant?.members(by: name) ?? [], at: path)
    }
  }

  private func listRefusal(of value: JSONValue, _ shape: Shape, at path: String) -> String? {
    guard let elements = value.array else { return "\(path) has to be a list" }
    if case .filledList = self, elements.isEmpty { return "\(path) is empty" }
    for (index, element) in elements.enumerated() {
      if let refusal = shape.refusal(of: element, at: "\(path)[\(index)]") { return refusal }
    }
    return nil
  }

  private func objectRefusal(of value: JSONValue, _ fields: [Field], at path: String) -> String? {
    guard let members = value.object else { return "\(path) has to be an object" }
    for field in fields {
      if let member = members[field.name] {
        if let refusal = field.shape.refusal(of: member, at: "\(path).\(field.name)") {
          return refusal
        }
      } else if field.isRequired {
        return "\(path) lacks \(field.name)"
      }
    }
    let names = Set(fields.map(\.name))
    return members.keys.sorted().first { !names.contains($0) }.map {
      "\(path) has the unknown member \($0)"
    }
  }
}
