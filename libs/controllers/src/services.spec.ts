import { StatusError } from '@gantry/base';
import { kinds, type Kind } from '@gantry/api';
import { modify, type State } from '@gantry/state';
import { conditionOf } from './shared/conditions.ts';
import { describe, expect, it } from 'vitest';
import { exampleDeployment, Simulation } from './testing/index.ts';

/** The state as it is for who may not create one kind; `failure` is what he is told, and `tried` how often he was. */
function refusing(kind: Kind, tried: string[], failure?: () => Error): (below: State) => State {
  return (below) =>
    new Proxy(below, {
      get(target, name) {
        if (name !== 'create') return (Reflect.get(target, name) as () => unknown).bind(target);
        return async (...[of, object, options]: Parameters<State['create']>) => {
          if (of === kind) tried.push(object.metadata.generateName ?? '');
          if (of === kind && failure) throw failure();
          return target.create(of, object, options);
        };
      },
    });
}

const name = { namespace: 'default', name: 'web' };

describe('a Service', () => {
  it('has its pods in Endpoints and EndpointSlices, follows them, and takes both along', async () => {
    using simulation = new Simulation({ controllers: { caCertificate: 'PEM' } });
    await simulation.createNamespace('default');
    simulation.start();
    await simulation.state.create(kinds.deployment, exampleDeployment('web'));
    await simulation.state.create(kinds.service, {
      metadata: name,
      spec: { selector: { app: 'web' }, clusterIP: '10.43.0.5', ports: [{ port: 80, targetPort: 8080 }] },
    });
    const sliced = async () =>
      (await simulation.list(kinds.endpointSlice))
        .flatMap(({ endpoints = [] }) => endpoints)
        .filter(({ conditions }) => conditions?.ready)
        .flatMap(({ addresses }) => addresses)
        .sort();
    const listed = async () =>
      ((await simulation.find(kinds.endpoints, name))?.subsets ?? [])
        .flatMap(({ addresses = [] }) => addresses)
        .map(({ ip }) => ip)
        .sort();
    const running = async () =>
      (await simulation.list(kinds.pod))
        .filter(({ metadata }) => !metadata.deletionTimestamp)
        .map(({ status }) => status?.podIP);
    await simulation.until(
      async () => (await sliced()).length === 3 && (await listed()).length === 3,
      'three endpoints',
    );
    expect(await listed()).toEqual((await running()).sort());
    await modify(
      simulation.state,
      kinds.deployment,
      name,
      (deployment) => void (deployment.spec.replicas = 1),
    );
    await simulation.until(
      async () => (await sliced()).length === 1 && (await listed()).length === 1,
      'one endpoint',
    );
    expect((await simulation.list(kinds.endpointSlice))[0]?.metadata.ownerReferences).toMatchObject([
      { kind: 'Service', name: 'web', controller: true },
    ]);
    await simulation.state.delete(kinds.service, name);
    await simulation.until(
      async () =>
        (await simulation.list(kinds.endpointSlice)).length === 0 &&
        !(await simulation.find(kinds.endpoints, name)),
      'nothing is left of the service',
    );
  });

  it('takes Endpoints along that were written by hand, but not those that came before any service', async () => {
    using simulation = new Simulation();
    await simulation.createNamespace('default');
    simulation.start();
    const byHand = async (each: string) =>
      simulation.state.create(kinds.endpoints, {
        metadata: { namespace: 'default', name: each },
        subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }],
      });
    await byHand('early');
    await byHand('web');
    await simulation.state.create(kinds.service, { metadata: name, spec: { ports: [{ port: 80 }] } });
    await simulation.clock.advance(1_000);
    expect((await simulation.list(kinds.endpoints)).map(({ metadata }) => metadata.name).sort()).toEqual([
      'early',
      'web',
    ]);
    const mirrored = async () =>
      (await simulation.list(kinds.endpointSlice)).map(({ metadata, endpoints = [] }) => [
        metadata.labels?.['kubernetes.io/service-name'],
        ...endpoints.map(({ addresses }) => addresses[0]),
      ]);
    expect(await mirrored()).toEqual([['web', '10.0.0.1']]);
    await modify(simulation.state, kinds.endpoints, name, (endpoints) => {
      endpoints.subsets![0]!.addresses = [{ ip: '10.0.0.2' }];
    });
    await simulation.until(
      async () => (await mirrored())[0]?.[1] === '10.0.0.2',
      'the slice follows the Endpoints',
      10_000,
    );
    await simulation.state.delete(kinds.service, name);
    await simulation.until(
      async () => !(await simulation.find(kinds.endpoints, name)) && (await mirrored()).length === 0,
      'its Endpoints and their slices are gone',
      10_000,
    );
    expect(await simulation.list(kinds.endpoints)).toHaveLength(1);
  });

  it('finds a ServiceAccount and the root CA in its namespace, again if they are deleted', async () => {
    using simulation = new Simulation({ controllers: { caCertificate: 'PEM' } });
    await simulation.createNamespace('default');
    simulation.start();
    const account = () => simulation.find(kinds.serviceAccount, { namespace: 'default', name: 'default' });
    const ca = () => simulation.find(kinds.configMap, { namespace: 'default', name: 'kube-root-ca.crt' });
    await simulation.until(
      async () => !!(await account()) && (await ca())?.data?.['ca.crt'] === 'PEM',
      'both are there',
    );
    await simulation.state.delete(kinds.serviceAccount, { namespace: 'default', name: 'default' });
    await modify(
      simulation.state,
      kinds.configMap,
      { namespace: 'default', name: 'kube-root-ca.crt' },
      (map) => {
        map.data = { 'ca.crt': 'tampered', more: 'x' };
      },
    );
    await simulation.until(async () => !!(await account()), 'the account is back');
    await simulation.until(
      async () => (await ca())?.data?.['ca.crt'] === 'PEM',
      'the certificate is right again',
    );
    expect((await ca())?.data).toEqual({ 'ca.crt': 'PEM' });
  });

  it('says why its EndpointSlices could not be written', async () => {
    const tried: string[] = [];
    const through = refusing(kinds.endpointSlice as Kind, tried, () => StatusError.badRequest('no'));
    using simulation = new Simulation({ through, only: (each) => each.name === 'endpoint_slice' });
    await simulation.createNamespace('default');
    simulation.start();
    await simulation.state.create(kinds.service, {
      metadata: name,
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    await simulation.until(async () => (await simulation.list(kinds.event)).length > 0, 'an event');
    expect((await simulation.list(kinds.event))[0]).toMatchObject({
      type: 'Warning',
      reason: 'FailedToUpdateEndpointSlices',
      message: 'Error updating Endpoint Slices for Service default/web: no',
      involvedObject: { kind: 'Service', ...name },
      source: { component: 'endpoint-slice-controller' },
    });
  });

  it('asks for nothing again in a namespace that is on its way out', async () => {
    const tried: string[] = [];
    using simulation = new Simulation({
      through: refusing(kinds.endpointSlice as Kind, tried),
      only: (each) => ['endpoint_slice', 'endpoint', 'deployment'].includes(each.name),
    });
    const name = { namespace: 'going', name: 'web' };
    await simulation.createNamespace('going');
    await simulation.state.create(kinds.service, {
      metadata: name,
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    await simulation.state.create(
      kinds.deployment,
      exampleDeployment('web', { progressDeadlineSeconds: 600 }, { namespace: 'going' }),
    );
    await simulation.state.delete(kinds.namespace, { name: 'going' });
    simulation.start();
    await simulation.clock.advance(10_000);
    expect(tried).toEqual(['web-']);
    const deployment = await simulation.find(kinds.deployment, name);
    expect(conditionOf(deployment?.status?.conditions, 'Progressing')).toBeUndefined();
  });
});
