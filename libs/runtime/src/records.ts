import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Container, ContainerConfig } from './runtime.ts';
import type { ProcessId } from './shim/process.ts';

/** What is kept on disk of a container, so that another process can take it over: `<root>/<id>/record.json`. */
export interface ContainerRecord {
  version: 1;
  id: string;
  /** Process numbers and mounts mean something only during the boot they come from. */
  bootId: string;
  /** Where it lies, so that a later process knows what belongs together. */
  cgroup: string;
  logPath: string;
  labels: Record<string, string>;
  terminal: boolean;
  stdin: boolean;
  createdAtMs: number;
  /** Absent while it is being made: a record found so is of a creation that was cut off. */
  process?: ProcessId;
  startedAtMs?: number;
  finishedAtMs?: number;
  exitCode?: number;
  oomKilled?: boolean;
}

export const bundleFiles = { record: 'record.json', config: 'config.json', root: 'rootfs' } as const;

export function newRecord(config: ContainerConfig, bootId: string, nowMs: number): ContainerRecord {
  return {
    version: 1,
    id: config.id,
    bootId,
    cgroup: config.cgroup,
    logPath: config.logPath,
    labels: config.labels ?? {},
    terminal: config.terminal ?? false,
    stdin: config.stdin ?? false,
    createdAtMs: nowMs,
  };
}

/** The container as callers see it. */
export function containerOf(record: ContainerRecord): Container {
  const { id, labels, createdAtMs, startedAtMs, finishedAtMs, exitCode, oomKilled, logPath } = record;
  const state = exitCode !== undefined ? 'exited' : startedAtMs !== undefined ? 'running' : 'created';
  return {
    id,
    state,
    labels,
    createdAtMs,
    logPath,
    ...(record.process && state !== 'exited' ? { pid: record.process.pid } : {}),
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ...(finishedAtMs === undefined ? {} : { finishedAtMs }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(oomKilled === undefined ? {} : { oomKilled }),
  };
}

/**
 * Writes it as a whole or not at all. Not synced to the disk: it has to outlive this process, and after a crash of the
 * machine the container is gone anyway.
 */
export function writeRecord(root: string, record: ContainerRecord): void {
  const path = join(root, record.id, bundleFiles.record);
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export interface FoundBundle {
  id: string;
  /** Undefined when it is missing or makes no sense: nothing is known of that container but its name. */
  record: ContainerRecord | undefined;
}

/** Every bundle below `root`, which is made when missing. */
export function readRecords(root: string): FoundBundle[] {
  mkdirSync(root, { recursive: true, mode: 0o711 });
  return readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [{ id: entry.name, record: readRecord(root, entry.name) }] : [],
  );
}

function readRecord(root: string, id: string): ContainerRecord | undefined {
  try {
    const record = JSON.parse(
      readFileSync(join(root, id, bundleFiles.record), 'utf8'),
    ) as Partial<ContainerRecord>;
    const whole =
      record.version === 1 &&
      record.id === id &&
      typeof record.cgroup === 'string' &&
      typeof record.logPath === 'string' &&
      typeof record.createdAtMs === 'number';
    return whole ? (record as ContainerRecord) : undefined;
  } catch {
    return undefined;
  }
}
