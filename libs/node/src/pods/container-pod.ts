import type { V1Pod } from '@gantry/api';
import type { Sandbox } from '@gantry/network';
import type { ContainerMount } from '@gantry/runtime';
import type { NodeFacts } from '../containers/fields.ts';

/** What a container needs of the pod it is part of. */
export interface ContainerPod {
  readonly pod: V1Pod;
  readonly sandbox: Sandbox;
  readonly hostname: string;
  readonly cgroup: string;
  readonly node: NodeFacts;
  /** Folder of the pod's logs. */
  readonly logDir: string;
  /** Folder of files made for the pod. */
  readonly filesDir: string;
  /** Files mounted into every container unless it mounts something of its own there. */
  readonly fileMounts: readonly ContainerMount[];
  /** The process namespace to join, when the pod shares one. */
  pidNamespace(container: string): Promise<string | undefined>;
  /** It has come to its end, or is about to: nothing of it is started again. */
  readonly ended: boolean;
  /** Something has changed that the pod's plan or status depends on. */
  changed(): void;
}
