import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPod, restarts, type ContainerFacts, type PodFacts } from './plan.ts';

const container = (name: string, more: Partial<ContainerFacts> = {}): ContainerFacts => ({
  name,
  kind: 'app',
  state: 'none',
  started: true,
  ...more,
});
const pod = (containers: ContainerFacts[], more: Partial<PodFacts> = {}): PodFacts => ({
  restartPolicy: 'Always',
  containers,
  deleting: false,
  prepared: true,
  preparing: false,
  nowMs: 1_000_000,
  ...more,
});
const said = (facts: PodFacts) =>
  planPod(facts).steps.map((step) => ('container' in step ? `${step.do} ${step.container}` : step.do));

describe('a container that has ended', () => {
  const rule = (operator: string, ...values: number[]) => [
    { action: 'Restart', exitCodes: { operator, values } },
  ];
  it.each<[string, Parameters<typeof restarts>[0], Parameters<typeof restarts>[1], boolean]>([
    ["by its pod's policy", 'Always', { kind: 'app', exitCode: 0 }, true],
    ["by its pod's policy", 'OnFailure', { kind: 'app', exitCode: 0 }, false],
    ['by its own before that', 'Always', { kind: 'app', exitCode: 1, restartPolicy: 'Never' }, false],
    ['by its own before that', 'Never', { kind: 'app', exitCode: 1, restartPolicy: 'OnFailure' }, true],
    [
      'by a rule before both',
      'Never',
      { kind: 'app', exitCode: 42, restartPolicy: 'Never', restartPolicyRules: rule('In', 42) },
      true,
    ],
    [
      'by its policy where no rule is for its code',
      'Always',
      { kind: 'app', exitCode: 1, restartPolicy: 'Never', restartPolicyRules: rule('NotIn', 1) },
      false,
    ],
    ['as an init container that failed', 'OnFailure', { kind: 'init', exitCode: 1 }, true],
    [
      'as an init container by its own',
      'Always',
      { kind: 'init', exitCode: 1, restartPolicy: 'Never' },
      false,
    ],
    [
      'as an init container that is through',
      'Always',
      { kind: 'init', exitCode: 0, restartPolicyRules: rule('In', 0) },
      false,
    ],
    ['as a sidecar', 'Never', { kind: 'sidecar', exitCode: 0, restartPolicy: 'Always' }, true],
  ])('runs again %s', (_what, policy, container, expected) =>
    expect(restarts(policy, container)).toBe(expected),
  );
});

