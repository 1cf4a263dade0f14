import type { Kind, KubeObject, ObjectName, Stored } from '@gantry/api';
import type { UserInfo } from '../state.ts';

/** What a write is about, as admission sees it (apiserver `pkg/admission/interfaces.go`). */
export interface AdmissionAttributes<T extends KubeObject = KubeObject> {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly kind: Kind<T>;
  /** On a creation with `generateName` the name is not known yet: ''. */
  readonly name: ObjectName;
  readonly subresource: string | undefined;
  /** What is to be written; absent on DELETE. `admit` may change it in place, `validate` must not. */
  readonly object: T | undefined;
  /** What is there; absent on CREATE. Frozen. */
  readonly old: Stored<T> | undefined;
  readonly user: UserInfo | undefined;
  /** Nothing will be stored: an admission with effects of its own must leave them out. */
  readonly dryRun: boolean;
}

/** A gate that every write passes. It refuses by throwing a StatusError. Called again when a write is retried. */
export interface AdmissionPlugin {
  readonly name: string;
  /** First round, in order of the list: may change `object`. */
  admit?(attributes: AdmissionAttributes): void | Promise<void>;
  /** Second round, after the last change. */
  validate?(attributes: AdmissionAttributes): void | Promise<void>;
}
