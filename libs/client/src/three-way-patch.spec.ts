import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMergePatch, applyStrategicMergePatch, shapeOf } from '@gantry/api';
import { threeWayPatch } from './three-way-patch.ts';

describe('a three-way patch', () => {
  it('sets what is new, drops what was dropped, leaves what others set', () => {
    const patch = threeWayPatch(
      { data: { a: '1', b: '2' } },
      { data: { a: '7' } },
      { data: { a: '1', b: '2', z: '9' } },
    );
    expect(patch).toEqual({ data: { a: '7', b: null } });
  });

  it('is nothing when the live object has all of the manifest', () => {
    expect(
      threeWayPatch(
        { data: { a: '1' } },
        { data: { a: '1' } },
        { data: { a: '1', z: '2' }, kind: 'ConfigMap' },
      ),
    ).toBeUndefined();
  });

  it('leaves defaults inside of list items alone, and other items of the list', () => {
    const manifest = (image: string) => ({
      spec: { containers: [{ name: 'main', image, ports: [{ containerPort: 80 }] }] },
    });
    const live = {
      spec: {
        containers: [
          {
            name: 'main',
            image: 'a',
            imagePullPolicy: 'Always',
            ports: [{ containerPort: 80, protocol: 'TCP' }],
          },
          { name: 'injected', image: 'sidecar' },
        ],
      },
    };
    const shape = shapeOf('V1Pod');
    expect(threeWayPatch(manifest('a'), manifest('a'), live, shape)).toBeUndefined();
    const patch = threeWayPatch(manifest('a'), manifest('b'), live, shape)!;
    expect(applyStrategicMergePatch('V1Pod', live, patch)).toEqual({
      spec: { containers: [{ ...live.spec.containers[0], image: 'b' }, live.spec.containers[1]] },
    });
  });

  it('removes a list item that the manifest dropped', () => {
    const env = (...names: string[]) => ({
      spec: { containers: [{ name: 'main', env: names.map((name) => ({ name, value: 'x' })) }] },
    });
    const patch = threeWayPatch(env('A', 'B'), env('B'), env('A', 'B', 'C'), shapeOf('V1Pod'))!;
    expect(applyStrategicMergePatch('V1Pod', env('A', 'B', 'C'), patch)).toEqual(env('B', 'C'));
  });

  const value = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    object: fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('object'), fc.array(tie('leaf'))),
    ),
  })).object as fc.Arbitrary<object>;

  it('applied, it leads to an object that has all of the manifest, and applied again to nothing', () => {
    fc.assert(
      fc.property(value, value, value, (original, modified, current) => {
        const patch = threeWayPatch(original, modified, current);
        const result = patch ? applyMergePatch(current, patch) : current;
        expect(result).toMatchObject(modified);
        expect(threeWayPatch(modified, modified, result)).toBeUndefined();
      }),
    );
  });
});