describe('planPod', () => {
  it.each<[string, PodFacts, string[]]>([
    ['prepares first', pod([container('a')], { prepared: false }), ['prepare']],
    ['waits for preparing', pod([container('a')], { prepared: false, preparing: true }), []],
    ['starts all containers at once', pod([container('a'), container('b')]), ['start a', 'start b']],
    [
      'runs init containers one by one',
      pod([container('i', { kind: 'init' }), container('j', { kind: 'init' }), container('a')]),
      ['start i'],
    ],
    [
      'goes on when one is through',
      pod([
        container('i', { kind: 'init', state: 'exited', exitCode: 0 }),
        container('j', { kind: 'init' }),
        container('a'),
      ]),
      ['start j'],
    ],
    [
      'restarts a failed init container',
      pod([container('i', { kind: 'init', state: 'exited', exitCode: 1 }), container('a')]),
      ['start i'],
    ],
    [
      'gives up on a failed init container with Never',
      pod([container('i', { kind: 'init', state: 'exited', exitCode: 1 }), container('a')], {
        restartPolicy: 'Never',
      }),
      ['tearDown'],
    ],
    [
      'stops sidecars one by one, the last first',
      pod(
        [
          container('s', { kind: 'sidecar', state: 'running' }),
          container('t', { kind: 'sidecar', state: 'running' }),
          container('a', { state: 'exited', exitCode: 0 }),
        ],
        { deleting: true },
      ),
      ['stop t'],
    ],
    [
      'stops all sidecars when there is no time left to do so in turn',
      pod(
        [
          container('s', { kind: 'sidecar', state: 'running' }),
          container('t', { kind: 'sidecar', state: 'running' }),
          container('a', { state: 'exited', exitCode: 0 }),
        ],
        { deleting: true, outOfGrace: true },
      ),
      ['stop s', 'stop t'],
    ],
    [
      'stops what runs another image than it should',
      pod([container('a', { state: 'running', outdated: true }), container('b', { state: 'running' })]),
      ['stop a'],
    ],
    [
      'starts it again, whatever the policy',
      pod([container('a', { state: 'exited', exitCode: 0, outdated: true })], { restartPolicy: 'Never' }),
      ['start a'],
    ],
    [
      'waits for a sidecar to have started',
      pod([container('s', { kind: 'sidecar', state: 'running', started: false }), container('a')]),
      [],
    ],
    [
      'starts the others beside a started sidecar',
      pod([container('s', { kind: 'sidecar', state: 'running' }), container('a')]),
      ['start a'],
    ],
    [
      'restarts a sidecar while others run',
      pod([
        container('s', { kind: 'sidecar', state: 'exited', exitCode: 0 }),
        container('a', { state: 'running' }),
      ]),
      ['start s'],
    ],
    [
      'stops sidecars when the others are done',
      pod(
        [
          container('s', { kind: 'sidecar', state: 'running' }),
          container('a', { state: 'exited', exitCode: 0 }),
        ],
        { restartPolicy: 'Never' },
      ),
      ['stop s'],
    ],
    ['restarts with Always', pod([container('a', { state: 'exited', exitCode: 0 })]), ['start a']],
    [
      'does not restart success with OnFailure',
      pod([container('a', { state: 'exited', exitCode: 0 })], { restartPolicy: 'OnFailure' }),
      ['tearDown'],
    ],
    [
      'waits for its back-off',
      pod([container('a', { state: 'exited', exitCode: 1, retryAtMs: 1_000_001 })]),
      [],
    ],
    ['stops what is unhealthy', pod([container('a', { state: 'running', unhealthy: true })]), ['stop a']],
    [
      'stops all when deleted',
      pod([container('a', { state: 'running' }), container('b', { state: 'stopping' })], { deleting: true }),
      ['stop a'],
    ],
    [
      'stops sidecars last when deleted, the last one first',
      pod(
        [
          container('s', { kind: 'sidecar', state: 'running' }),
          container('t', { kind: 'sidecar', state: 'running' }),
        ],
        { deleting: true },
      ),
      ['stop t'],
    ],
    ['tears down when nothing runs', pod([container('a')], { deleting: true }), ['tearDown']],
    [
      'stops at its deadline',
      pod([container('a', { state: 'running' })], { deadlineAtMs: 1_000_000 }),
      ['stop a'],
    ],
  ])('%s', (_what, facts, steps) => expect(said(facts)).toEqual(steps));

  const anyContainer = (kind: ContainerFacts['kind'], index: number) =>
    fc.record({
      name: fc.constant(`${kind}${index}`),
      kind: fc.constant(kind),
      state: fc.constantFrom<ContainerFacts['state']>('none', 'starting', 'running', 'stopping', 'exited'),
      exitCode: fc.constantFrom(0, 1),
      started: fc.boolean(),
      unhealthy: fc.boolean(),
      retryAtMs: fc.constantFrom(undefined, 999_999, 1_000_001),
    });
  const anyPod = fc.record({
    restartPolicy: fc.constantFrom<PodFacts['restartPolicy']>('Always', 'OnFailure', 'Never'),
    containers: fc.tuple(
      anyContainer('init', 0),
      anyContainer('sidecar', 1),
      anyContainer('app', 2),
      anyContainer('app', 3),
    ),
    deleting: fc.boolean(),
    prepared: fc.boolean(),
    preparing: fc.boolean(),
    nowMs: fc.constant(1_000_000),
  });

  it('never starts what runs, what is not due, or anything of a pod that is unprepared, deleted or over', () => {
    fc.assert(
      fc.property(anyPod, (facts) => {
        const plan = planPod(facts);
        for (const step of plan.steps) {
          if (step.do !== 'start') continue;
          const of = facts.containers.find(({ name }) => name === step.container)!;
          expect(['none', 'exited']).toContain(of.state);
          expect(of.retryAtMs ?? 0).toBeLessThanOrEqual(facts.nowMs);
          expect(facts.prepared && !facts.deleting && !plan.over).toBe(true);
        }
      }),
    );
  });

  it('never tears down while something runs, nor says two things of one container', () => {
    fc.assert(
      fc.property(anyPod, (facts) => {
        const { steps } = planPod(facts);
        if (steps.some(({ do: what }) => what === 'tearDown'))
          expect(
            facts.containers.some(
              ({ state }) => state === 'running' || state === 'starting' || state === 'stopping',
            ),
          ).toBe(false);
        const named = steps.flatMap((step) => ('container' in step ? [step.container] : []));
        expect(new Set(named).size).toBe(named.length);
      }),
    );
  });
});
