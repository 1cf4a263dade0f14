import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '@gantry/base';
import { mountRoot } from './bundle.ts';
import type { Cgroups } from './cgroups/cgroups.ts';
import type { ChosenRuntime } from './choose.ts';
import { withDeadline } from './deadline.ts';
import { ExecFifo } from './exec-fifo.ts';
import { LogRotation } from './logs/rotate.ts';
import { Operations } from './operations.ts';
import type { ResolvedRuntimeOptions } from './options.ts';
import {
  bundleFiles,
  containerOf,
  newRecord,
  readRecords,
  writeRecord,
  type ContainerRecord,
} from './records.ts';
import { Removal } from './removal.ts';
import {
  RuntimeError,
  type Container,
  type ContainerConfig,
  type ContainerRuntime,
  type ContainerStats,
  type ResourceUsage,
  type ExecConfig,
  type ExecSession,
  type Resources,
} from './runtime.ts';
import { shimFiles, startShim, type ShimPaths, type StartedShim } from './shim/conmon.ts';
import { DetachedSpawner } from './shim/detached.ts';
import { readExit, watchExits } from './shim/exits.ts';
import { runtimeError } from './shim/messages.ts';
import {
  bootId,
  identify,
  isAlive,
  parentWithArgument,
  signalSender,
  type ProcessId,
} from './shim/process.ts';
import { signalNumber } from './shim/signal.ts';
import { checkCgroupPath, checkConfig, containerSpec, type SpecHost } from './spec/spec.ts';
import { resolveUser } from './spec/user.ts';
import { attachContainer } from './streams/attach.ts';
import { execInContainer } from './streams/exec.ts';

export interface RuntimePaths extends ShimPaths {
  execDir: string;
}

/** One container, as this process knows it. */
interface Entry {
  record: ContainerRecord;
  shim?: StartedShim;
  /** The shim of a container taken over: nobody tells of its end, so it is looked for. */
  adoptedShim?: ProcessId;
  /** Whether listeners know that it runs: they hear of it before its end, however soon that comes. */
  announced?: boolean;
  /** Resolves when it has ended and the record says so. */
  readonly exited: PromiseWithResolvers<void>;
}

/** Exit code of a container whose shim is gone without having written one; containerd says the same. */
const unknownExitCode = 255;
const SIGKILL = 9;
/** How long the shim may take, after the container's last process, to write down its exit. */
const exitFileMs = 2_000;
/** How often the shims of containers taken over are looked for, as often as the kubelet's PLEG lists containers. */
const shimCheckMs = 1_000;
const removalMs = 10_000;

/**
 * Containers by an OCI runtime under conmon. What is on the disk decides, so that any process may go on with it:
 *
 *      create()            start()               ends
 *     ─────────▶ created ─────────▶ running ───────────▶ exited
 *     record.json with    exec.fifo read       .exits/<id> written by the shim,
 *     the process         and unlinked         then taken into record.json
 */
export class OciContainerRuntime implements ContainerRuntime {
  readonly version: string;
  readonly #options: ResolvedRuntimeOptions;
  readonly #cgroups: Cgroups;
  readonly #kind: ChosenRuntime['kind'];
  readonly #paths: RuntimePaths;
  readonly #specHost: SpecHost;
  readonly #boot = bootId();
  readonly #signal = signalSender();
  readonly #spawner = new DetachedSpawner();
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(container: Container) => void>();
  readonly #operations: Operations;
  readonly #removal: Removal;
  readonly #rotation: LogRotation;
  /** Exits found at the start, for the first listener: nobody could listen yet. */
  #missed: Container[] = [];
  #watcher: FSWatcher | undefined;
  #shimCheck: Disposable | undefined;

