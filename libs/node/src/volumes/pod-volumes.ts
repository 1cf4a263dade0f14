import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bytesOf, type V1Container, type V1Pod, type V1Volume, type V1VolumeMount } from '@gantry/api';
import { MNT_DETACH, mountFlags, UMOUNT_NOFOLLOW, type Host } from '@gantry/host';
import type { ContainerMount } from '@gantry/runtime';
import { configError } from '../containers/config-error.ts';
import type { ConfigSource } from '../containers/env.ts';
import { expand } from '../containers/expand.ts';
import type { NodeFacts } from '../containers/fields.ts';
import { podCgroupResources } from '../containers/resources.ts';
import { openFolder, writeAtomically } from './atomic-writer.ts';
import { prepareHostPath } from './host-path.ts';
import { hasPayload, VolumeProblem, volumePayload } from './payload.ts';
import { bindSubPath } from './sub-path.ts';

const TMPFS_MAGIC = 0x01021994;

export interface PodVolumesOptions {
  /** Where volumes on disk lie: `<dataDir>/pods`. */
  diskDir: string;
  /** Where volumes in memory lie: `<runDir>/pods`. A tmpfs is mounted on it when it is not on one. */
  memoryDir: string;
  host: Host;
  source: ConfigSource;
}

/**
 * The volumes of pods on this node. Everything of a pod lies in `<diskDir>/<uid>` and `<memoryDir>/<uid>`, so that it can be removed by
 * somebody who knows no more than the uid.
 */
export class PodVolumes {
  readonly #options: PodVolumesOptions;
  /** Paths of the shared memory of pods that is known to be mounted. */
  readonly #sharedMemory = new Set<string>();

  constructor(options: PodVolumesOptions) {
    this.#options = options;
    mkdirSync(options.diskDir, { recursive: true, mode: 0o711 });
    mkdirSync(options.memoryDir, { recursive: true, mode: 0o711 });
    // Secrets never touch a disk.
    if (statfsSync(options.memoryDir).type !== TMPFS_MAGIC)
      options.host.syscalls.mount(
        'tmpfs',
        options.memoryDir,
        'tmpfs',
        mountFlags.nosuid | mountFlags.nodev,
        'mode=0711',
      );
  }

  /** Sets up all volumes of the pod. Idempotent. Throws VolumeProblem naming the volume. */
  prepare(pod: V1Pod, node: NodeFacts): void {
    for (const volume of pod.spec?.volumes ?? []) {
      try {
        this.#prepare(volume, pod, node);
      } catch (error) {
        if (error instanceof VolumeProblem || (error as Error).name === 'ContainerProblem')
          throw new VolumeProblem(
            `MountVolume.SetUp failed for volume "${volume.name}" : ${(error as Error).message}`,
            { cause: error },
          );
        throw error;
      }
    }
  }

  /** Writes what has changed in the objects behind the pod's volumes. What is missing now leaves the files as they are. */
  refresh(pod: V1Pod, node: NodeFacts): void {
    for (const volume of pod.spec?.volumes ?? []) {
      if (!hasPayload(volume)) continue;
      const path = this.pathOf(pod, volume);
      if (!existsSync(path)) continue;
      try {
        writeAtomically(
          path,
          volumePayload(volume, pod, this.#options.source, node),
          pod.spec?.securityContext?.fsGroup,
        );
      } catch (error) {
        if (!(error instanceof VolumeProblem)) throw error;
      }
    }
  }

  #prepare(volume: V1Volume, pod: V1Pod, node: NodeFacts): void {
    const group = pod.spec?.securityContext?.fsGroup;
    const path = this.pathOf(pod, volume);
    if (volume.hostPath) return prepareHostPath(volume.hostPath.path, volume.hostPath.type);
    if (hasPayload(volume)) {
      const payload = volumePayload(volume, pod, this.#options.source, node);
      mkdirSync(path, { recursive: true });
      openFolder(path, group);
      writeAtomically(path, payload, group);
      return;
    }
    if (!volume.emptyDir)
      throw new VolumeProblem(
        `volumes of this kind are not supported by this node: ${Object.keys(volume)
          .filter((key) => key !== 'name')
          .join(', ')}`,
      );
    const { medium = '' } = volume.emptyDir;
    if (medium !== '' && medium !== 'Memory')
      throw new VolumeProblem(`emptyDir of medium ${medium} is not supported by this node`);
    const inMemory = medium === 'Memory';
    // A folder alone may be from before the machine's restart, or of an agent that was killed here.
    if (existsSync(path) && (!inMemory || mountsBelow(path).includes(path))) return;
    // Whole or not at all: an agent that is killed here must not leave one that only root may write to.
    const mode = group === undefined ? 0o777 : 0o2777;
    if (inMemory) {
      mkdirSync(path, { recursive: true });
      const size = memoryVolumeBytes(volume.emptyDir.sizeLimit, pod, node.allocatable.memoryBytes);
      this.#options.host.syscalls.mount(
        'tmpfs',
        path,
        'tmpfs',
        mountFlags.nosuid | mountFlags.nodev,
        `mode=${mode.toString(8)}${group === undefined ? '' : `,gid=${group}`},size=${size}`,
      );
      return;
    }
    const aside = `${dirname(path)}/..${volume.name}`;
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    if (group !== undefined) chownSync(aside, 0, group);
    chmodSync(aside, mode);
    renameSync(aside, path);
  }

