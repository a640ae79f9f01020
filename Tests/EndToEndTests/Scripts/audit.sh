# An auditor looks at files, whole and broken; looking runs, contacts and writes nothing.
source "${BASH_SOURCE[0]%/*}/steps.sh"
ssh-keygen -q -t ed25519 -N "" -C mara -f "$top/mara"
small shop
expect 0 sign 1 2 --decision met --note "Seen." --confirm 1.0 --confirm 2 "${mara[@]}" --key "$top/mara"
echo "mara@acme.example namespaces=\"launchgate\" $(cut -d' ' -f1,2 "$top/mara.pub")" >"$top/signers"
head=$(jq -r '.[-1].id' "$file")

expect 0 audit "$file" --json
holds '.integrity == "intact" and (.verified | not) and .verdict == "INCOMPLETE" and (.records | length == 2)'
holds '.records[0].signatures[0].state == "valid" and .attention == []'
expect 0 audit "$file" --allowed-signers "$top/signers" --expect-head "$head" --json
holds '.verified and (.records[0].signatures[0] | .state == "good" and .principal == "mara@acme.example")'
: >"$top/nobody"
expect 6 audit "$file" --allowed-signers "$top/nobody" --json
holds '.integrity == "untrusted" and .attention[0].kind == "UNTRUSTED"'
expect 4 audit "$file" --expect-head "sha256:$(printf %064d 0)" --json
holds '.integrity == "damaged" and .verdict == null'
expect 64 audit "$file" --expect-head nonsense
expect 1 audit "$top/no-such-file"
expect 0 audit "$file" --plain
grep -q 'CONSISTENT, UNVERIFIED' "$top/out" && grep -q 'NOT established' "$top/out"

# Broken files are named where they are broken, and the rest is read.
sed 's/"Seen\."/"Seen!"/' "$file" >"$top/edited.json"
expect 4 audit "$top/edited.json" --json
holds '.faults[0].line == 3 and .verdict == null and (.records | length == 2) and .records[1].id != null'
head -c 300 "$file" >"$top/cut.json"
expect 4 audit "$top/cut.json" --plain
grep -q 'the file does not end with \]' "$top/out"
jq . "$file" >"$top/laid-out.json"
expect 4 audit "$top/laid-out.json" --json
expect 4 audit "$top/edited.json" --compare "$file" --json
holds '.comparison."only-there" | length == 1'

# On a folder that nobody can write, with every system call in sight: nothing is opened for
# writing, nobody is contacted, no other program is run.
mkdir "$top/archive" && cp "$file" "$top/archive/" && chmod -R a-w "$top/archive"
find "$top" -newer "$top/archive" >/dev/null
before=$(find "$top/archive" "$HOME" "${XDG_STATE_HOME:?}" | sort)
for words in "--plain" "--json" "--plain --compare $top/edited.json" "--json --allowed-signers $top/signers" \
  "--plain --allowed-signers $top/signers --expect-head $head"; do
  # shellcheck disable=SC2086
  strace -f -qq -o "$top/calls" -e trace=execve,execveat,openat,open,creat,connect,bind,sendto,unlink,rename,mkdir,mkdirat,chmod,truncate \
    "$LAUNCHGATE" audit "$top/archive/${file##*/}" $words >/dev/null
  same "$(grep -c 'execve' "$top/calls")" 1
  if grep -E 'O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)|creat\(|connect\(|bind\(|unlink|rename|mkdir|chmod\(|truncate\(' "$top/calls"; then
    failed "audit $words did more than look"
  fi
done
same "$(find "$top/archive" "$HOME" "$XDG_STATE_HOME" | sort)" "$before"
