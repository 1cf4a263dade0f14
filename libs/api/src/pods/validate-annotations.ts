import type { V1PodSpec } from '../gen/types.ts';
import { forbidden, invalid } from '../validation/causes.ts';
import { checkDescendingPath, type Causes } from '../validation/numbers.ts';

const mirror = 'kubernetes.io/config.mirror';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const appArmorContainer = 'container.apparmor.security.beta.kubernetes.io/';
const localhost = 'localhost/';

type Annotations = Record<string, string>;

/** What annotations mean something to pods must mean something. Source: ValidatePodSpecificAnnotations. */
export function validatePodAnnotations(
  causes: Causes,
  annotations: Annotations,
  spec: V1PodSpec | undefined,
  path: string,
): void {
  const cost = annotations[deletionCost];
  if (annotations[mirror] !== undefined && !spec?.nodeName)
    causes.push(
      invalid(
        `${path}[${mirror}]`,
        annotations[mirror],
        'must set spec.nodeName if mirror pod annotation is set',
      ),
    );
  if (cost !== undefined && !isInt32(cost))
    causes.push(invalid(`${path}[${deletionCost}]`, cost, 'must be a 32bit integer'));
  for (const key in annotations) {
    // Most annotations are nobody's business here.
    if (!key.includes('.kubernetes.io/')) continue;
    if (key === seccompPod || key.startsWith(seccompContainer))
      checkSeccomp(causes, annotations[key]!, `${path}.${key}`);
    else if (key.startsWith(appArmorContainer)) checkAppArmor(causes, key, annotations[key]!, spec, path);
  }
}

/** Written as a number is: no plus sign, no leading zero. */
function isInt32(text: string): boolean {
  return /^(?:0|[1-9]\d*|-\d+)$/.test(text) && Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}

function checkSeccomp(causes: Causes, profile: string, field: string): void {
  if (profile === 'runtime/default' || profile === 'docker/default' || profile === 'unconfined') return;
  if (profile.startsWith(localhost)) checkDescendingPath(causes, field, profile.slice(localhost.length));
  else causes.push(invalid(field, profile, 'must be a valid seccomp profile'));
}

function checkAppArmor(
  causes: Causes,
  key: string,
  profile: string,
  spec: V1PodSpec | undefined,
  path: string,
): void {
  const name = key.slice(appArmorContainer.length);
  if (!containersOf(spec).some((each) => each.container.name === name))
    causes.push(invalid(`${path}[${key}]`, name, 'container not found'));
  if (!/^(?:|runtime\/default|unconfined|localhost\/[^]*)$/.test(profile))
    causes.push(
      invalid(`${path}[${key}]`, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`),
    );
}

function containersOf(spec: V1PodSpec | undefined) {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec?.[list] ?? []).map((container, index) => ({ container, at: `${list}[${index}]` })),
  );
}

/** Annotations that say the same as fields must not say otherwise (the old way to name profiles, and the new). */
export function validateProfilesMatch(
  causes: Causes,
  annotations: Annotations,
  spec: V1PodSpec,
  path: string,
): void {
  const ofPod = spec.securityContext;
  if (annotations[seccompPod] !== undefined && ofPod?.seccompProfile)
    compare(causes, annotations[seccompPod], ofPod.seccompProfile, 'seccomp', `${path}.securityContext`);
  if (!Object.keys(annotations).some((key) => key.startsWith('container.'))) return;
  for (const { container, at } of containersOf(spec)) {
    const field = `${path}.${at}.securityContext`;
    const seccomp = annotations[seccompContainer + container.name];
    const appArmor = annotations[appArmorContainer + container.name];
    const context = container.securityContext;
    if (seccomp !== undefined && context?.seccompProfile)
      compare(causes, seccomp, context.seccompProfile, 'seccomp', field);
    const profile = context?.appArmorProfile ?? ofPod?.appArmorProfile;
    if (appArmor !== undefined && profile && spec.os?.name !== 'windows')
      compare(causes, appArmor, profile, 'apparmor', field);
  }
}

function compare(
  causes: Causes,
  annotation: string,
  { type, localhostProfile }: { type: string; localhostProfile?: string },
  what: 'seccomp' | 'apparmor',
  context: string,
): void {
  const at = `${context}.${what === 'seccomp' ? 'seccompProfile' : 'appArmorProfile'}`;
  const same =
    type === 'Localhost'
      ? annotation.startsWith(localhost)
      : type === 'Unconfined'
        ? annotation === 'unconfined'
        : type !== 'RuntimeDefault' ||
          annotation === 'runtime/default' ||
          (what === 'seccomp' && annotation === 'docker/default');
  if (!same) causes.push(forbidden(`${at}.type`, `${what} type in annotation and field must match`));
  else if (type === 'Localhost' && annotation.slice(localhost.length) !== localhostProfile)
    causes.push(forbidden(`${at}.localhostProfile`, `${what} profile in annotation and field must match`));
}

/** Annotations that are a pod's identity stay. Source: ValidatePodSpecificAnnotationUpdates. */
export function validatePodAnnotationsUpdate(
  causes: Causes,
  annotations: Annotations = {},
  old: Annotations = {},
  path: string,
): void {
  if (annotations === old) return;
  for (const key in old) {
    if (annotations[key] === old[key]) continue;
    if (key.startsWith(appArmorContainer))
      causes.push(forbidden(`${path}[${key}]`, 'may not remove or update AppArmor annotations'));
    if (key === mirror)
      causes.push(forbidden(`${path}[${key}]`, 'may not remove or update mirror pod annotation'));
  }
  for (const key in annotations) {
    if (Object.hasOwn(old, key)) continue;
    if (key.startsWith(appArmorContainer))
      causes.push(forbidden(`${path}[${key}]`, 'may not add AppArmor annotations'));
    if (key === mirror) causes.push(forbidden(`${path}[${key}]`, 'may not add mirror pod annotation'));
  }
}

/** Whether a pod stands for one that its node runs of itself. */
export const isMirror = (annotations: Annotations | undefined) => annotations?.[mirror] !== undefined;
