import type { V1Container, V1Deployment, V1Pod, V1PodSpec } from '@gantry/api';

/** What of a pod's specification a test may say besides its container. */
export type PodParts = Partial<V1PodSpec> & {
  container?: Partial<V1Container>;
  labels?: Record<string, string>;
};

/** A pod of one container that runs a shell script; a second of grace, small requests. */
export function pod(name: string, image: string, script: string, parts: PodParts = {}): V1Pod {
  const { container, labels, ...spec } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: labels ?? { app: name } },
    spec: {
      terminationGracePeriodSeconds: 1,
      ...spec,
      containers: [
        { name: 'main', image, command: ['sh', '-c', script], ...container },
        ...(spec.containers ?? []),
      ],
    },
  };
}

/** Ends on SIGTERM at once, as a process that is pid 1 does only when it says so. */
export const sleeper = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

/** A web server that answers with the pod's name. */
export const webServer =
  'mkdir -p /tmp/www; hostname >/tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www';

/** A Deployment of such pods, ready when they answer. */
export function webDeployment(
  name: string,
  image: string,
  replicas: number,
  spec: Partial<V1Deployment['spec']> = {},
  parts: PodParts = {},
): V1Deployment {
  const template = pod(name, image, webServer, {
    ...parts,
    container: {
      ports: [{ name: 'http', containerPort: 8080 }],
      // Ready once it answers, and no longer not so because the machine was busy for a moment.
      readinessProbe: {
        httpGet: { path: '/', port: 'http' },
        periodSeconds: 1,
        timeoutSeconds: 10,
        failureThreshold: 10,
      },
      ...parts.container,
    },
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: template.spec! },
      ...spec,
    },
  } as V1Deployment;
}
