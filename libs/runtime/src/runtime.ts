import type { Readable, Writable } from 'node:stream';

/** Limits and weights of one cgroup; absent means unlimited or the kernel's default. */
export interface Resources {
  /** CPU request in thousandths of a core: becomes cpu.shares / cpu.weight. */
  cpuRequestMilli?: number;
  /** CPU limit in thousandths of a core: becomes a quota over 100 ms periods. */
  cpuLimitMilli?: number;
  memoryLimitBytes?: number;
  pidsLimit?: number;
  oomScoreAdj?: number;
}

export interface ContainerMount {
  /** Absolute path inside the container. */
  target: string;
  /** Absolute path on the host (bind), or the name of a file system (`proc`, `tmpfs`, …). */
  source: string;
  type: 'bind' | 'tmpfs' | string;
  options: string[];
}

/** Paths of namespaces to join, as bind mounts that pin them; absent ones are made new for the container. */
export interface Namespaces {
  network?: string | 'host';
  ipc?: string | 'host';
  uts?: string | 'host';
  pid?: string | 'host';
}

/** All that is needed to run one container; nothing here speaks of pods. */
export interface ContainerConfig {
  /** Unique on the host, `[A-Za-z0-9_.-]{1,64}`. */
  id: string;
  /** Where the root file system shall be mounted from: an overlay as `ImageStore.prepareRoot` returned it. */
  root: { type: 'overlay' | 'bind'; source: string; options: string[] };
  readonlyRoot?: boolean;
  /** Program and arguments, never empty; looked up in PATH of `env` inside the root. */
  args: string[];
  /** `NAME=value`. */
  env: string[];
  cwd: string;
  /** `user`, `user:group`, numbers or names of the image's own /etc/passwd and /etc/group. Default root. */
  user?: string;
  supplementalGroups?: number[];
  /** The user is in no other groups, whatever the image's own /etc/group says. */
  strictGroups?: boolean;
  hostname?: string;
  terminal?: boolean;
  /** Keep standard input open for `attach`. Default: /dev/null. */
  stdin?: boolean;
  stdinOnce?: boolean;
  mounts: ContainerMount[];
  namespaces: Namespaces;
  /** Path of the cgroup below each hierarchy's root, absolute: `/gantry/node-1/kubepods/pod<uid>/<id>`. */
  cgroup: string;
  resources: Resources;
  capabilities?: { add?: string[]; drop?: string[] };
  privileged?: boolean;
  noNewPrivileges?: boolean;
  seccomp?: 'default' | 'unconfined';
  sysctls?: Record<string, string>;
  /** Default: the masked and read-only paths of `/proc` and `/sys` that Docker uses. */
  unmaskedPaths?: boolean;
  /** Standard output and error go here, in the CRI log format, created when missing. */
  logPath: string;
  /** Kept with the container and given back by `list`, for the caller to know it again. */
  labels?: Record<string, string>;
}

export type ContainerState = 'created' | 'running' | 'exited';

export interface Container {
  id: string;
  state: ContainerState;
  pid?: number;
  labels: Record<string, string>;
  /** Milliseconds since the epoch. */
  createdAtMs: number;
  startedAtMs?: number;
  finishedAtMs?: number;
  /** 128 + n when signal n ended it. Present when exited. */
  exitCode?: number;
  oomKilled?: boolean;
  logPath: string;
}

export interface ExecConfig {
  args: string[];
  env?: string[];
  cwd?: string;
  user?: string;
  terminal?: boolean;
  /** Of the terminal when the process starts. Default 80 × 24. */
  size?: { columns: number; rows: number };
  /** Whether `stdin` of the session leads anywhere. */
  stdin?: boolean;
}

/** A process running in a container, or the container's own standard streams when attached. */
export interface ExecSession {
  /** Ends the process's standard input when ended. */
  stdin: Writable;
  stdout: Readable;
  /** Empty with a terminal: all comes by `stdout`. */
  stderr: Readable;
  resize(size: { columns: number; rows: number }): void;
  /** The exit code, once all output has been read. An attach ends with the container's. */
  exit: Promise<number>;
  /** Leaves (attach) or kills (exec). */
  close(): void;
}

