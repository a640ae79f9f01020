# A pipeline that never writes to the launch's own evidence.
source "${BASH_SOURCE[0]%/*}/steps.sh"
serve
expect 0 demo --mend all --folder "$top/demo"
expect 0 probe --active "${mara[@]}"
settle
cp "$file" "$top/before.json"

# The pipeline sees a fault that came back.
git rm -q package-lock.json && git -c user.name=S -c user.email=s@acme.example commit -qm "Unlock"
CI=1 LAUNCHGATE_AUTOMATION=build expect 0 probe 8.3 --fragment "$top/fragment.json" --json
holds 'length == 1 and .[0].verdict == "fail"'
cmp "$file" "$top/before.json"
expect 0 verify "$top/fragment.json"
recompute "$top/fragment.json"
same "$(jq -r '[.[1:][].record.type] | unique | join(" ")' "$top/fragment.json")" \
  "candidate opened run"
same "$(jq -r '.[-1].record.by.kind' "$top/fragment.json")" automation
expect 0 gate "$file"
expect 2 gate "$file" "$top/fragment.json" --json
holds '.blockers | any(.point == "8.3" and .state == "FAIL")'
expect 2 gate "$top/fragment.json" "$file"
cmp "$file" "$top/before.json"

# A fragment of another release cannot be slipped in.
sed 's/release: "4.2.0"/release: "4.2.1"/; s/4.2.0.evidence/4.2.1.evidence/' launchgate.yaml \
  >"$top/other.yaml"
expect 5 probe 8.3 --config "$top/other.yaml" --fragment "$top/other.json" "${mara[@]}"
expect 0 trust --config "$top/other.yaml" --yes
expect 0 probe 8.3 --config "$top/other.yaml" --fragment "$top/other.json" "${mara[@]}"
expect 4 gate "$file" "$top/other.json"

# merge and diff
expect 0 diff "$file" "$top/fragment.json" --json
holds '(."only-second" | length == 2) and (."only-first" | length > 3)'
expect 0 merge "$file" "$top/fragment.json" -o "$top/union.json"
expect 0 verify "$top/union.json"
expect 2 gate "$top/union.json"
expect 0 diff "$file" "$top/union.json" --json
holds '."only-first" == [] and (."only-second" | length == 2)'
expect 4 merge "$file" "$top/other.json" -o "$top/mixed.json"
[ ! -e "$top/mixed.json" ]
