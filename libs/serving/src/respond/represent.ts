import { setImmediate as nextTurn } from 'node:timers/promises';
import { StatusError } from '@gantry/base';
import { apiVersionOf, yamlStyle, type Column, type KubeObject, type Kind, type Stored } from '@gantry/api';
import type { Entry, EntryList } from '@gantry/state';
import type { Exchange } from '../exchange.ts';
import type { Representation } from '../request/negotiate.ts';
import { partialOf, tableOf, type IncludeObject } from './table.ts';

export function includeObjectOf(exchange: Exchange): IncludeObject {
  const text = exchange.param('includeObject') ?? 'Metadata';
  if (text === 'None' || text === 'Metadata' || text === 'Object') return text;
  throw StatusError.badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(text.slice(0, 100))}: ` +
      "must be 'Metadata', 'Object', 'None', or empty",
  );
}

/** One object: its bytes as they are stored, unless another form was asked for. */
export async function sendEntry(
  exchange: Exchange,
  code: number,
  kind: Kind,
  entry: Entry,
  nowMs: number,
): Promise<void> {
  const representation = exchange.representation(true);
  if (!representation.as && representation.format === 'json')
    return exchange.send(code, 'application/json', entry.bytes);
  return exchange.sendObject(
    code,
    representedEntry(exchange, kind, entry, representation, nowMs),
    representation,
  );
}

/** An object that is not stored but made of one that is (a Scale), in the forms that a stored one has. */
export async function sendMade<T extends KubeObject>(
  exchange: Exchange,
  columns: readonly Column<T>[],
  object: Stored<T>,
  nowMs: number,
): Promise<void> {
  const representation = exchange.representation(true);
  const shown = representedEntry(
    exchange,
    { columns: columns as Kind['columns'] },
    { object },
    representation,
    nowMs,
  );
  return exchange.sendObject(200, shown, representation);
}

function representedEntry(
  exchange: Exchange,
  kind: Pick<Kind, 'columns'>,
  entry: Pick<Entry, 'object'>,
  { as, version = 'v1' }: Representation,
  nowMs: number,
): unknown {
  if (as === 'Table')
    return tableOf(kind, [entry], {
      version,
      include: includeObjectOf(exchange),
      nowMs,
      metadata: { resourceVersion: entry.object.metadata.resourceVersion },
    });
  if (as === 'PartialObjectMetadata') return partialOf(entry.object, version);
  if (as === 'PartialObjectMetadataList') throw notAcceptable();
  return entry.object;
}

const notAcceptable = () =>
  new StatusError('NotAcceptable', 'a single object cannot be shown as a PartialObjectMetadataList');

export const comma = Buffer.from(',');
export const listEnd = Buffer.from(']}');

/** A list: the stored bytes of its members one after the other, without decoding or encoding any. */
export async function sendList(
  exchange: Exchange,
  kind: Kind,
  list: EntryList,
  nowMs: number,
): Promise<void> {
  const representation = exchange.representation(true);
  const metadata: Record<string, unknown> = { resourceVersion: String(list.revision) };
  if (list.continue) metadata['continue'] = list.continue;
  if (list.remainingItemCount !== undefined) metadata['remainingItemCount'] = list.remainingItemCount;

  if (representation.as === 'Table')
    return exchange.sendObject(
      200,
      tableOf(kind, list.entries, {
        version: representation.version ?? 'v1',
        include: includeObjectOf(exchange),
        nowMs,
        metadata,
      }),
      representation,
    );
  if (representation.as) {
    const version = representation.version ?? 'v1';
    return exchange.sendObject(
      200,
      {
        kind: 'PartialObjectMetadataList',
        apiVersion: `meta.k8s.io/${version}`,
        metadata,
        items: list.entries.map((entry) => partialOf(entry.object, version)),
      },
      representation,
    );
  }
  const head = { kind: kind.listKind, apiVersion: apiVersionOf(kind), metadata };
  if (representation.format === 'yaml')
    return exchange.send(200, 'application/yaml', await listAsYaml(head, list.entries));

  const begin = Buffer.from(`${JSON.stringify(head).slice(0, -1)},"items":[`);
  const pieces: Uint8Array[] = [begin];
  let size = begin.length + listEnd.length + Math.max(0, list.entries.length - 1);
  for (const entry of list.entries) {
    if (pieces.length > 1) pieces.push(comma);
    pieces.push(entry.bytes);
    size += entry.bytes.length;
  }
  pieces.push(listEnd);
  return exchange.sendPieces(200, 'application/json', pieces, size);
}

/** So long one list may be written as YAML before others get their turn. */
const sliceMs = 20;

/** YAML is slow to write (some MB a second): a long list is written member by member, and others are served meanwhile. */
async function listAsYaml(head: object, entries: readonly Entry[]): Promise<string> {
  const { stringify } = await import('yaml');
  if (entries.length === 0) return stringify({ ...head, items: [] }, yamlStyle);
  const parts = [stringify(head, yamlStyle), 'items:\n'];
  let sliceBegan = performance.now();
  for (const { object } of entries) {
    parts.push(stringify([object], yamlStyle));
    if (performance.now() - sliceBegan < sliceMs) continue;
    await nextTurn();
    sliceBegan = performance.now();
  }
  return parts.join('');
}
