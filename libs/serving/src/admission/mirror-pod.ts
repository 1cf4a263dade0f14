import type { V1Pod } from '@gantry/api';

/** On pods by which a node tells of what it runs by itself (upstream `core.MirrorPodAnnotationKey`). */
export const mirrorAnnotation = 'kubernetes.io/config.mirror';

export const isMirror = ({ metadata }: V1Pod): boolean =>
  metadata.annotations?.[mirrorAnnotation] !== undefined;
