import type { V1PodTemplateSpec } from '../gen/types.ts';
import type { KubeObject } from '../object.ts';
import { podTemplateWarnings } from '../pods/warnings.ts';
import { dnsLabel } from '../validation/names.ts';

interface Workload extends KubeObject {
  spec: { template?: V1PodTemplateSpec };
}

/** What writers of Deployments and ReplicaSets are told (`pkg/registry/apps/<kind>/strategy.go` WarningsOnCreate, …OnUpdate). */
export function workloadWarnings({ metadata, spec }: Workload, old: Workload | undefined): string[] {
  const warnings: string[] = [];
  const wrong = old ? undefined : dnsLabel(metadata.name ?? '');
  if (wrong)
    warnings.push(
      `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${wrong.join(' ')}]`,
    );
  if (spec.template && metadata.generation !== old?.metadata.generation)
    warnings.push(...podTemplateWarnings(spec.template, 'spec.template.'));
  return warnings;
}
