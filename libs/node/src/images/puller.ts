import { counter, messageOf, type Clock, type Logger, type Metrics } from '@gantry/base';
import type { V1Container, V1Pod, V1Secret } from '@gantry/api';
import { ImageError, type Credentials, type Image, type ImageStore } from '@gantry/image';
import { ContainerProblem } from '../containers/config-error.ts';
import type { RuntimeMetrics } from '../metrics/runtime-metrics.ts';

export interface PullerOptions {
  images: ImageStore;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  secret(namespace: string, name: string): V1Secret | undefined;
  operations: Pick<RuntimeMetrics, 'timed'>;
}

type Say = (type: 'Normal' | 'Warning', reason: string, message: string) => void;

/** Brings the image of a container to the node as its pull policy asks, with the kubelet's events. */
export class Puller {
  readonly #options: PullerOptions;
  readonly #pulls;

  constructor(options: PullerOptions) {
    this.#options = options;
    this.#pulls = counter(options.metrics, 'gantry_image_pulls_total', 'Image pulls by result.', ['result']);
  }

  /** Throws ContainerProblem. The wait after a failed pull is the caller's. */
  async ensure(pod: V1Pod, container: V1Container, say: Say, signal: AbortSignal): Promise<Image> {
    const { images, clock } = this.#options;
    const name = container.image ?? '';
    const policy = container.imagePullPolicy ?? defaultPolicy(name);
    const absent = this.#pullSecrets(pod).filter(({ secret }) => secret === undefined);
    if (absent.length > 0)
      say(
        'Warning',
        'FailedToRetrieveImagePullSecret',
        `Unable to retrieve some image pull secrets (${absent.map((each) => each.name).join(', ')}); ` +
          'attempting to pull the image may not succeed.',
      );
    if (policy !== 'Always') {
      const present = await this.#present(name, say);
      if (present) {
        say('Normal', 'Pulled', `Container image "${name}" already present on machine`);
        return present;
      }
      if (policy === 'Never') {
        const message = `Container image "${name}" is not present with pull policy of Never`;
        say('Warning', 'ErrImageNeverPull', message);
        say('Warning', 'Failed', 'Error: ErrImageNeverPull');
        throw new ContainerProblem('ErrImageNeverPull', message);
      }
    }
    say('Normal', 'Pulling', `Pulling image "${name}"`);
    const beganMs = clock.monotonicMs();
    try {
      const image = await this.#options.operations.timed('pull_image', () =>
        images.pull(name, { credentials: this.#credentials(pod, name), signal }),
      );
      const took = clock.monotonicMs() - beganMs;
      const time = took < 1000 ? `${Math.round(took)}ms` : `${(took / 1000).toFixed(3)}s`;
      say(
        'Normal',
        'Pulled',
        `Successfully pulled image "${name}" in ${time} (${time} including waiting). Image size: ${image.sizeBytes} bytes.`,
      );
      this.#pulls.inc({ result: 'success' });
      return image;
    } catch (error) {
      if (signal.aborted) throw error;
      this.#pulls.inc({ result: 'failure' });
      throw this.#problem(name, error, say);
    }
  }

  async #present(name: string, say: Say): Promise<Image | undefined> {
    try {
      return await this.#options.images.get(name);
    } catch (error) {
      throw error instanceof ImageError && error.reason === 'badReference'
        ? this.#invalidName(name, error, say)
        : error;
    }
  }

  #invalidName(name: string, error: unknown, say: Say): ContainerProblem {
    const problem = invalidName(name, error);
    say('Warning', 'InspectFailed', problem.message);
    say('Warning', 'Failed', 'Error: InvalidImageName');
    return problem;
  }

  #problem(name: string, error: unknown, say: Say): ContainerProblem {
    if (error instanceof ContainerProblem) return error;
    if (error instanceof ImageError && error.reason === 'badReference')
      return this.#invalidName(name, error, say);
    const message = `Failed to pull image "${name}": ${messageOf(error)}`;
    say('Warning', 'Failed', message);
    say('Warning', 'Failed', 'Error: ErrImagePull');
    return new ContainerProblem('ErrImagePull', messageOf(error), { cause: error });
  }

  #pullSecrets(pod: V1Pod): { name: string; secret: V1Secret | undefined }[] {
    return (pod.spec?.imagePullSecrets ?? []).map(({ name = '' }) => ({
      name,
      secret: this.#options.secret(pod.metadata.namespace ?? 'default', name),
    }));
  }

  /** From the pod's pull secrets, those for the image's registry (kubernetes.io/dockerconfigjson and dockercfg). */
  #credentials(pod: V1Pod, image: string): Credentials[] {
    const result: Credentials[] = [];
    for (const { secret } of this.#pullSecrets(pod)) {
      const text = secret?.data?.['.dockerconfigjson'] ?? secret?.data?.['.dockercfg'];
      if (text !== undefined)
        result.push(...dockerCredentials(Buffer.from(text, 'base64').toString('utf8'), image));
    }
    return result;
  }
}

function invalidName(name: string, error: unknown): ContainerProblem {
  return new ContainerProblem(
    'InvalidImageName',
    `Failed to apply default image tag "${name}": couldn't parse image name "${name}": ${messageOf(error)}`,
    { cause: error },
  );
}

/** `Always` for `:latest` and no tag, `IfNotPresent` otherwise (the API's default). */
export function defaultPolicy(image: string): 'Always' | 'IfNotPresent' {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** The entries of a docker config file that are for the registry of `image`; a longer path is tried first. */
export function dockerCredentials(text: string, image: string): Credentials[] {
  let config: { auths?: Record<string, Entry> } & Record<string, unknown>;
  try {
    config = JSON.parse(text) as typeof config;
  } catch {
    return [];
  }
  if (typeof config !== 'object' || config === null) return [];
  const auths = (config.auths ?? config) as Record<string, Entry | undefined>;
  const [first = '', ...rest] = image.split('/');
  const registry = rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io';
  const full = registry === first ? image : `docker.io/${image}`;
  const found: { key: string; credentials: Credentials }[] = [];
  for (const [address, entry] of Object.entries(auths)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const key = address
      .replace(/^https?:\/\//, '')
      .replace(/\/(v[12]\/?)?$/, '')
      .replace(/^(index|registry-1)\.docker\.io$/, 'docker.io');
    if (full !== key && !full.startsWith(`${key}/`)) continue;
    const [user, ...password] =
      typeof entry.auth === 'string' ? Buffer.from(entry.auth, 'base64').toString('utf8').split(':') : [];
    const username = entry.username ?? user;
    const secret = entry.password ?? password.join(':');
    if (username) found.push({ key, credentials: { username, password: secret } });
  }
  return found.sort((a, b) => b.key.length - a.key.length).map(({ credentials }) => credentials);
}

interface Entry {
  auth?: string;
  username?: string;
  password?: string;
}