  constructor(
    options: ResolvedRuntimeOptions,
    cgroups: Cgroups,
    chosen: ChosenRuntime,
    paths: RuntimePaths,
    specHost: SpecHost,
  ) {
    this.#options = options;
    this.#cgroups = cgroups;
    this.#kind = chosen.kind;
    this.version = chosen.version;
    this.#paths = paths;
    this.#specHost = specHost;
    this.#operations = new Operations(options.clock, options.metrics);
    this.#removal = new Removal({
      root: options.root,
      paths,
      host: options.host,
      clock: options.clock,
      cgroups,
      signal: this.#signal,
    });
    this.#rotation = new LogRotation(options, () =>
      [...this.#entries.values()]
        .filter(({ record }) => record.process && record.exitCode === undefined)
        .map(({ record }) => ({
          logPath: record.logPath,
          controlPath: join(this.#bundle(record.id), shimFiles.control),
        })),
    );
  }

  /** Reads the records: to be called once, before anything else. */
  async recover(): Promise<void> {
    this.#watcher = watchExits(
      this.#paths.exitDir,
      (id) => this.#seeExit(id),
      (err) => this.#options.log.error('watch of container exits failed', { err }),
    );
    rmSync(this.#paths.execDir, { recursive: true, force: true });
    mkdirSync(this.#paths.execDir, { mode: 0o700 });
    for (const { id, record } of readRecords(this.#options.root)) {
      if (id.startsWith('.')) continue;
      if (record?.process === undefined) {
        this.#options.log.info('clearing away an interrupted container creation', { container: id });
        await this.#removal.abandon(id, record?.cgroup);
        continue;
      }
      const entry: Entry = {
        record,
        announced: record.startedAtMs !== undefined,
        exited: Promise.withResolvers(),
      };
      this.#entries.set(id, entry);
      if (record.exitCode !== undefined) entry.exited.resolve();
      else this.#adopt(entry);
    }
    for (const folder of [this.#paths.exitDir, this.#paths.attachDir])
      for (const name of readdirSync(folder))
        if (!this.#entries.has(name)) rmSync(join(folder, name), { force: true });
    this.#rotation.start();
    this.#checkShims();
  }

  /** Takes over a container that had not ended when its record was written. */
  #adopt(entry: Entry): void {
    const { record } = entry;
    if (record.startedAtMs === undefined && this.#kind === 'runc') {
      // Started, and then its record was not written any more.
      const releasedAtMs = this.#fifo(record.id).releasedAtMs();
      if (releasedAtMs !== undefined) record.startedAtMs = releasedAtMs;
    }
    if (this.#seeExit(record.id)) return;
    if (record.bootId !== this.#boot) this.#lost(entry, 'the machine was restarted');
    else if (!isAlive(record.process)) this.#checkLater(entry);
    else {
      const shim = parentWithArgument(record.process.pid, record.id);
      if (shim) entry.adoptedShim = shim;
      // It may have ended just now, and its shim with it.
      else if (isAlive(record.process)) this.#lost(entry, 'its shim was killed');
      else this.#checkLater(entry);
    }
  }

  /** Looks after the shims that an earlier process started, as long as there is one: of our own we are told. */
  #checkShims(): void {
    let left = 0;
    for (const entry of this.#entries.values()) {
      if (!entry.adoptedShim || entry.record.exitCode !== undefined) continue;
      if (isAlive(entry.adoptedShim)) left++;
      // It writes the exit down before it ends itself.
      else if (!this.#seeExit(entry.record.id)) this.#lost(entry, 'its shim was killed');
    }
    if (left > 0 && !this.#operations.closed)
      this.#shimCheck = this.#options.clock.after(shimCheckMs, () => this.#checkShims());
  }

  #bundle(id: string): string {
    return join(this.#options.root, id);
  }

  #fifo(id: string): ExecFifo {
    return new ExecFifo(this.#paths.runtimeRoot, id);
  }

  create(config: ContainerConfig): Promise<Container> {
    return this.#operations.ordered(config.id, 'create_container', async () => {
      const existing = this.get(config.id);
      if (existing) return existing;
      try {
        checkConfig(config);
      } catch (error) {
        throw new RuntimeError('failed', messageOf(error), { cause: error });
      }
      const entry: Entry = {
        record: newRecord(config, this.#boot, this.#options.clock.now()),
        exited: Promise.withResolvers(),
      };
      try {
        await this.#make(config, entry);
      } catch (error) {
        await this.#removal.abandon(config.id, config.cgroup);
        if (error instanceof RuntimeError) throw error;
        throw new RuntimeError('failed', messageOf(error), { cause: error });
      }
      this.#entries.set(config.id, entry);
      this.#emit(entry);
      this.#seeExit(config.id);
      return containerOf(entry.record);
    });
  }

  async #make(config: ContainerConfig, entry: Entry): Promise<void> {
    const { host } = this.#options;
    this.#cgroups.warmUp();
    const bundle = this.#bundle(config.id);
    const rootPath = join(bundle, bundleFiles.root);
    rmSync(join(this.#paths.exitDir, config.id), { force: true });
    mkdirSync(rootPath, { recursive: true, mode: 0o711 });
    writeRecord(this.#options.root, entry.record); // from here on a crash leaves something to clear away
    mountRoot(host, config.root, rootPath);
    const user = resolveUser(rootPath, config.user, config.supplementalGroups, config.strictGroups);
    const spec = containerSpec(config, rootPath, user, this.#specHost);
    writeFileSync(join(bundle, bundleFiles.config), JSON.stringify(spec), { mode: 0o600 });
    mkdirSync(dirname(config.logPath), { recursive: true, mode: 0o755 });
    this.#cgroups.ensureParents(config.cgroup);
    const starting = startShim(this.#spawner, this.#paths, {
      id: config.id,
      bundle,
      logPath: config.logPath,
      terminal: config.terminal ?? false,
      stdin: config.stdin ?? false,
      stdinOnce: config.stdinOnce ?? false,
    });
    // A runtime that hangs is ended by our caller, as whatever a creation leaves; so its container can be removed.
    const { clock, operationTimeoutMs } = this.#options;
    const shim = await withDeadline(starting, clock, operationTimeoutMs, 'cannot create the container');
    entry.shim = shim;
    entry.record.process = identify(shim.pid) ?? { pid: shim.pid, startTicks: '' };
    writeRecord(this.#options.root, entry.record);
    void shim.ended.then(() => this.#shimEnded(entry));
  }

  start(id: string): Promise<Container> {
    return this.#operations.ordered(id, 'start_container', async () => {
      const entry = this.#entry(id);
      const { record } = entry;
      if (record.startedAtMs !== undefined || record.exitCode !== undefined) return containerOf(record);
      // Set before, so that what ends at once has not ended before it started.
      record.startedAtMs = this.#options.clock.now();
      try {
        await this.#letGo(entry);
      } catch (error) {
        delete record.startedAtMs;
        throw error;
      }
      if (record.exitCode === undefined) {
        writeRecord(this.#options.root, record);
        this.#announce(entry);
      }
      return containerOf(record);
    });
  }

  #announce(entry: Entry): void {
    if (entry.announced || entry.record.startedAtMs === undefined) return;
    entry.announced = true;
    this.#emit(entry);
  }

  async #letGo(entry: Entry): Promise<void> {
    if (this.#kind === 'runc') return this.#fifo(entry.record.id).release(entry.exited.promise);
    const args = ['--root', this.#paths.runtimeRoot, 'start', entry.record.id];
    const { code, stderr } = await this.#options.host.run(this.#paths.runtime, args);
    if (code !== 0) throw runtimeError(stderr);
  }

  async kill(id: string, signal: string, options: { all?: boolean } = {}): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry || entry.record.exitCode !== undefined) return;
    this.#send(entry, signalNumber(signal), options.all ?? false);
  }

  #send(entry: Entry, signal: number, all: boolean): void {
    const { record } = entry;
    if (all) this.#removal.killGroup(record.cgroup, signal);
    if (!record.process || isAlive(record.process)) {
      if (record.process && !all) this.#signal(record.process, signal);
    } else if (!this.#seeExit(record.id)) this.#checkLater(entry);
  }

  remove(id: string): Promise<void> {
    return this.#operations.ordered(id, 'remove_container', async () => {
      const entry = this.#entries.get(id);
      if (!entry) return;
      if (entry.record.exitCode === undefined) {
        this.#send(entry, SIGKILL, false);
        const deadline = Promise.withResolvers<void>();
        using _timer = this.#options.clock.after(removalMs, () => deadline.resolve());
        await Promise.race([entry.exited.promise, deadline.promise]);
        if (entry.record.exitCode === undefined)
          throw new RuntimeError(
            'failed',
            `container ${id} was killed but does not end: a process of it may hang in the kernel`,
          );
      }
      entry.shim?.release();
      await this.#removal.clear(id, entry.record.cgroup);
      this.#entries.delete(id);
    });
  }

  get(id: string): Container | undefined {
    const entry = this.#entries.get(id);
    return entry && containerOf(entry.record);
  }

  list(): Container[] {
    return [...this.#entries.values()].map(({ record }) => containerOf(record));
  }

  onChange(listener: (container: Container) => void): Disposable {
    this.#listeners.add(listener);
    const missed = this.#missed;
    this.#missed = [];
    queueMicrotask(() => missed.forEach((container) => listener(container)));
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  #emit(entry: Entry): void {
    const container = containerOf(entry.record);
    if (this.#listeners.size === 0 && container.state === 'exited') this.#missed.push(container);
    for (const listener of this.#listeners) {
      try {
        listener(container);
      } catch (err) {
        this.#options.log.error('a listener to container changes failed', { container: container.id, err });
      }
    }
  }

  /** Takes in the exit file, if it is there. Returns whether the container has ended. */
  #seeExit(id: string): boolean {
    const entry = this.#entries.get(id);
    if (!entry) return false;
    if (entry.record.exitCode !== undefined) return true;
    const exit = readExit(this.#paths.exitDir, id);
    if (exit) this.#ended(entry, exit.exitCode, exit.finishedAtMs);
    return exit !== undefined;
  }

  #ended(entry: Entry, exitCode: number, finishedAtMs: number): void {
    const { record } = entry;
    this.#announce(entry);
    record.exitCode = exitCode;
    // The exit file's time is that of the kernel's last tick, some milliseconds back.
    record.finishedAtMs = Math.max(finishedAtMs, record.startedAtMs ?? record.createdAtMs);
    record.oomKilled =
      this.#cgroups.oomKills(record.cgroup) > 0 || existsSync(join(this.#bundle(record.id), 'oom'));
    try {
      writeRecord(this.#options.root, record);
    } catch (err) {
      // The exit file stays until removal, so the code is not lost: the next process reads it again.
      this.#options.log.warn('container record not written', { container: record.id, err });
    }
    entry.exited.resolve();
    this.#emit(entry);
  }

  #shimEnded(entry: Entry): void {
    if (
      this.#operations.closed ||
      this.#entries.get(entry.record.id) !== entry ||
      this.#seeExit(entry.record.id)
    )
      return;
    this.#lost(entry, 'its shim was killed');
  }

  /** Its process is gone: either the shim writes the exit file at once or nobody does. */
  #checkLater(entry: Entry): void {
    this.#options.clock.after(exitFileMs, () => {
      if (
        !this.#operations.closed &&
        this.#entries.get(entry.record.id) === entry &&
        !this.#seeExit(entry.record.id)
      )
        this.#lost(entry, 'its shim is gone');
    });
  }

  /** Without a shim nobody reads its output nor its exit code, so what is left of it must end. */
  #lost(entry: Entry, why: string): void {
    const { record } = entry;
    this.#options.log.warn('container lost', { container: record.id, why });
    if (record.bootId === this.#boot && record.process) {
      this.#signal(record.process, SIGKILL);
      this.#removal.killGroup(record.cgroup, SIGKILL);
    }
    this.#ended(entry, unknownExitCode, this.#options.clock.now());
  }

  exec(id: string, config: ExecConfig): Promise<ExecSession> {
    return this.#operations.measured('exec', async () => {
      this.#running(id);
      this.#cgroups.warmUp();
      const { host, clock, operationTimeoutMs } = this.#options;
      try {
        return await execInContainer(
          { ...this.#paths, host, clock, timeoutMs: operationTimeoutMs, signal: this.#signal },
          id,
          this.#bundle(id),
          config,
        );
      } catch (error) {
        // Whatever the runtime stumbled over in a container that ended meanwhile, that is why.
        if (this.#entries.get(id)?.record.exitCode === undefined && isAlive(this.#entry(id).record.process))
          throw error;
        throw new RuntimeError('gone', `container ${id} is not running`, { cause: error });
      }
    });
  }

  async attach(id: string): Promise<ExecSession> {
    const entry = this.#running(id, true);
    return attachContainer({
      socketPath: join(this.#paths.attachDir, id, shimFiles.attach),
      controlPath: join(this.#bundle(id), shimFiles.control),
      stdin: entry.record.stdin,
      terminal: entry.record.terminal,
      exited: entry.exited.promise.then(() => entry.record.exitCode ?? unknownExitCode),
    });
  }

  async update(id: string, resources: Resources): Promise<void> {
    const { record } = this.#entry(id);
    if (record.exitCode !== undefined) throw new RuntimeError('gone', `container ${id} is not running`);
    this.#cgroups.update(record.cgroup, resources);
  }

  async stats(id: string): Promise<ContainerStats | undefined> {
    const path = this.#livingCgroup(id);
    return path === undefined ? undefined : this.cgroupStats(path);
  }

  async usage(id: string): Promise<ResourceUsage | undefined> {
    const path = this.#livingCgroup(id);
    return path === undefined ? undefined : this.cgroupUsage(path);
  }

  #livingCgroup(id: string): string | undefined {
    const entry = this.#entries.get(id);
    if (!entry || entry.record.exitCode !== undefined) return undefined;
    if (entry.record.process && !isAlive(entry.record.process) && !this.#seeExit(id)) this.#checkLater(entry);
    return entry.record.cgroup;
  }

  async ensureCgroup(path: string, resources: Resources): Promise<void> {
    checkCgroupPath(path);
    this.#cgroups.ensure(path, resources);
  }

  removeCgroup(path: string): Promise<void> {
    checkCgroupPath(path);
    return this.#removal.removeCgroup(path, { killing: false });
  }

  async cgroupStats(path: string): Promise<ContainerStats | undefined> {
    checkCgroupPath(path);
    return this.#cgroups.stats(path, this.#options.clock.now());
  }

  async cgroupUsage(path: string): Promise<ResourceUsage | undefined> {
    checkCgroupPath(path);
    return this.#cgroups.usage(path, this.#options.clock.now());
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new RuntimeError('gone', `no such container: ${id}`);
    return entry;
  }

  #running(id: string, created = false): Entry {
    const entry = this.#entry(id);
    if (entry.record.exitCode !== undefined || (!created && entry.record.startedAtMs === undefined))
      throw new RuntimeError('gone', `container ${id} is not running`);
    return entry;
  }

  /** Lets go of everything; the containers go on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#operations.close();
    this.#watcher?.close();
    this.#shimCheck?.[Symbol.dispose]();
    this.#rotation[Symbol.dispose]();
    for (const { shim } of this.#entries.values()) shim?.release();
    await this.#operations.settled();
    this.#spawner[Symbol.dispose]();
    this.#listeners.clear();
  }
}
