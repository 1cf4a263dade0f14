import { createHash } from 'node:crypto';
import { StatusError } from '@gantry/base';
import { loadSchemas } from '@gantry/api';
import type { GroupVersion } from '../discovery/discovery.ts';
import type { Exchange } from '../exchange.ts';
import { parseAccept } from '../request/negotiate.ts';
import { documentV2, documentV3, type DocumentV2 } from './documents.ts';
import { ModelNames } from './names.ts';

/** What kubectl asks for, and, because `@` may not stand in a media type and Go refuses to parse it, what it is answered with. */
const gnosticType = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
const wellFormedGnosticType = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** A document as it is sent, with its entity tag. */
interface Sent {
  body: Uint8Array;
  etag: string;
}

/**
 * `/openapi/v2` and `/openapi/v3`, from which clients validate, explain and generate code. Everything is made at the first
 * question and kept: half a second of work and some megabytes that a server without curious clients never spends.
 */
export class OpenApi {
  readonly #groupVersions: readonly GroupVersion[];
  readonly #version: string;
  readonly #made = new Map<string, Promise<Sent>>();
  #names: Promise<ModelNames> | undefined;

  constructor(groupVersions: readonly GroupVersion[], version: string) {
    this.#groupVersions = groupVersions;
    this.#version = version;
  }

  /** False when the path is not known. */
  async serve(exchange: Exchange): Promise<boolean> {
    const path = exchange.info.path.replace(/\/$/, '');
    if (path === '/openapi/v2') {
      const form = formV2(exchange.req.headers.accept);
      await this.#send(
        exchange,
        await this.v2(form),
        form === 'json' ? 'application/json' : wellFormedGnosticType,
      );
      return true;
    }
    if (path === '/openapi/v3') {
      await exchange.sendObject(200, await this.index());
      return true;
    }
    if (!path.startsWith('/openapi/v3/')) return false;
    const key = path.slice('/openapi/v3/'.length);
    const groupVersion = this.#groupVersions.find((each) => keyOf(each) === key);
    if (!groupVersion) return false;
    const document = await this.v3(groupVersion);
    // The hash in the address makes it immutable; an outdated one is sent on, as upstream does.
    const hash = exchange.param('hash');
    const fresh = hash !== undefined && `"${hash}"` === document.etag;
    if (hash !== undefined && !fresh) {
      exchange.begin(301, { location: `${path}?hash=${document.etag.slice(1, -1)}`, 'content-length': 0 });
      exchange.res.end();
      return true;
    }
    await this.#send(exchange, document, 'application/json');
    return true;
  }

  /** Where the documents are: `{ paths: { 'apis/apps/v1': { serverRelativeURL } } }`. */
  async index(): Promise<{ paths: Record<string, { serverRelativeURL: string }> }> {
    const paths: Record<string, { serverRelativeURL: string }> = {};
    for (const each of this.#groupVersions) {
      const { etag } = await this.v3(each);
      paths[keyOf(each)] = {
        serverRelativeURL: `/openapi/v3/${keyOf(each)}?hash=${etag.slice(1, -1)}`,
      };
    }
    return { paths };
  }

  v3(groupVersion: GroupVersion): Promise<Sent> {
    return this.#once(keyOf(groupVersion), async () => {
      const schemas = await loadSchemas();
      const names = await this.#modelNames();
      return Buffer.from(JSON.stringify(documentV3(schemas, names, groupVersion.resources, this.#version)));
    });
  }

  v2(form: 'json' | 'gnostic'): Promise<Sent> {
    if (form === 'json')
      return this.#once('v2', async () => Buffer.from(JSON.stringify(await this.#documentV2())));
    return this.#once('v2+protobuf', async () => {
      const { encodeGnostic } = await import('./gnostic.ts');
      return encodeGnostic(await this.#documentV2());
    });
  }

  async #documentV2(): Promise<DocumentV2> {
    const resources = this.#groupVersions.flatMap((each) => each.resources);
    return documentV2(await loadSchemas(), await this.#modelNames(), resources, this.#version);
  }

  #modelNames(): Promise<ModelNames> {
    return (this.#names ??= loadSchemas().then(
      (schemas) =>
        new ModelNames(
          schemas,
          this.#groupVersions.flatMap((each) => each.resources),
        ),
    ));
  }

  #once(key: string, make: () => Promise<Uint8Array>): Promise<Sent> {
    let made = this.#made.get(key);
    if (!made) {
      made = make().then((body) => ({
        body,
        etag: `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"`,
      }));
      this.#made.set(key, made);
    }
    return made;
  }

  async #send(exchange: Exchange, { body, etag }: Sent, contentType: string): Promise<void> {
    if (exchange.req.headers['if-none-match'] === etag) {
      exchange.begin(304, { etag, vary: 'Accept' });
      exchange.res.end();
      return;
    }
    await exchange.sendPieces(200, contentType, [body], body.length, { etag, vary: 'Accept' });
  }
}

const keyOf = ({ group, version }: GroupVersion) => (group ? `apis/${group}/${version}` : `api/${version}`);

/** JSON is for who does not ask for anything else. */
function formV2(accept: string | undefined): 'json' | 'gnostic' {
  if (!accept) return 'json';
  for (const { type } of parseAccept(accept)) {
    if (type === gnosticType || type === wellFormedGnosticType) return 'gnostic';
    if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'json';
  }
  throw new StatusError(
    'NotAcceptable',
    `only the following media types are accepted: application/json, ${gnosticType}`,
  );
}
