# The README's commands for an auditor who has no launchgate, exactly as they stand there.
source "${BASH_SOURCE[0]%/*}/steps.sh"
readme=$(cd "${BASH_SOURCE[0]%/*}/../../.." && pwd)/README.md
ssh-keygen -q -t ed25519 -N "" -C mara -f "$top/mara"
small shop
expect 0 sign 1 2 --decision met --note "Seen." --confirm 1.0 --confirm 2 "${mara[@]}" --key "$top/mara" --json
expect 0 revoke "$(jq -r .id "$top/out")" --reason "Too early." "${mara[@]}" --key "$top/mara" --json
for again in 1 2 3; do
  expect 0 sign 1 --decision met --note "Seen again, $again." --confirm 1.0 "${mara[@]}" --key "$top/mara"
done

# A folder as an auditor gets it: the file and a list of signers.
mkdir "$top/auditor" && cd "$top/auditor"
cp "$file" shop-4.2.0.evidence.json
echo "mara@acme.example namespaces=\"launchgate\" $(cut -d' ' -f1,2 "$top/mara.pub")" >allowed_signers
awk '/^Check it without this tool/ { here = 1 } here && /^```$/ { exit } here && inside { print } here && /^```sh$/ { inside = 1 }' \
  "$readme" >commands.sh
[ "$(wc -l <commands.sh)" -gt 5 ] || failed "the README shows no commands"
bash commands.sh >told
records=$(jq '.[1:] | length' shop-4.2.0.evidence.json)
same "$(grep -c 'is intact$' told)" "$records"
same "$(grep -c '^Good "launchgate" signature for mara@acme.example' told)" \
  "$(jq '[.[1:][].signatures[]] | length' shop-4.2.0.evidence.json)"
! grep -E 'CHANGED|WRONG' told || failed "the README's commands find fault with a good file"

# The same commands see what was changed, and by whom it was not signed.
sed -i 's/Seen again, 3/Seen again, 4/' shop-4.2.0.evidence.json
bash commands.sh >told 2>/dev/null
same "$(grep -c 'was CHANGED$' told)" 1
same "$(grep -c 'WRONG signature$' told)" 1