/** What is looked at often, and so costs little to find out. */
export interface ResourceUsage {
  /** Milliseconds since the epoch. */
  atMs: number;
  /** CPU time used since the start, in nanoseconds. */
  cpuUsageNs: bigint;
  memoryUsageBytes: number;
  /** Usage less inactive file pages, as the kubelet counts it. */
  memoryWorkingSetBytes: number;
  memoryRssBytes: number;
  /** Pages of files, mapped or not. */
  memoryCacheBytes: number;
  memoryMappedBytes: number;
}

export interface ContainerStats extends ResourceUsage {
  memorySwapBytes: number;
  pids: number;
  cpuThrottledPeriods: number;
  /** For how long the group had work and no quota, in nanoseconds. */
  cpuThrottledNs: bigint;
  cpuPeriods: number;
  oomEvents: number;
  /** By block device that the group has used: what went there directly, and on version 2 also through the page cache. */
  io: readonly DeviceIo[];
}

export interface DeviceIo {
  /** `<major>:<minor>`. */
  device: string;
  readBytes: number;
  writeBytes: number;
  reads: number;
  writes: number;
}

/** A runtime that refused, in its own words: `exec: "nope": executable file not found in $PATH`. */
export class RuntimeError extends Error {
  /** `notFound`: no such program in the root (exit code 127); `denied`: not executable (126); `gone`: no such container. */
  readonly reason: 'notFound' | 'denied' | 'gone' | 'failed';

  constructor(reason: RuntimeError['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RuntimeError';
    this.reason = reason;
  }
}

/**
 * Runs containers by an OCI runtime under a shim that outlives this process: a container goes on, its log is written and
 * its exit code kept while nobody is here; the next `open` finds them again. Every method is safe to call twice.
 */
export interface ContainerRuntime extends AsyncDisposable {
  /** Mounts the root, makes the bundle and the container; its process waits for `start`. Throws RuntimeError and leaves nothing. */
  create(config: ContainerConfig): Promise<Container>;
  start(id: string): Promise<Container>;
  /** Sends a signal (`SIGTERM`, `9`, …) to the container's first process, or to all of its processes. Gone is no error. */
  kill(id: string, signal: string, options?: { all?: boolean }): Promise<void>;
  /** Kills what still runs, unmounts the root, removes bundle and cgroup. The log stays: it belongs to the caller. Idempotent. */
  remove(id: string): Promise<void>;
  get(id: string): Container | undefined;
  /** Everything that exists, including what ran before this process started. */
  list(): Container[];
  /** Called at each change of a container's state, also for exits that happened while nobody was here. */
  onChange(listener: (container: Container) => void): Disposable;
  exec(id: string, config: ExecConfig): Promise<ExecSession>;
  attach(id: string): Promise<ExecSession>;
  update(id: string, resources: Resources): Promise<void>;
  /** Undefined for one that does not run. */
  stats(id: string): Promise<ContainerStats | undefined>;
  /** The part of `stats` that costs less than half. */
  usage(id: string): Promise<ResourceUsage | undefined>;
  /** Makes a cgroup that holds others (a pod's, a QoS class's) with these limits, or changes its limits. Idempotent. */
  ensureCgroup(path: string, resources: Resources): Promise<void>;
  /** Removes it with its empty children; busy ones are tried again for a second. */
  removeCgroup(path: string): Promise<void>;
  cgroupStats(path: string): Promise<ContainerStats | undefined>;
  cgroupUsage(path: string): Promise<ResourceUsage | undefined>;
  /** `runc 1.1.5`. */
  readonly version: string;
}

/** One line of a container's log. */
export interface LogLine {
  /** RFC 3339 with nanoseconds, as it stands in the file. */
  timestamp: string;
  stream: 'stdout' | 'stderr';
  /** With its newline, unless the line was cut (`P`). */
  content: Uint8Array;
}

export interface LogOptions {
  follow?: boolean;
  tailLines?: number;
  sinceTime?: string;
  sinceSeconds?: number;
  limitBytes?: number;
  timestamps?: boolean;
  stream?: 'stdout' | 'stderr';
}
