/// All rules with a literal; those without are `RunRules`.
enum SecretRules {
  static let all: [SecretRule] =
    ForgeRules.all + CloudRules.all + ServiceRules.all + PrivateKeyRules.all + CredentialRules.all
    + AssignmentRules.all
}
