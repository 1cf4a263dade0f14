#!/usr/bin/env bash
# The main job from one command: a cluster of two nodes on this host, an image, a Deployment behind a Service, a page fetched from it.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ -t 2 ]]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi
say() { printf '%s%s%s\n' "$bold" "$*" "$plain" >&2; }

# Before minutes of set-up that would be in vain.
[[ $(id -u) == 0 ]] || { echo 'gantry: a cluster on this host needs root: sudo npm run demo' >&2; exit 1; }
tools/setup.sh >&2

./gantry up --nodes 2
export KUBECONFIG; KUBECONFIG=$(./gantry kubeconfig)
say 'Building the image 127.0.0.1:5000/hello:1 and pushing it to the registry'
root=$(mktemp -d); trap 'rm -rf "$root"' EXIT
tools/busybox-root.sh "$root"
./gantry image push --from "$root" 127.0.0.1:5000/hello:1
say 'Applying examples/hello'
./gantry apply -f examples/hello
./gantry wait --for=condition=Available deployment/hello --timeout=60s
./gantry wait --for=jsonpath='{.status.readyReplicas}'=3 deployment/hello --timeout=60s
address=$(./gantry get service hello -o jsonpath='{.spec.clusterIP}')
say "Fetching http://$address/ (the Service's address)"
curl -sf --retry 5 --retry-connrefused --max-time 5 "http://$address/"
echo
./gantry get nodes,deployments,pods,services -o wide
cat <<TEXT

kubeconfig   $KUBECONFIG
             export KUBECONFIG=$KUBECONFIG    # then kubectl or ./gantry
logs         ./gantry logs -l app=hello --prefix
stop         npm run down
TEXT
