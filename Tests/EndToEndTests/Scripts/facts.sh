# What the launch has is asked once, with a name, and not again point by point.
source "${BASH_SOURCE[0]%/*}/steps.sh"
git init -q -b main shop && cd shop
git config user.name Setup && git config user.email setup@acme.example
start=(init --subject shop --release 1.0 --environment production --checklist list.yaml)
cat >list.yaml <<'YAML'
checklist: facts
title: A launch with facts
version: 1
conditions:
  - { id: containers, question: "Does it run in containers?", valid-for: 365d }
  - { id: tenants, question: "Does it serve several tenants?", evidence: who they are }
ticks:
  - { id: images, text: Images are small., points: ["1.1", "1.2"] }
domains:
  - title: All
    controls:
      - number: "1"
        slug: containers
        title: Containers
        severity: medium
        when: containers
        points:
          - { id: "1.1", text: Images hold to the rules., how: automatic, bound-to: time, probe: { id: container.dockerfile } }
          - { id: "1.2", text: Images are small., how: manual, bound-to: time }
      - number: "2"
        slug: tenants
        title: Tenants
        severity: critical
        four-eyes: true
        signers: [team-lead]
        points:
          - { id: "2.1", text: Tenants are apart., how: manual, bound-to: time, when: tenants }
YAML

# Everything is checked before anything is written.
expect 64 "${start[@]}" --fact container=no "${mara[@]}"
grep -q "it asks for: containers, tenants" "$top/err"
expect 64 "${start[@]}" --fact containers=maybe "${mara[@]}"
expect 64 "${start[@]}" --fact containers=no --fact containers=yes "${mara[@]}"
expect 64 "${start[@]}" --fact tenants=no "${mara[@]}"
grep -q -- "--confirm 2" "$top/err"
expect 64 "${start[@]}" --fact containers=no
[ ! -e launchgate.yaml ]
expect 0 "${start[@]}" --fact containers=no "${mara[@]}"
grep -q "1 fact of the launch is not answered yet" "$top/out"
expect 64 "${start[@]}" --fact containers=no "${mara[@]}"
file=$PWD/shop-1.0.evidence.json
recompute "$file"

# The answer carries a name; the probe has to look nevertheless.
expect 3 gate --json
holds '[.facts[] | .id + " " + .state] == ["if.containers N/A", "if.tenants OPEN"]'
holds '[.points[].state] == ["UNKNOWN", "N/A", "OPEN"] and ([.blockers[].point] | sort) == ["1.1", "if.tenants"]'
holds '.points[1].reason | startswith("containers: no, by Mara Lindqvist on ")'
holds '.points[2]."waits-for" == ["tenants"]'
holds '.ticks == [{"id":"images","text":"Images are small.","points":["1.1","1.2"],"settled":false,"missing":["1.1"]}]'
expect 0 trust --yes
expect 0 probe
expect 3 gate --json
holds '[.points[].state] == ["N/A", "N/A", "OPEN"] and .ticks[0].settled'

# A no about a critical point of two people takes its role, its number and both.
expect 64 sign if.tenants --decision not-met "${tomas[@]}" --confirm 1.0
expect 64 sign if.tenants --decision not-applicable "${tomas[@]}" --confirm 1.0
expect 0 sign if.tenants --decision not-applicable "${mara[@]}" --confirm 1.0 --confirm 2
expect 3 gate --json
holds '.facts[1].reason | contains("wants team-lead")'
expect 0 sign if.tenants --decision not-applicable --note "One shop, one owner." "${tomas[@]}" --confirm 1.0 --confirm 2 --json
no=$(jq -r .id "$top/out")
holds '.verdict == "INCOMPLETE"'
lena=(--name "Lena Brandt" --email lena@acme.example --role team-lead)
expect 64 countersign "$no" "${lena[@]}" --confirm 1.0
expect 0 countersign "$no" "${lena[@]}" --confirm 1.0 --confirm 2
expect 0 gate --json
holds '[.points[].state] == ["N/A", "N/A", "N/A"]'
expect 0 verify "$file"

# What a probe sees is stronger than what was said.
printf 'FROM debian:12.7-slim@sha256:%064d\nUSER app\n' 1 >Dockerfile
git add Dockerfile && git commit -qm "Add an image"
expect 0 probe
expect 3 gate --json
holds '.facts[0].state == "REVIEW" and (.facts[0].reason | contains("container.dockerfile saw for 1.1"))'
holds '[.points[].state] == ["REVIEW", "OPEN", "N/A"]'
expect 0 sign if.containers --decision met "${mara[@]}" --confirm 1.0 --json
yes=$(jq -r .id "$top/out")
expect 3 gate --json
holds '[.points[].state] == ["OK", "OPEN", "N/A"]'
expect 0 revoke "$yes" --reason "Only used for tests." "${mara[@]}"
expect 3 gate --json
holds '.facts[0].state == "OPEN"'
expect 0 sign if.containers --decision not-applicable --note "Only used for tests." "${mara[@]}" --confirm 1.0
expect 0 gate
expect 0 seal --confirm 1.0 "${mara[@]}"

# The next release takes the answers over, with the days on which they were given.
sed -i 's/1\.0/1.1/g' launchgate.yaml
expect 0 carry --from "$file" --note "The same shop." "${tomas[@]}" --confirm 1.1
expect 3 gate --json
holds '[.facts[] | .decision.carried] == [true, true]'

# On a platform nobody administers hosts: what is about hosts alone goes, with one answer, and no more.
git init -q -b main "$top/platform" && cd "$top/platform"
expect 0 init --subject page --release 1.0 --environment production --fact own-hosts=no "${mara[@]}"
expect 0 probe 3 17.1 21.1 "${mara[@]}"
expect 3 gate --json
holds '[.points[] | select(.id | startswith("3.")) | .state] == ["N/A", "N/A", "N/A", "UNKNOWN", "UNKNOWN"]'
holds '.points[] | select(.id == "3.2") | .reason | startswith("own-hosts: no, by Mara Lindqvist")'
holds '[.points[] | select(.id == "17.1" or .id == "21.1") | .state] == ["UNKNOWN", "UNKNOWN"]'
