import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Pod } from '@gantry/api';
import type { ContainerMount } from '@gantry/runtime';
import { hostsFile, resolvFile, type ClusterNames } from '../containers/files.ts';

export interface PodFilesInput {
  pod: V1Pod;
  /** Of the sandbox. */
  addresses: readonly string[];
  /** What the pod calls itself. */
  hostname: string;
  names: ClusterNames;
  nodeName: string;
}

/**
 * Writes hosts, hostname and resolv.conf of a pod into `folder`, which is made when missing, and returns how they are mounted into
 * its containers. Idempotent: what is there already as it should be is not touched.
 */
export function writePodFiles(folder: string, input: PodFilesInput): ContainerMount[] {
  const { pod, addresses, hostname, names, nodeName } = input;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const files: Record<string, string> = {
    '/etc/hosts': hostsFile(pod, addresses, names, nodeName, readText('/etc/hosts')),
    '/etc/hostname': `${hostname}\n`,
    '/etc/resolv.conf': resolvFile(pod, names, readText('/etc/resolv.conf')),
  };
  return Object.entries(files).map(([target, text]) => {
    const source = join(folder, target.slice('/etc/'.length));
    if (readText(source) !== text) writeFileSync(source, text, { mode: 0o644 });
    return { target, source, type: 'bind', options: ['rbind', 'rprivate', 'rw'] };
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
