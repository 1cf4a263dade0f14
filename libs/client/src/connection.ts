/** One answer, whole. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

export interface RequestOptions {
  /** With its query. */
  path: string;
  method?: string;
  /** A value is sent as JSON, bytes and text as they are. */
  body?: unknown;
  contentType?: string;
  accept?: string;
  signal?: AbortSignal;
}

/**
 * A way to a Kubernetes API server, whoever's it is. Failures to connect are StatusErrors (`ServiceUnavailable`) that name the
 * server; an answer of 400 and above is thrown as the StatusError it carries.
 */
export interface Connection {
  readonly server: string;
  /** The namespace of the kubeconfig's context; `default` when it has none. */
  readonly namespace: string;
  request(options: RequestOptions): Promise<Answer>;
  /** The body as it comes, for watches and logs. */
  stream(options: RequestOptions): Promise<AsyncIterable<Uint8Array>>;
  /** What a WebSocket to the same server needs. */
  readonly tls: {
    ca?: string | Buffer;
    cert?: string | Buffer;
    key?: string | Buffer;
    rejectUnauthorized?: boolean;
  };
  readonly headers: Readonly<Record<string, string | string[]>>;
  close(): Promise<void>;
}
