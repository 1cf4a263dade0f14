import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { podCgroups } from './pod-cgroups.ts';

const folders: string[] = [];
afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true });
});

it('finds the cgroups of pods of every QoS class, each once, in every hierarchy', () => {
  const root = mkdtempSync(join(tmpdir(), 'gantry pods-'));
  folders.push(root);
  for (const path of [
    'memory/n/kubepods/poda/c1',
    'memory/n/kubepods/burstable/podb',
    'memory/other/kubepods/podx',
    'pids/n/kubepods/burstable/podb',
    'pids/n/kubepods/besteffort/podc',
    'plain/n/kubepods/podd',
  ])
    mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, 'memory/n/kubepods/podfile'), '');
  const at = root.replaceAll(' ', '\\040');
  const mountinfo = [
    `31 23 0:28 / ${at}/memory rw shared:9 - cgroup cgroup rw,memory`,
    `32 23 0:29 / ${at}/pids rw - cgroup2 cgroup2 rw`,
    `33 23 0:30 / ${at}/plain rw - tmpfs tmpfs rw`,
    '',
  ].join('\n');
  expect(podCgroups('/n', mountinfo)).toEqual([
    { uid: 'a', path: '/n/kubepods/poda' },
    { uid: 'b', path: '/n/kubepods/burstable/podb' },
    { uid: 'c', path: '/n/kubepods/besteffort/podc' },
  ]);
});
