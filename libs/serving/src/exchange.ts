import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { UserInfo } from '@gantry/state';
import { StatusError } from '@gantry/base';
import { yamlStyle } from '@gantry/api';
import { anonymous } from './auth/authenticator.ts';
import { drained, isGone, type HttpRequest, type HttpResponse } from './http.ts';
import { negotiate, type Representation } from './request/negotiate.ts';
import { parseRequestInfo, type RequestInfo } from './request/request-info.ts';

/** Answers above this many bytes are compressed for who takes gzip; below it costs more than it saves (upstream's threshold). */
const gzipFromBytes = 128 * 1024;
/** Long answers are written in pieces of about this size, so that one of them does not block the process. */
const pieceBytes = 1024 * 1024;

/** Longer answers are not indented: nobody reads them, and all others would wait until it is done. */
const mostIndentedBytes = 1024 * 1024;

/** Characters of all warnings of one answer together (apiserver `pkg/endpoints/filters/warning.go`). */
const mostWarned = 4096;

/** One request and its answer. */
export class Exchange {
  readonly req: HttpRequest;
  readonly res: HttpResponse;
  readonly info: RequestInfo;
  readonly startMs: number;
  /** Goes back as `Audit-Id` and into the logs. */
  readonly id: string;
  user: UserInfo = anonymous;
  /** Sent as `Warning: 299` headers, which kubectl prints. */
  readonly warnings: string[] = [];
  /** The status sent, or that will be. */
  code = 200;
  /** Bytes of the body sent, before compression, where it was sent as a whole. */
  sizeBytes = 0;
  /** True once a handler for the resource was found: its name may be used as a metric label. */
  served = false;
  /** The path that is served, for requests that are about no resource; '' when unknown. */
  servedPath = '';
  /** True for what lasts as long as the client likes: watches, logs, streams. */
  longRunning = false;
  #query: URLSearchParams | undefined;

  constructor(req: HttpRequest, res: HttpResponse, startMs: number) {
    this.req = req;
    this.res = res;
    this.startMs = startMs;
    this.info = parseRequestInfo(req.method ?? 'GET', req.url ?? '/');
    this.id = requestId(req.headers['audit-id']);
  }

