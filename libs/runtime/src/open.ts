import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCgroups } from './cgroups/detect.ts';
import { chooseRuntime, findProgram } from './choose.ts';
import { OciContainerRuntime } from './oci-runtime.ts';
import { resolveRuntimeOptions, type RuntimeOptions } from './options.ts';
import { RuntimeError, type ContainerRuntime } from './runtime.ts';

/**
 * Opens the container runtime over `root`: finds the containers that are there, takes in what ended meanwhile, and clears away
 * what an interrupted creation left. One process at a time may have a `root` open.
 * @throws RuntimeError when no OCI runtime or no shim is installed.
 */
export async function openRuntime(options: RuntimeOptions): Promise<ContainerRuntime> {
  const resolved = resolveRuntimeOptions(options);
  const cgroups = openCgroups(resolved.cgroupRoot);
  const shim = findProgram(resolved.shimPath);
  if (shim === undefined)
    throw new RuntimeError(
      'failed',
      `the container shim ${resolved.shimPath} is not installed: install conmon`,
    );
  const chosen = await chooseRuntime(resolved.host, resolved.runtimePath, cgroups.mode);
  const { root, runDir } = resolved;
  const folders = {
    runtimeRoot: join(runDir, 'oci'),
    attachDir: join(runDir, 'attach'),
    execDir: join(runDir, 'exec'),
    exitDir: join(root, '.exits'),
  };
  for (const folder of [root, runDir]) mkdirSync(folder, { recursive: true, mode: 0o711 });
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const runtime = new OciContainerRuntime(
    resolved,
    cgroups,
    chosen,
    { ...folders, shim, runtime: chosen.path },
    {
      cgroupVersion: cgroups.version,
      swapLimit: cgroups.swapLimit,
      capabilities: boundingSet(),
      arch: process.arch,
      openFiles: openFilesLimit(),
      oomScoreAdj: Number(readFileSync('/proc/self/oom_score_adj', 'latin1')),
    },
  );
  await runtime.recover();
  return runtime;
}

/** Our own hard limit, from /proc/self/limits (proc_pid_limits(5)). */
function openFilesLimit(): number {
  const [, hard] = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
  return hard === undefined || hard === 'unlimited' ? Infinity : Number(hard);
}

/** Our own bounding set, from /proc/self/status (proc_pid_status(5)). */
function boundingSet(): bigint {
  const [, bits] = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  return bits === undefined ? -1n : BigInt(`0x${bits}`);
}
