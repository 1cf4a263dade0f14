import type { V1Pod } from '@gantry/api';
import { expect, it } from 'vitest';
import { rejection } from './admission.ts';

const pod = (sysctl: string, spec: object = {}) =>
  ({
    metadata: {},
    spec: { ...spec, securityContext: { sysctls: [{ name: sysctl, value: '1' }] } },
  }) as V1Pod;

it.each<[string, object, string | undefined]>([
  ['net.ipv4.tcp_syncookies', {}, undefined],
  ['net/ipv4/tcp_syncookies', {}, undefined],
  ['net.core.somaxconn', {}, 'forbidden sysctl: "net.core.somaxconn" not allowlisted'],
  ['vm.swappiness', {}, 'forbidden sysctl: "vm.swappiness" not allowlisted'],
  [
    'net.ipv4.tcp_syncookies',
    { hostNetwork: true },
    'forbidden sysctl: "net.ipv4.tcp_syncookies" not allowed with host net enabled',
  ],
  [
    'kernel.shm_rmid_forced',
    { hostIPC: true },
    'forbidden sysctl: "kernel.shm_rmid_forced" not allowed with host ipc enabled',
  ],
])('of the sysctl %s with %j says %s', (name, spec, message) =>
  expect(rejection(pod(name, spec))?.message).toBe(message),
);
