internal import Checklist
internal import Evidence

/// A JSON value laid out for people, one member a line, in the order of the canonical form.
enum PrettyJSON {
  static func lines(_ value: JSONValue) -> [Line] {
    var lines: [Line] = []
    add(value, to: &lines, before: "", after: "", depth: 1)
    return lines
  }

  private static func add(
    _ value: JSONValue, to lines: inout [Line], before: String, after: String, depth: Int
  ) {
    let indent = String(repeating: "  ", count: depth)
    func put(_ text: String) { lines.append(Line(indent + text, hanging: 2 * depth + 2)) }
    switch value {
    case .object(let members) where !members.isEmpty:
      put("\(before){")
      // Keys are ASCII, for which this is the order of RFC 8785.
      let sorted = members.sorted { $0.key < $1.key }
      for (index, member) in sorted.enumerated() {
        add(
          member.value, to: &lines, before: "\(text(.string(member.key))): ",
          after: index + 1 < sorted.count ? "," : "", depth: depth + 1)
      }
      put("}\(after)")
    case .array(let elements) where !elements.isEmpty:
      put("\(before)[")
      for (index, element) in elements.enumerated() {
        add(
          element, to: &lines, before: "", after: index + 1 < elements.count ? "," : "",
          depth: depth + 1)
      }
      put("]\(after)")
    default: put("\(before)\(text(value))\(after)")
    }
  }

  private static func text(_ value: JSONValue) -> String {
    String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
  }
}
