internal import Checklist

/// A checklist as lines.
struct ChecklistText {
  var checklist: Checklist

  /// All of it, in walking order.
  var all: String {
    let base = checklist.base.map { ", extends \($0)" } ?? ""
    var parts = ["\(checklist.id), version \(checklist.version)\(base)\n\(checklist.title)"]
    parts += [checklist.introduction].compactMap(\.self)
    parts += section("deviations from \(checklist.base?.description ?? "its base")", deviations)
    parts += section("rules", checklist.rules.map { "\($0.id): \($0.text)" })
    parts += section("occasions", checklist.occasions.map(words))
    parts += section("conditions", checklist.conditions.map(words))
    parts += section("first, when time is short", checklist.priorities.map(words))
    for domain in checklist.domains {
      parts.append("== \(domain.title)")
      parts += domain.controls.map(of)
    }
    parts += section("short list", checklist.ticks.map(words))
    parts += section("common causes", checklist.causes)
    parts += section("questions", checklist.faq.map(words))
    return parts.joined(separator: "\n\n")
  }

  /// One control.
  func of(_ control: Control) -> String {
    let eyes = control.fourEyes ? ", four eyes" : ""
    let mode = control.mode.map { ", \($0.rawValue)" } ?? ""
    var lines = ["\(control.number) \(control.title)  [\(control.severity.rawValue)\(eyes)\(mode)]"]
    lines += labelled("when", control.when)
    lines += labelled("why", control.why) + labelled("fix", control.fix)
    lines += labelled("look", control.look) + labelled("duty", control.duty)
    lines += labelled("signers", control.signers.joined(separator: ", "))
    lines += labelled("references", control.references.joined(separator: ", "))
    lines += control.causes.flatMap { labelled("cause", $0) }
    for (index, step) in control.steps.enumerated() {
      lines += labelled("step \(index + 1)", step.action)
      lines += labelled("", step.command.map { "$ \($0)" }) + labelled("", step.look)
    }
    lines += control.faq.flatMap { labelled("question", words($0)) }
    return (lines + control.points.flatMap(lines(of:))).joined(separator: "\n")
  }

  private func lines(of point: Point) -> [String] {
    let probes = point.probes.map(\.description).joined(separator: ", ")
    let period = point.validFor.map { ", valid for \($0)" } ?? ""
    let when = point.when.map { ", when \($0)" } ?? ""
    var lines = ["  \(point.id) \(point.text)"]
    lines.append(
      "       \(point.how.rawValue), bound to \(point.boundTo.rawValue)\(period)\(when)"
        + (probes.isEmpty ? "" : ", probes \(probes)"))
    lines += point.probes.filter(\.isOwn).map { probe in
      let what = probe.commandLine.map { "runs \($0)" } ?? "asks by the probe \(probe.id)"
      return "       own: \(what) (only once this checklist is trusted: launchgate trust)"
    }
    if let question = point.question { lines.append("       answer: \(question)") }
    if let duty = point.duty { lines.append("       assign: \(duty)") }
    if let evidence = point.evidence { lines.append("       attach: \(evidence)") }
    return lines
  }

  private var deviations: [String] {
    checklist.deviations.map { deviation in
      let change = [deviation.old, deviation.new].compactMap { $0.map(short) }
      let reason = deviation.reason.map { "  (\($0))" } ?? ""
      return "\(deviation.kind.rawValue) \(deviation.place): "
        + change.joined(separator: " -> ") + reason
    }
  }

  private func words(_ occasion: Occasion) -> String {
    let controls = occasion.controls.joined(separator: ", ")
    let every = occasion.every.map { "  [every \($0)\(occasion.isEnforced ? ", enforced" : "")]" }
    return "\(occasion.id): \(occasion.text)"
      + (controls.isEmpty ? "" : "  [controls \(controls)]") + (every ?? "")
  }

  private func words(_ condition: Condition) -> String {
    let evidence = condition.evidence.map { "\n    attach: \($0)" } ?? ""
    let period = condition.validFor.map { "  [valid for \($0)]" } ?? ""
    return "\(condition.id): \(condition.question)\(period)\(evidence)"
  }

  private func words(_ excerpt: Excerpt) -> String {
    "\(excerpt.id): \(excerpt.text)  [\(excerpt.points.joined(separator: ", "))]"
  }

  private func words(_ answered: Answered) -> String {
    "\(answered.question)\n\(answered.answer)"
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    guard !lines.isEmpty else { return [] }
    let indented = lines.map { $0.replacing("\n", with: "\n  ") }
    return ["\(title)\n" + indented.map { "  \($0)" }.joined(separator: "\n")]
  }

  /// A text beside its label; further lines stand below it.
  private func labelled(_ label: String, _ text: String?) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    let width = 12
    let pad = String(repeating: " ", count: max(1, width - label.count))
    let below = "\n" + String(repeating: " ", count: width + 2)
    return ["  \(label)\(pad)\(text.trimmed.replacing("\n", with: below))"]
  }
}

/// The beginning of a text, on one line of at most 100 characters.
func short(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return line.count > 100 ? "\(line.prefix(99))…" : line
}

extension String {
  /// Without the line ends that a block of YAML may leave behind.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last?.isNewline ?? false { text.removeLast() }
    return String(text)
  }
}
