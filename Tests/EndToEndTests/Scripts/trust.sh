# A configuration or checklist that came with a repository contacts and runs nothing before the
# user has agreed to its exact bytes.
source "${BASH_SOURCE[0]%/*}/steps.sh"
git init -q -b main shop && cd shop
python3 -c '
import socket, sys
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    server.accept()
    open(sys.argv[1], "a").write("x\n")
' "$top/contacts" >"$top/port" &
echo $! >"$top/serving"
until [ -s "$top/port" ]; do sleep 0.1; done
port=$(cat "$top/port")
cat >launchgate.yaml <<YAML
launch: { subject: shop, release: "1.0", environment: production }
targets:
  - url: https://shop.example
    resolve: { "shop.example:443": "127.0.0.1:$port" }
authorised: [shop.example]
YAML
digest=sha256:$(sha256sum launchgate.yaml | cut -d' ' -f1)

# Nothing happens, and it says what would.
expect 5 probe 1 "${mara[@]}"
grep -q 'not trusted' "$top/err" && grep -q "LAUNCHGATE_TRUST=\"$digest\"" "$top/err"
[ ! -e "$top/contacts" ] && [ ! -e shop-1.0.evidence.json ]
expect 5 trust --show
grep -q 'contacts https://shop.example' "$top/out"
grep -q "takes 127.0.0.1:$port as the address of shop.example:443" "$top/out"
grep -q "^  $digest" "$top/out"
expect 5 trust
[ ! -e "$top/contacts" ]

# For one call, by the digest that sha256sum says too.
LAUNCHGATE_TRUST="sha256:$(printf %064d 0)" expect 5 probe 1 "${mara[@]}"
[ ! -e "$top/contacts" ]
LAUNCHGATE_TRUST=$digest expect 0 probe 1.3 --timeout 3 "${mara[@]}"
[ -s "$top/contacts" ] && rm "$top/contacts"
expect 5 probe 1 "${mara[@]}"
expect 0 probe 1.3 --timeout 3 --trust "$digest" "${mara[@]}"

# Once and for all, in a file of the user alone.
expect 0 trust --yes
expect 0 trust --show --json
holds '.trusted and .files[0].trusted'
same "$(stat -c %a "$XDG_STATE_HOME/launchgate/trusted")" 600
expect 0 probe 1.3 --timeout 3 "${mara[@]}"
expect 0 trust --list
grep -qF "$PWD/launchgate.yaml" "$top/out"

# A changed byte asks again, and shows what is different in effect.
sed -i 's/authorised: .*/authorised: [shop.example, bank.example]/' launchgate.yaml
expect 5 probe 1 "${mara[@]}"
expect 5 trust --show
grep -q '^+ may contact bank.example' "$top/out" && grep -q '^  may contact shop.example' "$top/out"
sed -i 's/, bank.example//' launchgate.yaml
expect 0 trust --show
cp -r . "$top/elsewhere"
(cd "$top/elsewhere" && expect 5 probe 1 "${mara[@]}")

# A store that others may write is believed in nothing.
chmod 666 "$XDG_STATE_HOME/launchgate/trusted"
expect 5 probe 1 "${mara[@]}"
chmod 600 "$XDG_STATE_HOME/launchgate/trusted"
expect 0 trust --revoke
expect 5 trust --show

# A checklist of one's own is asked about as well; what init wrote is not.
expect 0 checklist list
mkdir "$top/own" && cd "$top/own" && git init -q -b main
expect 0 init --subject own --release 1.0 --environment production --url https://own.example --authorised
expect 0 trust --show
cat >list.yaml <<'YAML'
checklist: own
title: Own
version: 1
domains:
  - title: All
    controls:
      - number: "1"
        slug: one
        title: One
        severity: medium
        why: It matters.
        fix: Mend it.
        points:
          - { id: "1.1", text: No secret is in it., how: automatic, bound-to: code, probe: { id: secrets.env-ignored } }
YAML
expect 5 trust --show --checklist list.yaml
grep -q 'point 1.1 runs the probe secrets.env-ignored' "$top/out"
expect 5 probe 1.1 --checklist list.yaml "${mara[@]}"
expect 0 trust --yes --checklist list.yaml
expect 0 probe 1.1 --checklist list.yaml "${mara[@]}"
