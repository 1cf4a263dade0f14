import { isStatus } from '@gantry/base';
import { keyOf, kinds, nameOf, parseKey, type V1Secret } from '@gantry/api';
import type { Controller, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { expiresAtMs, isBootstrapToken } from './plan.ts';

/** Deletes bootstrap tokens when they expire (upstream `pkg/controller/bootstrap/tokencleaner.go`). Watches Secrets. */
export class TokenCleanerController implements Controller {
  readonly name = 'token_cleaner';
  readonly workers = 1;
  readonly #context: ControllerContext;
  readonly #secrets: Informer<V1Secret>;
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#secrets = context.informers.of(kinds.secret);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#secrets.onChange(({ type, object }) => {
      if (type !== 'deleted' && isBootstrapToken(object)) enqueue(keyOf(nameOf(object)));
    });
  }

  async reconcile(key: string): Promise<void> {
    const { state, clock } = this.#context;
    const secret = this.#secrets.get(parseKey(key));
    if (!secret || !isBootstrapToken(secret)) return;
    const leftMs = expiresAtMs(secret) - clock.now();
    if (leftMs === Infinity) return;
    if (leftMs > 0) return this.#enqueueAfter(key, leftMs);
    try {
      await state.delete(kinds.secret, nameOf(secret), { preconditions: { uid: secret.metadata.uid } });
    } catch (error) {
      // Gone, or another of its name by now, which is news of its own.
      if (!isStatus(error, 'NotFound', 'Conflict')) throw error;
    }
  }
}