  /** Where the pod's own volumes on disk lie, by their names. */
  onDisk(pod: V1Pod): Map<string, string> {
    const own = (pod.spec?.volumes ?? []).filter(
      ({ emptyDir, configMap }) => configMap || (emptyDir && emptyDir.medium !== 'Memory'),
    );
    return new Map(own.map((volume) => [volume.name, this.pathOf(pod, volume)]));
  }

  /** Where the volume lies on the node. */
  pathOf(pod: V1Pod, volume: V1Volume): string {
    if (volume.hostPath) return volume.hostPath.path;
    const inMemory = volume.secret ?? volume.projected ?? volume.downwardAPI;
    const base = inMemory ? this.#options.memoryDir : this.#options.diskDir;
    return join(base, pod.metadata.uid!, 'volumes', volume.name);
  }

  /** The mounts of one container, its subPaths bound. `attempt` keeps those of a restarted container apart. */
  mounts(
    pod: V1Pod,
    container: V1Container,
    attempt: number,
    valueOf: (name: string) => string | undefined,
  ): ContainerMount[] {
    // Shallow before deep: a mount below another must come after it.
    const sorted = [...(container.volumeMounts ?? [])].sort(
      (a, b) => depth(a.mountPath) - depth(b.mountPath),
    );
    return sorted.map((mount, index) => {
      const volume = pod.spec?.volumes?.find(({ name }) => name === mount.name);
      if (!volume)
        throw configError(`volume "${mount.name}" of container "${container.name}" is not defined`);
      const readOnly =
        mount.readOnly ||
        Boolean(volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI);
      return {
        target: mount.mountPath.startsWith('/') ? mount.mountPath : `/${mount.mountPath}`,
        source: this.#sourceOf(pod, container, volume, mount, `${attempt}-${index}`, valueOf),
        type: 'bind',
        options: [
          'rbind',
          propagation[mount.mountPropagation ?? 'None'] ?? 'rprivate',
          // All that is mounted below as well, where it is asked for (KEP-3857).
          readOnly ? (mount.readOnly && recursively(mount) ? 'rro' : 'ro') : 'rw',
        ],
      };
    });
  }

