# Reviews that come back, occasions, questions, duties and loosened rules.
source "${BASH_SOURCE[0]%/*}/steps.sh"
git init -q -b main shop && cd shop
git config user.name Setup && git config user.email setup@acme.example
cat >list.yaml <<'YAML'
checklist: small
title: A small launch
version: 1
occasions:
  - { id: monthly, text: The monthly review, every: 31d, enforced: true }
  - { id: infrastructure-change, text: Something below the application changed, controls: ["2"] }
domains:
  - title: All
    controls:
      - number: "1"
        slug: people
        title: People
        severity: medium
        points:
          - { id: "1.1", text: Somebody is called., how: manual, bound-to: time, question: Who is called at 2 am? }
          - { id: "1.2", text: Somebody rotates keys., how: manual, bound-to: time, duty: Key rotation }
      - number: "2"
        slug: network
        title: Network
        severity: medium
        points:
          - { id: "2.1", text: The network is closed., how: manual, bound-to: time }
YAML
expect 0 init --subject shop --release 1.0 --environment production --checklist list.yaml
me=("${mara[@]}" --confirm 1.0)

# A question is answered, alone; a duty has a holder.
expect 64 sign 1.1 --decision met "${me[@]}"
grep -q "Who is called at 2 am?" "$top/err"
expect 64 sign 1.1 --decision met --note " " "${me[@]}"
expect 64 sign 1 --decision met --note "Looked." "${me[@]}"
expect 0 sign 1.1 --decision met --note "Tomas Vale, by pager." "${me[@]}"
expect 0 sign 1.2 2.1 --decision met --note "Looked." "${me[@]}"
expect 3 gate --json
holds '[.blockers[].point] == ["1.2"] and (.points[1].discounted[0] | contains("nobody holds the duty"))'
expect 64 assign "Key juggling" --to "Tomas Vale <tomas@acme.example>" "${mara[@]}"
expect 0 assign "Key rotation" --to "Tomas Vale <tomas@acme.example>" "${mara[@]}"
expect 0 gate --json
holds '.points[0].question == "Who is called at 2 am?" and .points[1]."duty-holder" == "Tomas Vale"'
holds '.dues == [] and (has("next-due") | not)'

# Sealed, it is due again a month later.
expect 0 seal "${me[@]}" --json
seal=$(jq -r .id "$top/out")
expect 0 status --json
holds '.dues[0].occasion == "monthly" and .dues[0].enforced and .dues[0].at == ."next-due"'
due=$(jq -r '."next-due"' "$top/out")
holds '."valid-until" == ."next-due"'
expect 0 status
grep -q "next due $due: monthly" "$top/out"
expect 3 gate --at "$due" --json
holds '[.blockers[].state] == ["STALE"] and (.blockers[0].reason | startswith("periodic review due since "))'

# An occasion opens what it concerns, in one record, and the seal with it.
expect 64 reopen --occasion moon --reason "Full." "${mara[@]}"
grep -q "it has: monthly, infrastructure-change" "$top/err"
expect 64 reopen --reason "Why not." "${mara[@]}"
expect 64 reopen "$seal" --occasion infrastructure-change --reason "Both." "${mara[@]}"
expect 0 reopen --occasion infrastructure-change --reason "A new network." "${mara[@]}"
expect 3 gate --json
holds '[.points[].state] == ["OK", "OK", "OPEN"] and .seal.state == "reopened"'
holds '.points[2].reason | contains("Mara Lindqvist reported infrastructure-change")'
expect 0 sign 2.1 --decision met --note "Scanned anew." "${me[@]}"
expect 0 gate
expect 0 seal "${me[@]}"
expect 0 verify shop-1.0.evidence.json
recompute shop-1.0.evidence.json
