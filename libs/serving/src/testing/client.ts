import { request as httpsRequest, Agent } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { LoopbackServer } from './loopback-server.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON. */
  json: Record<string, unknown> & {
    metadata?: Record<string, unknown>;
    items?: { metadata: { name: string } }[];
  };
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

/** A client of a {@link LoopbackServer} with one identity, or none. */
export class TestClient implements Disposable {
  readonly #url: string;
  readonly #agent: Agent;

  private constructor(url: string, agent: Agent) {
    this.#url = url;
    this.#agent = agent;
  }

  /** @param user common name; null sends no certificate. */
  static async connect(
    server: LoopbackServer,
    user: string | null = 'kubernetes-admin',
    organizations: readonly string[] = ['system:masters'],
  ): Promise<TestClient> {
    const identity = user === null ? undefined : await server.issue({ commonName: user, organizations });
    return new TestClient(
      server.url,
      new Agent({
        keepAlive: true,
        ca: server.ca,
        ...(identity ? { cert: identity.certificate, key: identity.privateKey } : {}),
      }),
    );
  }

  /** Opens a request and resolves with its answer's head; the body is the caller's. */
  open(method: string, path: string, { body, headers = {} }: RequestOptions = {}): Promise<IncomingMessage> {
    const bytes =
      body === undefined
        ? undefined
        : Buffer.isBuffer(body)
          ? body
          : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        `${this.#url}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            ...(bytes ? { 'content-type': 'application/json', 'content-length': bytes.length } : {}),
            ...headers,
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.end(bytes);
    });
  }

  async request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const response = await this.open(method, path, options);
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text) as Answer['json'];
      },
    };
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
