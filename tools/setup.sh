#!/usr/bin/env bash
# Brings a machine to the point where the project runs: Debian packages, npm packages, the build. Does only what is missing.
#   tools/setup.sh [--tests]     --tests: also what only the tests need (Prometheus …)
set -euo pipefail
cd "$(dirname "$0")/.."

die() { printf 'gantry: %s\n' "$*" >&2; exit 1; }

# step TEXT COMMAND…: one line with its time; what the command wrote is shown only when it fails.
log=$(mktemp)
cleanup=("$log")
trap 'rm -rf "${cleanup[@]}"' EXIT
step() {
  local text=$1 began=$SECONDS
  shift
  printf '%s … ' "$text"
  "$@" >"$log" 2>&1 </dev/null || { echo 'failed'; tail -n 20 "$log" >&2; return 1; }
  printf 'done in %s s\n' $((SECONDS - began))
}

command -v npm >/dev/null || die 'npm is missing: install Node.js with npm (apt-get install nodejs npm)'

# program:package pairs; a program that is there is never installed again
wanted=(etcd:etcd-server runc:runc conmon:conmon ip:iproute2 nft:nftables busybox:busybox docker-registry:docker-registry
  curl:curl conntrack:conntrack kubectl:kubernetes-client)
[[ ${1:-} != --tests ]] || wanted+=(prometheus:prometheus jq:jq script:bsdutils ps:procps etcdctl:etcd-client zstd:zstd)
PATH=$PATH:/usr/sbin:/sbin
missing=()
for pair in "${wanted[@]}"; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
done

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  # What an earlier installation left half done stands in the way of every other.
  [[ -z $(dpkg --audit) ]] || dpkg --configure -a
  # A fresh machine may be looking for updates right now. A source that fails matters only if it has what we want: then apt-get
  # install says so.
  for _ in {1..60}; do
    apt-get update 2>&1 | tee "$log.update" && break
    grep -q 'Could not get lock' "$log.update" || break
    sleep 2
  done
  apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# Some packages bring a service that would take the ports of the cluster's own etcd and registry: it shall start neither now …
policy=/usr/sbin/policy-rc.d
forbid_services() {
  cleanup+=("$log.update")
  # Somebody else's rule (images of containers have one) stays; one of ours that was left behind is ours.
  if [[ -e $policy ]] && ! grep -q 'gantry' "$policy"; then return; fi
  cleanup+=("$policy")
  printf '#!/bin/sh\n# gantry: for as long as tools/setup.sh installs\nexit 101\n' >"$policy"
  chmod +x "$policy"
}
# … nor at the next boot.
services=(etcd-server:etcd docker-registry:docker-registry prometheus:prometheus)
disable_services() {
  local service
  for service in "$@"; do
    [[ -e /etc/init.d/$service ]] || continue # not installed this time either
    update-rc.d "$service" disable || return 1
    if command -v systemctl >/dev/null; then systemctl disable "$service.service" || return 1; fi
  done
}

if ((${#missing[@]})); then
  [[ $(id -u) == 0 ]] || die "missing: ${missing[*]}. Run this as root, or install them: apt-get install ${missing[*]}"
  command -v apt-get >/dev/null || die "missing: ${missing[*]}, and this machine has no apt-get to install them with"
  forbid_services
  new=() # services of packages that are not there yet, or half: those somebody runs already are none of our business
  for pair in "${services[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "${pair%%:*}" 2>/dev/null) == installed ]] || new+=("${pair#*:}")
  done
  step "installing ${missing[*]}" install_packages "${missing[@]}" || die "apt-get could not install ${missing[*]} (see above)"
  disable_services "${new[@]}" >"$log" 2>&1 ||
    printf 'gantry: could not disable %s: it may take the ports of a cluster at the next boot\n%s\n' "${new[*]}" "$(cat "$log")" >&2
fi

# npm leaves out optional packages that want a newer Node than the one it runs on (Debian's own, say): then it installs once more, on the Node
# that it has just brought.
npm_install() {
  npm ci --no-audit --no-fund --loglevel=error || return
  if node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 1 : 0)'; then
    local newer
    newer=$(mktemp -d)
    cleanup+=("$newer")
    cp "$(compgen -G 'node_modules/node24*/bin/node' | head -n 1)" "$newer/node"
    PATH=$newer:$PATH npm ci --no-audit --no-fund --loglevel=error
  fi
}

stamp=node_modules/.package-lock.json
if [[ ! -e $stamp || package-lock.json -nt $stamp || ! -d node_modules/esbuild ]]; then
  step 'installing npm packages' npm_install || die 'npm ci failed (see above)'
  touch "$stamp"
fi
# Debian's npm 9 makes no link for the program of an optional package, and `npm run` would find the machine's own, older Node.
node=$(compgen -G 'node_modules/node24*/bin/node' | head -n 1)
[[ -x node_modules/.bin/node ]] || ln -sfn "../${node#node_modules/}" node_modules/.bin/node
PATH=$PWD/node_modules/.bin:$PATH
# (`./gantry` builds by itself, too, but without a word.)
[[ -e dist/bin/cli.js ]] && ./gantry version --client >/dev/null 2>&1 ||
  step 'building' node tools/build.mjs || die 'the build failed (see above)'
