public import Checklist

extension Checklist {
  /// The sample with all that a checklist can say beside its demands: facts, guidance, a question, a
  /// duty, ticks, priorities and a monthly review.
  public static var conditional: Checklist {
    var checklist = sample
    checklist.conditions = [
      Condition(id: "pages", question: "Does it serve pages to browsers?"),
      Condition(
        id: "state", question: "Does it keep data of its own?",
        evidence: "where the data is kept, or who says that there is none", validFor: .days(365)),
      Condition(id: "scripts", question: "Do the pages run scripts?"),
    ]
    checklist.domains[1].controls[0].points[0].when = "state"
    checklist.domains[1].controls[0].points[0].duty = "Restore drill"
    checklist.domains[1].controls[1].when = "pages"
    checklist.domains[1].controls[1].points[1].when = "scripts"
    checklist.domains[0].controls[0].points[1].question = "Which suites are accepted, and why?"
    checklist.domains[0].controls[0].mode = .semiAutomated
    checklist.domains[0].controls[0].causes = ["A listener that nobody remembers."]
    checklist.domains[0].controls[0].steps = [
      Step(action: "Set the minimum version.", command: "nginx -t && nginx -s reload"),
      Step(action: "Ask again.", look: "TLS 1.1 is refused"),
    ]
    checklist.domains[0].controls[0].faq = [
      Answered(question: "Is TLS 1.2 enough?", answer: "Yes, with its strong suites.")
    ]
    checklist.ticks = [
      Excerpt(id: "t1", text: "Transport is encrypted.", points: ["1.1", "1.2"]),
      Excerpt(id: "t2", text: "Backups come back.", points: ["2.1"]),
    ]
    checklist.priorities = [
      Excerpt(id: "scripts-first", text: "Limit scripts.", points: ["3.1"])
    ]
    checklist.occasions = [
      Occasion(id: "monthly", text: "The monthly review", every: .days(31), isEnforced: true)
    ]
    return checklist
  }

  /// The sample with two rules that are looser than those of its base.
  public static var loosened: Checklist {
    var checklist = sample
    checklist.base = Base(checklist: "production-25", version: 3)
    checklist.deviations = [
      Deviation(
        place: "2.1/valid-for", kind: .loosened, old: "30d", new: "90d",
        reason: "drills are quarterly"),
      Deviation(place: "19", kind: .dropped, reason: "no machines of our own"),
    ]
    return checklist
  }
}
