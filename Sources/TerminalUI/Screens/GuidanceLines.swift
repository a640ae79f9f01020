internal import Checklist
internal import Gate

/// What a checklist says beside its demands: how its source wants a control done, what usually goes
/// wrong, what to do step by step, what people ask.
enum GuidanceLines {
  static func of(_ control: Control) -> [Line] {
    causes(control.causes) + steps(control.steps) + faq(control.faq)
  }

  private static func causes(_ causes: [String]) -> [Line] {
    if causes.isEmpty { return [] }
    return [Line("COMMON CAUSES", .heading)] + causes.map { Line("  - \($0)", hanging: 4) } + [""]
  }

  private static func steps(_ steps: [Step]) -> [Line] {
    if steps.isEmpty { return [] }
    var lines = [Line("STEP BY STEP", .heading)]
    for (index, step) in steps.enumerated() {
      lines.append(Line("  \(index + 1). \(step.action)", hanging: 5))
      if let command = step.command {
        lines.append(Line("     run: \(command)", .key, hanging: 10))
      }
      if let look = step.look { lines.append(Line("     done when: \(look)", .dim, hanging: 7)) }
    }
    return lines + [""]
  }

  private static func faq(_ faq: [Answered]) -> [Line] {
    if faq.isEmpty { return [] }
    return [Line("QUESTIONS", .heading)]
      + faq.flatMap { entry in
        [Line("  \(entry.question)", hanging: 2), Line("    \(entry.answer)", .dim, hanging: 4)]
      } + [""]
  }
}
