// The cluster that is measured: one of its own name, ports and addresses beside whatever else runs on this host.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = 'bench';
const data = `/var/lib/gantry-${name}`;
const registry = '127.0.0.1:9500';
const flags = [
  ...['--name', name, '--nodes', '2'],
  ...['--secure-port', '9443', '--node-service-port', '9444', '--registry-port', '9500'],
  ...['--cluster-cidr', '10.52.0.0/16', '--service-cluster-ip-range', '10.53.0.0/16'],
];

export const kubeconfig = `${data}/admin.kubeconfig`;

/** Runs `./gantry …` in a process group of its own, so that Ctrl-C reaches us alone and nothing is left half done. */
function gantry(args) {
  return new Promise((resolve, reject) => {
    const child = spawn('./gantry', args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`gantry ${args.slice(0, 2).join(' ')}: ${said.trim()}`)),
    );
  });
}

/** Somebody else's cluster of our name is not ours to remove. */
export function refuseIfThere() {
  if (existsSync(data)) {
    throw new Error(`${data} is there, from a bench that was killed or runs now; to remove it:
  ./gantry down --name ${name} --purge`);
  }
}

/** `./gantry` builds where sources are newer than the build: that is not part of any figure. */
export const build = () => gantry(['--help']);

/** The seconds until the API answers and all nodes are Ready. */
export async function up() {
  const begin = performance.now();
  await gantry(['up', ...flags]);
  return (performance.now() - begin) / 1000;
}

export const down = () => gantry(['down', '--name', name, '--purge']);

/** Makes an image out of this host's busybox and pushes it to the cluster's registry. */
export async function pushImage() {
  const root = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
  try {
    execFileSync('tools/busybox-root.sh', [root]);
    const reference = `${registry}/busybox:bench`;
    await gantry(['image', 'push', '--from', root, reference]);
    return reference;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The cluster's processes as `{ pid, command }`: what they were started with names the cluster's folders. */
export function processes() {
  const found = [];
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (command.includes(`gantry-${name}/`)) found.push({ pid: Number(pid), command });
    } catch {
      // It has ended since the folder was read.
    }
  }
  return found;
}
