#!/usr/bin/env bash
# Lays out a small root file system from this machine's busybox (Debian's package): the program, the libraries it needs, a link for
# each applet, the few files of /etc it reads.
#   tools/busybox-root.sh DIR
set -euo pipefail
root=${1:?a folder}
program=$(command -v busybox) || { echo 'gantry: busybox is missing: apt-get install busybox' >&2; exit 1; }
mkdir -p "$root"/{bin,etc,tmp,root,proc,sys,dev}
cp "$program" "$root/bin/busybox"
{ ldd "$program" 2>/dev/null || true; } | grep -oE '/[^ ]+' | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
for applet in $("$program" --list); do [[ $applet == busybox ]] || ln -sf busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
chmod 1777 "$root/tmp"
# The same program gives the same image.
find "$root" -exec touch -h -d @0 {} +
