import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '@gantry/api';
import { decodeProtobuf } from './decode-protobuf.ts';

/** Bodies as kubectl 1.32 sends them. */
const recorded = {
  deployment:
    'azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50Eq8BCh8KA3dlYhIAGgAiACoAMgA4AEIAWgoKA2FwcBIDd2ViEn4IABIMCgoKA2FwcBIDd2ViGmQKHAoAEgAaACIAKgAyADgAQgBaCgoDYXBwEgN3ZWISRBImCgF4EgF4KgAyCgoAEAAYUCIAKgBCAGoAcgCAAQCIAQCQAQCiAQAaADIAQgBKAFIAWABgAGgAggEAigEAmgEAwgEAIgIKACgAOAAaDAgAEAAYACAAKAA4ABoAIgA=',
  secret: 'azhzAAoMCgJ2MRIGU2VjcmV0Eh0KEQoBcxIAGgAiACoAMgA4AEIAEgYKAWESAWIaABoAIgA=',
  service:
    'azhzAAoNCgJ2MRIHU2VydmljZRJlChsKAXMSABoAIgAqADIAOABCAFoICgNhcHASAXMSQgoeCgc4MC1odHRwEgNUQ1AYUCIKCAEQABoEaHR0cCgAEggKA2FwcBIBcxoAIghOb2RlUG9ydDoAQgBSAFoAYABoABoCCgAaACIA',
};
const read = (base64: string) => decodeProtobuf(Buffer.from(base64, 'base64'));

describe('objects in protobuf', () => {
  it('are what JSON would have brought: a pointer’s zero counts, a plain field’s does not', () => {
    const deployment = read(recorded.deployment);
    expect(decode('V1Deployment', deployment)).toEqual({ errors: [], unknown: [] });
    expect(deployment).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: { app: 'web' } },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        template: { spec: { containers: [{ name: 'x', image: 'x', ports: [{ containerPort: 80 }] }] } },
      },
    });
    expect(deployment['spec']).not.toHaveProperty('paused');
    expect(deployment['metadata'] as object).not.toHaveProperty('namespace');
  });

  it('carry bytes as base64', () => {
    expect(read(recorded.secret)).toMatchObject({ kind: 'Secret', data: { a: 'Yg==' } });
  });

  it('carry numbers or text where either may stand', () => {
    const service = read(recorded.service);
    expect(decode('V1Service', service)).toEqual({ errors: [], unknown: [] });
    expect(service).toMatchObject({
      spec: { type: 'NodePort', ports: [{ name: '80-http', protocol: 'TCP', port: 80, targetPort: 'http' }] },
    });
  });

  it('cut off or changed anywhere are refused with a RangeError or read as something else, never worse', () => {
    const body = Buffer.from(recorded.deployment, 'base64');
    fc.assert(
      fc.property(
        fc.nat(body.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(body.length),
        (at, value, length) => {
          const broken = Buffer.from(body.subarray(0, length));
          if (at < broken.length) broken[at] = value;
          try {
            expect(decodeProtobuf(broken)).toBeTypeOf('object');
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['', 'azhz', 'azhzAAoNCgJ2MRIHTm90aGluZw=='])('%j is refused', (body) => {
    expect(() => read(body)).toThrow(RangeError);
  });
});
