import Checklist

extension RichLaunch {
  /// Five domains with one point for each state and the special cases of a few.
  static func checklist(_ words: (String) -> String) -> Checklist {
    func control(
      _ number: String, _ title: String, _ severity: Severity, fourEyes: Bool = false,
      _ points: [Point]
    ) -> Control {
      Control(
        number: number, slug: title.lowercased().split(separator: " ").joined(separator: "-"),
        title: words(title), severity: severity, fourEyes: fourEyes, why: words("It is attacked."),
        fix: words("Mend it."), references: ["NIST SC-8"], points: points)
    }
    func point(
      _ id: String, _ text: String, _ how: Point.Kind, _ bound: Point.Binding = .time,
      validFor: Period? = nil
    ) -> Point {
      Point(
        id: words(id), text: words(text), how: how, boundTo: bound, validFor: validFor,
        probes: how == .manual ? [] : [ProbeReference(id: "probe.\(id)")])
    }
    return Checklist(
      id: "rich", title: words("Every state"), version: 3,
      domains: [
        Domain(
          title: words("Infrastructure"), short: "Infra",
          controls: [
            control(
              "1", "TLS", .critical,
              [
                point("1.1", "The certificate is trusted", .automatic, .target),
                point("1.2", "Only TLS 1.2 and later", .automatic, .target),
              ])
          ]),
        Domain(
          title: words("Application security"), short: "App",
          controls: [
            control(
              "2", "Cookies", .high,
              [
                point("2.1", "No port is open to everybody", .automatic, .target),
                point("2.2", "Session cookies are Secure", .automatic, .target),
              ])
          ]),
        Domain(
          title: words("Authentication and authorization"), short: "Auth",
          controls: [
            control(
              "3", "Secrets", .high,
              [
                point("3.1", "No secret in the history", .assisted, .target),
                point("3.2", "Somebody owns the keys", .manual),
              ])
          ]),
        Domain(
          title: words("Data protection"), short: "Data",
          controls: [
            control(
              "4", "Backup and recovery", .critical, fourEyes: true,
              [
                point("4.1", "A restore was tried", .manual),
                point("4.2", "Somebody is on call", .manual),
              ])
          ]),
        Domain(
          title: words("Monitoring and response"), short: "Watch",
          controls: [
            control(
              "5", "Rehearsals", .medium,
              [
                point("5.1", "The drill was held", .manual, validFor: .days(30)),
                point("5.2", "The code was read", .manual, .code),
                point("5.3", "Uploads are scanned", .manual),
                point("5.4", "A policy limits scripts", .automatic, .target),
                point("5.5", "Alerts reach a person", .manual),
              ])
          ]),
      ])
  }
}
