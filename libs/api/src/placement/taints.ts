import type { V1Taint, V1Toleration } from '../gen/types.ts';

/** Whether a toleration covers a taint (k8s.io/api core/v1 `Toleration.ToleratesTaint`). */
export function tolerates(toleration: V1Toleration, taint: V1Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator || 'Equal') {
    case 'Exists':
      return true;
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '') && !!toleration.key;
    default:
      return false;
  }
}