  #sourceOf(
    pod: V1Pod,
    container: V1Container,
    volume: V1Volume,
    mount: V1VolumeMount,
    name: string,
    valueOf: (name: string) => string | undefined,
  ): string {
    const path = this.pathOf(pod, volume);
    const subPath = mount.subPathExpr ? expandSubPath(mount.subPathExpr, valueOf) : mount.subPath;
    if (!subPath) return path;
    const target = join(this.#options.memoryDir, pod.metadata.uid!, 'subpaths', container.name, name);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    // Files of these volumes are links into `..data`, which changes with each update: a subPath sees the version of now.
    const base = hasPayload(volume) ? join(path, '..data') : path;
    bindSubPath(this.#options.host.syscalls, base, subPath, target);
    return target;
  }

  /**
   * The mount of `/dev/shm` for a container that does not run alone: those that share an IPC namespace share it as well (POSIX shared memory is
   * files there; the CRI keeps it with the sandbox). Undefined where a container may have one of its own.
   */
  sharedMemory({ metadata, spec }: V1Pod): ContainerMount | undefined {
    const options = ['rbind', 'rprivate', 'rw'];
    if (spec.hostIPC) return { target: '/dev/shm', source: '/dev/shm', type: 'bind', options };
    if (spec.containers.length + (spec.initContainers?.length ?? 0) < 2) return undefined;
    const path = join(this.#options.memoryDir, metadata.uid!, 'shm');
    if (!this.#sharedMemory.has(path)) {
      mkdirSync(path, { recursive: true });
      // An agent before this one may have made it.
      if (mountsBelow(path).length === 0)
        this.#options.host.syscalls.mount(
          'shm',
          path,
          'tmpfs',
          mountFlags.nosuid | mountFlags.nodev | mountFlags.noexec,
          `mode=1777,size=${sharedMemoryBytes}`,
        );
      this.#sharedMemory.add(path);
    }
    return { target: '/dev/shm', source: path, type: 'bind', options };
  }

  /** Unmounts and removes everything of the pod. Idempotent, also for pods never seen. */
  async remove(uid: string): Promise<void> {
    if (!/^[A-Za-z0-9-]+$/.test(uid)) return;
    const { memoryDir, diskDir, host } = this.#options;
    for (const folder of [join(memoryDir, uid), join(diskDir, uid)])
      for (const path of ['subpaths', 'volumes', 'shm']) unmountBelow(host, join(folder, path));
    this.#sharedMemory.delete(join(memoryDir, uid, 'shm'));
    rmSync(join(memoryDir, uid), { recursive: true, force: true });
    const folder = join(diskDir, uid);
    if (!existsSync(folder)) return;
    // As many files as the pod liked to make (100,000 take 2 s), as deep as it liked: not in this process.
    const { code, stderr } = await host.run('rm', ['-rf', '--one-file-system', '--', folder]);
    if (code !== 0) throw new Error(`volumes could not be removed: ${stderr.trim()}`);
  }
}

/** What the CRI gives a pod. */
const sharedMemoryBytes = 64 << 20;

/**
 * How large a volume in memory can grow: to its own limit, and in any case no further than its pod, whose memory it is, or the node allows
 * (KEP-1967; pkg/volume/emptydir, calculateEmptyDirMemorySize).
 */
function memoryVolumeBytes(sizeLimit: string | undefined, pod: V1Pod, nodeBytes: number): number {
  const limits = [nodeBytes, podCgroupResources(pod).memoryLimitBytes ?? 0, bytesOf(sizeLimit)];
  return Math.min(...limits.filter((bytes) => bytes > 0));
}

/** A variable that is not there, or empty, would make it another folder than was meant: that is an error. */
function expandSubPath(text: string, valueOf: (name: string) => string | undefined): string {
  const missing = new Set<string>();
  const result = expand(text, (name) => {
    const value = valueOf(name);
    if (!value) missing.add(name);
    return value;
  });
  if (missing.size > 0) throw configError(`missing value for ${[...missing].sort().join(', ')}`);
  return result;
}

const recursively = ({ recursiveReadOnly = 'Disabled' }: V1VolumeMount) => recursiveReadOnly !== 'Disabled';

const propagation: Record<string, string> = {
  None: 'rprivate',
  HostToContainer: 'rslave',
  Bidirectional: 'rshared',
};
const depth = (path: string) => path.split('/').filter(Boolean).length;

/** Unmounts all that is mounted at or below a path, the deepest first. */
export function unmountBelow(host: Host, path: string): void {
  for (const mount of mountsBelow(path)) host.syscalls.umount(mount, MNT_DETACH | UMOUNT_NOFOLLOW);
}

/** Mount points at or below a path, the last mounted first (proc_pid_mountinfo(5)). */
export function mountsBelow(path: string): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) =>
      (line.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_all, octal: string) =>
        String.fromCharCode(parseInt(octal, 8)),
      ),
    )
    .filter((mount) => mount === path || mount.startsWith(`${path}/`))
    .reverse();
}
