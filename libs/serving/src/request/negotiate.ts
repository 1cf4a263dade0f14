import { StatusError } from '@gantry/base';

/** The form an answer takes. */
export interface Representation {
  format: 'json' | 'yaml';
  /** `Table` and the two `PartialObject…` transform objects; absent: as they are. */
  as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
  /** Version of meta.k8s.io asked for with `as`. */
  version?: 'v1' | 'v1beta1';
}

/** One member of an Accept header. */
export interface MediaRange {
  type: string;
  parameters: Record<string, string>;
}

const yamlTypes = new Set(['application/yaml', 'text/yaml']);
const plain: Representation = { format: 'json' };
const parsed = new Map<string, readonly MediaRange[]>();
/** Clients send a handful of different headers; hostile ones send many, so the memory of them is bounded. */
const rememberedHeaders = 200;

/** Members in order of preference (q, then order). */
export function parseAccept(header: string): readonly MediaRange[] {
  const known = parsed.get(header);
  if (known) return known;
  const ranges = header
    .slice(0, 2000)
    .split(',')
    .map((text) => {
      const [type = '', ...rest] = text.split(';').map((each) => each.trim());
      const parameters: Record<string, string> = {};
      for (const each of rest) {
        const equals = each.indexOf('=');
        if (equals > 0)
          parameters[each.slice(0, equals).toLowerCase()] = each.slice(equals + 1).replace(/^"|"$/g, '');
      }
      return { type: type.toLowerCase(), parameters };
    })
    .filter(({ type }) => type !== '');
  const quality = (range: MediaRange) => {
    const q = Number(range.parameters['q'] ?? 1);
    return Number.isNaN(q) ? 1 : q;
  };
  const sorted = ranges.filter((range) => quality(range) > 0).sort((a, b) => quality(b) - quality(a));
  if (parsed.size >= rememberedHeaders) parsed.clear();
  parsed.set(header, sorted);
  return sorted;
}

/**
 * Picks the form from the Accept header. Clients list what they would like first and plain JSON last, so that what is not
 * served (protobuf, CBOR) is passed over. NotAcceptable when nothing fits.
 */
export function negotiate(accept: string | undefined, transforms: boolean): Representation {
  return firstServed(accept, transforms, ['application/json', 'application/yaml']);
}

/** The same for a watch: YAML does not come in lines. */
export function negotiateStream(accept: string | undefined): Representation {
  return firstServed(accept, true, ['application/json;stream=watch']);
}

function firstServed(
  accept: string | undefined,
  transforms: boolean,
  served: readonly string[],
): Representation {
  if (!accept || accept === 'application/json' || accept === '*/*') return plain;
  for (const { type, parameters } of parseAccept(accept)) {
    const format =
      type === 'application/json' || type === '*/*' || type === 'application/*'
        ? 'json'
        : yamlTypes.has(type) && served.includes('application/yaml')
          ? 'yaml'
          : undefined;
    if (!format || (parameters['stream'] !== undefined && parameters['stream'] !== 'watch')) continue;
    const as = parameters['as'];
    if (as === undefined) return format === 'json' ? plain : { format };
    const { g, v } = parameters;
    if (!transforms || g !== 'meta.k8s.io' || (v !== 'v1' && v !== 'v1beta1')) continue;
    if (as === 'Table' || as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList')
      return { format, as, version: v };
  }
  throw new StatusError('NotAcceptable', `only the following media types are accepted: ${served.join(', ')}`);
}
