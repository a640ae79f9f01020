# Two services in one repository, each with a launch of its own.
source "${BASH_SOURCE[0]%/*}/steps.sh"
git init -q -b main repository && cd repository
git config user.name Setup && git config user.email setup@acme.example
mkdir -p services/web services/api
echo web >services/web/main && echo api >services/api/main
cat >list.yaml <<'YAML'
checklist: small
title: A small launch
version: 1
conditions:
  - { id: pages, question: "Does it serve pages?" }
domains:
  - title: All
    controls:
      - number: "1"
        slug: code
        title: Code
        severity: medium
        points:
          - { id: "1.1", text: The code was read., how: manual, bound-to: code }
          - { id: "1.2", text: Pages are escaped., how: manual, bound-to: code, when: pages }
          - { id: "1.3", text: Secrets stay out., how: automatic, bound-to: code, probe: { id: secrets.env-ignored } }
YAML
cat >launchgate.yaml <<'YAML'
checklist: list.yaml
launches:
  web:
    launch: { subject: shop-web, release: "1.0", environment: production }
    paths: [services/web]
  api:
    launch: { subject: shop-api, release: "1.0", environment: production }
    paths: [services/api]
  staging:
    launch: { subject: shop-web, release: "1.0", environment: staging }
YAML
echo '*.evidence.json -text merge=union' >.gitattributes
printf '.env*\n*.evidence.json.lock\n' >.gitignore
git add -A && git commit -qm "Two services"

expect 64 status
grep -q "choose one with --launch (web, api, staging)" "$top/err"
expect 64 status --launch wep
grep -q "did you mean web?" "$top/err"
met=(--decision met --note "Read line by line." --confirm 1.0 "${mara[@]}")
fact=(--confirm 1.0 "${mara[@]}")
expect 0 sign if.pages --launch web --decision met "${fact[@]}"
expect 0 sign if.pages --launch staging --decision met "${fact[@]}"
expect 0 sign if.pages --launch api --decision not-applicable "${fact[@]}"
expect 0 trust --launch web --yes
for launch in web staging api; do
  expect 0 probe --launch "$launch"
  expect 0 sign 1.1 1.2 --launch "$launch" "${met[@]}"
done
for name in shop-web-1.0-web shop-web-1.0-staging shop-api-1.0-api; do
  expect 0 verify "$name.evidence.json"
  same "$(grep -c '"type":"sign-off"' "$name.evidence.json")" 2
done
expect 0 gate --launch web --json
holds '.subject == "shop-web" and [.points[].state] == ["OK", "OK", "OK"]'
expect 0 gate --launch api --json
holds '.subject == "shop-api" and [.points[].state] == ["OK", "N/A", "OK"]'
# The launch of the whole repository does not move because evidence is written in it.
expect 0 probe --launch staging
expect 0 gate --launch staging

# A change of one service is none of the other's.
git add -A && git commit -qm "Evidence"
echo more >>services/api/main && git commit -qam "Change the interface"
for launch in web staging api; do expect 0 probe --launch "$launch"; done
expect 0 gate --launch web
for launch in staging api; do
  expect 3 gate --launch "$launch" --json
  holds '.points[0].state == "LAPSED"'
done
expect 0 sign 1.1 --launch api "${met[@]}"
expect 0 gate --launch api
expect 0 seal --launch api --confirm 1.0 "${mara[@]}"
expect 3 gate --launch staging

# Evidence of one service is not taken for that of the other.
expect 2 gate shop-api-1.0-api.evidence.json --expect-subject shop-web
expect 64 status --launch web --evidence shop-api-1.0-api.evidence.json
sed -i 's/shop-api/shop-web/' launchgate.yaml
expect 64 status --launch web
grep -q "has the subject, release and environment of the launch web" "$top/err"