  get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.info.search));
  }

  /** A query parameter; undefined when absent or empty. */
  param(name: string): string | undefined {
    return this.info.search === '' ? undefined : (this.query.get(name) ?? undefined) || undefined;
  }

  /** Adds a warning, once; what is more than headers should hold is left out, as upstream's recorder does. */
  warn(text: string): void {
    const told = this.warnings.reduce((sum, each) => sum + each.length, 0);
    if (!this.warnings.includes(text) && told + text.length <= mostWarned) this.warnings.push(text);
  }

  /** The form the client asked for; see {@link negotiate}. */
  representation(transforms: boolean): Representation {
    return negotiate(this.req.headers.accept, transforms);
  }

  /** Status line and the headers that every answer has. */
  begin(code: number, headers: OutgoingHttpHeaders): void {
    this.code = code;
    const { res } = this;
    headers['audit-id'] = this.id;
    headers['cache-control'] = 'no-cache, private';
    if (this.warnings.length > 0) res.setHeader('warning', this.warnings.map(warningHeader));
    res.writeHead(code, headers);
  }

  /** A whole answer from memory. */
  async send(code: number, contentType: string, body: string | Uint8Array): Promise<void> {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    await this.sendPieces(code, contentType, [bytes], bytes.length);
  }

  /** A whole answer from pieces, whose lengths are `sizeBytes` in sum; large ones with back-pressure, compressed on request. */
  async sendPieces(
    code: number,
    contentType: string,
    pieces: readonly Uint8Array[],
    sizeBytes: number,
    headers: OutgoingHttpHeaders = {},
  ): Promise<void> {
    const { req, res } = this;
    if (contentType === 'application/json' && sizeBytes <= mostIndentedBytes && isReadByPeople(this)) {
      const text = Buffer.concat(pieces, sizeBytes).toString('utf8');
      const indented = Buffer.from(JSON.stringify(JSON.parse(text), undefined, 2));
      [pieces, sizeBytes] = [[indented], indented.length];
    }
    this.sizeBytes = sizeBytes;
    headers['content-type'] = contentType;
    if (sizeBytes > gzipFromBytes && String(req.headers['accept-encoding'] ?? '').includes('gzip')) {
      headers['content-encoding'] = 'gzip';
      headers['vary'] = 'Accept-Encoding';
      this.begin(code, headers);
      if (req.method === 'HEAD') return void res.end();
      return this.#compressed(pieces);
    }
    headers['content-length'] = sizeBytes;
    this.begin(code, headers);
    if (req.method === 'HEAD') return void res.end();
    if (pieces.length === 1 && sizeBytes <= pieceBytes) return void res.end(pieces[0]);
    for (const chunk of joined(pieces)) {
      if (isGone(res)) return;
      if (!res.write(chunk)) await drained(res);
    }
    res.end();
  }

  async #compressed(pieces: readonly Uint8Array[]): Promise<void> {
    const { createGzip } = await import('node:zlib');
    const gzip = createGzip({ level: 1, chunkSize: 256 * 1024 });
    const { res } = this;
    gzip.on('data', (chunk: Buffer) => {
      if (!res.write(chunk)) {
        gzip.pause();
        void drained(res).then(() => (isGone(res) ? gzip.destroy() : gzip.resume()));
      }
    });
    const ended = new Promise<void>((resolve) => {
      gzip.once('end', resolve);
      gzip.once('close', resolve);
    });
    for (const chunk of joined(pieces)) {
      if (gzip.destroyed) return;
      if (!gzip.write(chunk))
        await new Promise<void>((resolve) => {
          gzip.once('drain', resolve);
          gzip.once('close', resolve);
        });
    }
    gzip.end();
    await ended;
    res.end();
  }

  /** An object that is not stored (Status, Table, discovery …) in the client's format. */
  async sendObject(code: number, object: unknown, representation?: Representation): Promise<void> {
    const format = (representation ?? this.#formatOrJson()).format;
    if (format === 'yaml') {
      const { stringify } = await import('yaml');
      return this.send(code, 'application/yaml', stringify(object, yamlStyle));
    }
    return this.send(code, 'application/json', JSON.stringify(object));
  }

  /** Errors must be told whatever the client accepts. */
  #formatOrJson(): Representation {
    try {
      return this.representation(false);
    } catch {
      return { format: 'json' };
    }
  }

  async sendError(error: StatusError): Promise<void> {
    const retryAfter = error.details?.retryAfterSeconds;
    // With this header client-go tries ten times before it tells anybody; that the store is gone shall be known at once.
    if (retryAfter !== undefined && error.reason !== 'ServiceUnavailable' && !this.res.headersSent)
      this.res.setHeader('retry-after', retryAfter);
    await this.sendObject(error.code, error.toStatus());
  }
}

/** As `isPrettyPrint` of `k8s.io/apiserver/pkg/endpoints/handlers/negotiation` sees it: `pretty=`, or a program that shows what it gets. */
function isReadByPeople(exchange: Exchange): boolean {
  const asked = exchange.info.search.includes('pretty') ? exchange.param('pretty') : undefined;
  if (asked) return /^(1|t|true)$/i.test(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(exchange.req.headers['user-agent'] ?? '');
}

/** A client's own id is taken over only when it cannot do harm in logs and headers. */
function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(header) ? header : randomUUID();
}

/** RFC 7234 5.5 with code 299; the text quoted, without what a header may not hold. */
function warningHeader(text: string): string {
  const clean = text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&');
  return `299 - "${clean.slice(0, 1000)}"`;
}

/** Small pieces joined to larger ones. */
function* joined(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  let from = 0;
  let size = 0;
  for (let i = 0; i < pieces.length; i++) {
    size += pieces[i]!.length;
    if (size >= pieceBytes || i === pieces.length - 1) {
      yield i === from ? pieces[i]! : Buffer.concat(pieces.slice(from, i + 1), size);
      from = i + 1;
      size = 0;
    }
  }
}
