import type { Kind } from '@gantry/api';
import type { ServedSubresource } from '../resource.ts';
import { portForward } from '../streams/port-forward.ts';
import { remoteCommand } from '../streams/remote-command.ts';
import { patchOf } from '../verbs/patch.ts';
import { get } from '../verbs/read.ts';
import { updateOf } from '../verbs/update.ts';
import { bindPod } from './binding.ts';
import { evictPod } from './eviction.ts';
import { podLog } from './log.ts';
import { proxySubresource } from './proxy.ts';

const core = (kind: string) => ({ group: '', version: 'v1', kind });

/** What only pods have. */
export function podSubresources(kind: Kind): Record<string, ServedSubresource> {
  return {
    attach: { type: core('PodAttachOptions'), handlers: {}, upgrade: remoteCommand('attach') },
    binding: { type: core('Binding'), handlers: { create: bindPod } },
    ephemeralcontainers: {
      type: core('Pod'),
      handlers: {
        get: (exchange, context) => get(exchange, context, kind),
        update: (exchange, context) => updateOf('ephemeralcontainers')(exchange, context, kind),
        patch: (exchange, context) => patchOf('ephemeralcontainers')(exchange, context, kind),
      },
    },
    eviction: { type: { group: 'policy', version: 'v1', kind: 'Eviction' }, handlers: { create: evictPod } },
    exec: { type: core('PodExecOptions'), handlers: {}, upgrade: remoteCommand('exec') },
    log: { type: core('Pod'), handlers: { get: podLog } },
    portforward: { type: core('PodPortForwardOptions'), handlers: {}, upgrade: portForward },
    proxy: proxySubresource(kind),
  };
}
