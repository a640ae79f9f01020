# Where keys come from: files, the agent, hardware, git; and what happens where they cannot sign.
source "${BASH_SOURCE[0]%/*}/steps.sh"
agent=
trap '[ -z "$agent" ] || kill "$agent"; stop' EXIT
mkdir -p "$HOME/.ssh" && chmod 700 "$HOME/.ssh"
for key in mara tomas other ci; do ssh-keygen -q -t ed25519 -N "" -C "$key" -f "$top/$key"; done
ssh-keygen -q -t ed25519 -N secret -C locked -f "$top/locked"
export SSH_SK_PROVIDER=/usr/lib/openssh/regress/misc/sk-dummy/sk-dummy.so
ssh-keygen -q -t ed25519-sk -N "" -C token -f "$top/token" </dev/null 2>/dev/null
ssh-keygen -q -t ecdsa-sk -N "" -O no-touch-required -C lazy -f "$top/lazy" </dev/null 2>/dev/null
export SSH_ASKPASS=/bin/false
small shop
cat >>list.yaml <<'YAML'
      - number: "3"
        slug: seen
        title: Seen
        severity: medium
        points:
          - { id: "3.1", text: Env files are ignored., how: automatic, bound-to: code, probe: { id: secrets.env-ignored } }
YAML
sed -i '/^policy:/,$d' launchgate.yaml
cat >>launchgate.yaml <<YAML
policy:
  signatures: required
  people:
    - { id: mara, name: Mara Lindqvist, emails: [mara@acme.example], keys: ["$(cat "$top/mara.pub")", "$(cat "$top/locked.pub")", "$(cat "$top/token.pub")", "$(cat "$top/lazy.pub")"], roles: [release-manager] }
    - { id: tomas, name: Tomas Vale, emails: [tomas@acme.example], keys: ["$(cat "$top/tomas.pub")"], roles: [team-lead] }
  automation:
    - { id: pipeline, key: "$(cat "$top/ci.pub")" }
YAML
met=(--decision met --note "Seen." --confirm 1.0 --confirm 2)
fingerprint() { ssh-keygen -l -f "$1" | cut -d' ' -f2; }
# signed KEY: the last record was signed with it.
signed() { same "$(jq -r '.[-1].signatures[0].key' "$file")" "$(fingerprint "$top/$1.pub")"; }

# A key of the policy in ~/.ssh is found, one of somebody else is not taken.
cp "$top/other" "$HOME/.ssh/a" && cp "$top/other.pub" "$HOME/.ssh/a.pub"
expect 64 sign 1.1 "${met[@]}" "${mara[@]}"
cp "$top/mara" "$HOME/.ssh/id_ed25519" && cp "$top/mara.pub" "$HOME/.ssh/id_ed25519.pub"
expect 0 sign 1.1 "${met[@]}" "${mara[@]}"
says "signing as mara@acme.example with $(fingerprint "$top/mara.pub") ($HOME/.ssh/id_ed25519, listed for Mara Lindqvist)"
signed mara
# What comes with the first record is signed as well.
same "$(jq '[.[1:][] | select(.signatures == [])] | length' "$file")" 0
expect 64 sign 1.1 "${met[@]}" "${tomas[@]}"
rm "$HOME/.ssh/"*

# A passphrase that cannot be asked for.
expect 1 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/locked" </dev/null
says 'hint: run it in a terminal that can ask for the passphrase'
chmod 644 "$top/other"
expect 1 countersign "$(jq -r '.[-1].id' "$file")" --name O --email o@else.example --role team-lead \
  --confirm 1.0 --key "$top/other"
says 'chmod 600'
expect 1 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/none"

# Hardware: the touch is said, and its absence too.
expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/token"
signed token
expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/lazy"
signed lazy
expect 0 verify "$file"
says '2 signatures are by hardware keys: 1 with a touch'
says 'NOT established: that somebody was there: 1 hardware key signed without a touch'
expect 0 verify "$file" --json
holds '[.signatures[] | select(has("touched")) | .touched] | sort == [false, true]'
SSH_SK_PROVIDER=internal expect 1 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/token"

# The agent: found by the policy, given by the public key, or by its text.
expect 1 sign 1.1 "${met[@]}" "${mara[@]}" --key "$(cat "$top/mara.pub")"
says 'hint: start an agent'
eval "$(ssh-agent -s)" >/dev/null
agent=$SSH_AGENT_PID
expect 1 sign 1.1 "${met[@]}" "${mara[@]}" --key "$(cat "$top/mara.pub")"
says 'hint: add the key to the agent: ssh-add'
ssh-add -q "$top/mara" 2>/dev/null
mv "$top/mara" "$top/away"
expect 0 sign 1.1 "${met[@]}" "${mara[@]}"
says 'in the agent, listed for Mara Lindqvist'
signed mara
expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/mara.pub"
signed mara
expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --key "$(cat "$top/mara.pub")"
signed mara
ssh-add -q -D 2>/dev/null && ssh-add -q -c "$top/away" 2>/dev/null
records=$(jq length "$file")
expect 1 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/mara.pub"
says 'hint: the agent asks for a confirmation (ssh-add -c)'
same "$(jq length "$file")" "$records"
ssh-add -q -D 2>/dev/null
mv "$top/away" "$top/mara"

# A passphrase is asked for where something can ask.
printf '#!/bin/sh\necho secret\n' >"$top/ask" && chmod +x "$top/ask"
SSH_ASKPASS=$top/ask SSH_ASKPASS_REQUIRE=force expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/locked"
signed locked

# What takes away needs no key; what gives does.
first=$(jq -r '[.[1:][] | select(.record.type == "sign-off")][0].id' "$file")
expect 0 revoke "$first" --reason "Wrong." "${mara[@]}"
expect 0 sign 1.2 "${met[@]}" --decision not-met "${mara[@]}"
expect 64 assign Nobody --to tomas "${mara[@]}"
expect 64 adopt --reason "New." "${mara[@]}" --confirm 1.0

# Machines sign with keys of their own, by their own name.
expect 0 trust --yes
expect 0 probe 3.1 --fragment "$top/ci.json" --key "$top/ci"
same "$(jq -r '.[-1].record.by | "\(.kind) \(.id)"' "$top/ci.json")" "automation pipeline"
same "$(jq -r '.[-1].signatures[0].key' "$top/ci.json")" "$(fingerprint "$top/ci.pub")"
CI=1 expect 64 probe 3.1 --fragment "$top/bad.json" --key "$top/other"
LAUNCHGATE_AUTOMATION=other expect 64 probe 3.1 --fragment "$top/bad.json" --key "$top/ci"
[ ! -e "$top/bad.json" ]
expect 64 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/ci"
says 'is that of the automation pipeline'

# Git's key, where git signs with it for the same address and nothing is listed.
mkdir "$top/plain" && cd "$top/plain" && git init -q -b main .
expect 0 init --subject plain --release 1.0 --environment production --checklist production-25
git config user.email mara@acme.example
chmod 600 "$top/other"
git config gpg.format ssh && git config user.signingkey "$top/other"
expect 0 sign 23.1 "${met[@]}" "${mara[@]}"
says "git's user.signingkey"
expect 0 sign 23.1 "${met[@]}" "${tomas[@]}"
same "$(jq '.[-1].signatures | length' plain-1.0.evidence.json)" 0
