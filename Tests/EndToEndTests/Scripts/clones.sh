# Two people in two clones, and nothing but git between them.
source "${BASH_SOURCE[0]%/*}/steps.sh"
small origin
git add -A && git commit -qm "Describe the launch"
git clone -q "$top/origin" "$top/a" && git clone -q "$top/origin" "$top/b"
for clone in a b; do
  git -C "$top/$clone" config user.name "$clone"
  git -C "$top/$clone" config user.email "$clone@acme.example"
done
name=shop-1.0.evidence.json
met=(--decision met --note "Seen." --confirm 1.0 --confirm 2)

commit() { git add -A && git commit -qm "$1"; }
signers() { jq -r '.[1:][].record | select(.type == "sign-off") | .by.name' "$1" | sort | tr '\n' ' '; }

# Both open the launch and sign, neither knows of the other.
cd "$top/a" && expect 0 sign 1.1 "${met[@]}" "${mara[@]}" && commit "Mara signs"
cd "$top/b" && expect 0 sign 1.2 2 "${met[@]}" "${tomas[@]}" && commit "Tomas signs"
git fetch -q "$top/a" main && git merge -q --no-edit FETCH_HEAD
expect 0 verify $name
same "$(signers $name)" "Mara Lindqvist Tomas Vale "
expect 3 gate --json
holds '.points | map(.state) == ["OK", "OK", "OPEN"]'
recompute $name

# Mara countersigns on her own line and puts it on top of a merge by rebase.
cd "$top/a" && expect 0 sign 2 "${met[@]}" "${mara[@]}" && commit "Mara signs the grave one"
cd "$top/b" && expect 0 sign 1.1 "${met[@]}" "${tomas[@]}" && commit "Tomas signs hers too"
cd "$top/a" && git fetch -q "$top/b" main && git rebase -q FETCH_HEAD
expect 0 verify $name
same "$(signers $name)" "Mara Lindqvist Mara Lindqvist Tomas Vale Tomas Vale "
expect 0 gate
expect 0 seal --confirm 1.0 "${mara[@]}"
commit "Seal"

# A late negative record reopens, through git as well.
cd "$top/b" && expect 0 sign 1.2 --decision not-met --note "No longer." --confirm 1.0 "${tomas[@]}"
commit "Tomas has doubts"
git fetch -q "$top/a" main && git merge -q --no-edit FETCH_HEAD
expect 0 verify $name
expect 2 gate --json
holds '.seal.state == "reopened"'
expect 0 gate --at seal

# A merge that ignores the attributes leaves a conflict: nobody takes that for evidence.
git checkout -q -b left && expect 0 sign 1.2 "${met[@]}" "${tomas[@]}" && commit "Left"
cp $name "$top/left.json"
git checkout -q -b right HEAD~1 && expect 0 sign 1.1 "${met[@]}" "${mara[@]}" && commit "Right"
cp $name "$top/right.json"
git rm -q .gitattributes && commit "Forget the attributes"
git checkout -q left && git rm -q .gitattributes && commit "Forget the attributes here too"
git merge -q --no-edit right >/dev/null && failed "there should be a conflict"
grep -q '^<<<<<<<' $name
expect 4 verify $name
expect 4 gate
expect 4 sign 1.1 "${met[@]}" "${mara[@]}"
cp $name "$top/conflict.json"
expect 0 repair $name
cmp $name.broken "$top/conflict.json"
expect 0 verify $name
for side in left right; do
  expect 0 diff "$top/$side.json" $name --json
  holds '."only-first" == [] and (."only-second" | length == 1)'
done

# A damaged line is named and stays, unless it is left out on purpose.
sed 's/No longer/No more/' "$top/conflict.json" >$name
cp $name "$top/damaged.json"
expect 4 repair $name
cmp $name "$top/damaged.json"
