# A release from the first probe to the seal, and what reopens it.
source "${BASH_SOURCE[0]%/*}/steps.sh"
serve

expect 0 probe --active --json "${mara[@]}"
says "authorization.anonymous-and-foreign sends to https://shop.example: at most 40 GET requests"
holds 'length > 15 and any(.[]; .point == "1.2" and .verdict == "fail")'
expect 2 gate --json
holds '.verdict == "NO-GO" and .counts.FAIL > 10 and .seal.state == "unsealed"'
expect 2 seal --confirm 4.2.0 "${mara[@]}"

expect 0 demo --mend all --folder "$top/demo"
expect 0 probe --active "${mara[@]}"
expect 3 gate --json
holds '.verdict == "INCOMPLETE" and .counts.FAIL == 0 and .counts.UNKNOWN == 10'
# What is on the shop's server, what the internet sees of it, and a session that nobody gave.
same "$(points UNKNOWN | tr '\n' ' ')" "1.1 2.1 2.2 2.3 3.4 3.5 12.2 17.1 21.1 21.4 "
holds '.commit == "'"$(git rev-parse HEAD)"'"'
expect 3 seal --confirm 4.2.0 "${mara[@]}"

# Nobody is a second person to themselves, whatever the name.
expect 64 sign 14 --decision met --note "Seen." "${mara[@]}" --confirm 4.2.0
expect 64 sign 14 --decision met --note "Seen." "${mara[@]}" --confirm 14
same "$(jq '[.[1:][].record | select(.type == "sign-off")] | length' "$file")" 0
expect 0 sign 14 --decision met --note "Seen." "${mara[@]}" --confirm 4.2.0 --confirm 14 --json
own=$(jq -r .id "$top/out")
expect 64 countersign "$own" --name "Somebody Else" --email MARA@acme.example --role team-lead \
  --confirm 4.2.0
expect 0 revoke "$own" --reason "Signed too early." "${mara[@]}"

settle
expect 0 gate --expect-subject acme-shop --expect-release 4.2.0 \
  --expect-environment production --expect-commit "$(git rev-parse HEAD)" \
  --expect-checklist production-25
expect 2 gate --expect-commit 0000000000000000000000000000000000000000
expect 2 gate --expect-release 4.2.1
expect 2 gate --expect-subject other-shop
expect 2 gate --expect-environment staging
expect 2 gate --expect-artifact sha256:00
expect 2 gate --expect-checklist go-live-20

expect 64 seal "${mara[@]}"
expect 0 seal --confirm 4.2.0 "${mara[@]}" --json
head=$(jq -r .id "$top/out")
holds '.verdict == "GO"'
expect 0 gate --json
holds '.seal.state == "sealed" and .seal.record == "'"$head"'"'
expect 0 verify "$file" --expect-head "$head" --json
holds '.intact and (."not-established" | length > 0)'
recompute "$file"

# What is recorded later does not change what was sealed.
expect 0 sign 23.1 --decision not-met --note "The tracker lost its key." "${tomas[@]}" \
  --confirm 4.2.0
expect 2 gate --json
holds '.verdict == "NO-GO" and .seal.state == "reopened"'
holds '.blockers | any(.point == "23.1" and .state == "FAIL")'
expect 0 gate --at seal --json
holds '.verdict == "GO"'
expect 0 report "$file" --format in-toto --at seal
holds '.predicate.verdict == "GO" and .predicate.evidence.leftOut == 1 and .predicate.seal == "'"$head"'"'
expect 0 report "$file" --format in-toto
holds '.predicate.verdict == "NO-GO" and (.predicate.release | startswith("sealed once, but reopened"))'
expect 2 seal --confirm 4.2.0 "${mara[@]}"
expect 0 verify "$file" --expect-head "$head" --json
holds '.outside | length == 1'

# Damage: a word changed, a record taken away.
sed 's/Walked through with the team/Walked around with the team/' "$file" >"$top/changed.json"
expect 4 verify "$top/changed.json"
expect 4 gate "$top/changed.json"
sed 2d "$file" >"$top/shorter.json"
expect 4 verify "$top/shorter.json"
: >"$top/empty.json"
expect 4 verify "$top/empty.json"
expect 4 verify "$file" --expect-head "sha256:$(printf x | sha256sum | cut -d' ' -f1)"
expect 6 verify "$file" --strict
