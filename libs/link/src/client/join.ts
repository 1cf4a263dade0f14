import { connect, type TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import {
  Client,
  credentials,
  type ClientUnaryCall,
  type MethodDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { StatusError } from '@gantry/base';
import { createSigningRequest, publicKeyHash } from '@gantry/pki';
import { fromGrpcError } from '../grpc-status.ts';
import { nodeSubject } from '../node-identity.ts';
import { channelOptions, nodeService, type JoinResponse } from '../service.ts';

/** What a node keeps on disk; all PEM. */
export interface NodeCredentials {
  ca: string;
  certificate: string;
  privateKey: string;
}

const timeoutMs = 10_000;

/** The name in the server's certificate that is checked, whatever address it is reached by. */
export const serverName = 'kubernetes';

export function splitAddress(server: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(server);
  if (!match) throw StatusError.badRequest(`"${server}" is not an address of the form host:port`);
  return { host: match[1] ?? match[2]!, port: Number(match[3]) };
}

/**
 * Asks the server for its CA and believes it only if its public key has the hash that the join token names, and if the server's
 * own certificate is signed by it. Returns PEM. The connection carries no secret.
 */
export async function fetchAuthority(server: string, caHash: string): Promise<string> {
  const { host, port } = splitAddress(server);
  const chain = await new Promise<X509Certificate[]>((resolve, reject) => {
    const socket: TLSSocket = connect(
      // Nothing is trusted yet: what is learned here is checked against the token's hash below.
      { host, port, servername: serverName, ALPNProtocols: ['h2'], rejectUnauthorized: false },
      () => {
        const found: X509Certificate[] = [];
        for (
          let each = socket.getPeerX509Certificate();
          each && found.length < 8;
          each = each.issuerCertificate
        ) {
          if (found.at(-1)?.fingerprint256 === each.fingerprint256) break;
          found.push(each);
        }
        socket.destroy();
        resolve(found);
      },
    );
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    socket.on('error', (error) =>
      reject(StatusError.unavailable(`cannot reach ${server}: ${error.message}`, error)),
    );
  });
  const [leaf] = chain;
  const ca = chain.find((each) => each.ca && publicKeyHash(each.raw) === caHash);
  if (!leaf || !ca || !leaf.checkIssued(ca) || !leaf.verify(ca.publicKey))
    throw new StatusError(
      'Forbidden',
      `the server at ${server} is not the one the join token was made for: its certificate authority has another key`,
    );
  return ca.toString();
}

/** Trades a token for a certificate: makes a key, asks each server in turn. Throws StatusError (Unauthorized: the token is no good). */
export async function joinCluster(options: {
  servers: readonly string[];
  /** `<id>.<secret>`. */
  token: string;
  nodeName: string;
  /** PEM. */
  ca: string;
}): Promise<NodeCredentials> {
  const { csr, privateKey } = await createSigningRequest(nodeSubject(options.nodeName));
  const response = await firstThatAnswers(options.servers, (server) =>
    unary(server, { ca: options.ca }, nodeService.join, {
      token: options.token,
      nodeName: options.nodeName,
      csr,
    }),
  );
  return { ca: response.ca || options.ca, certificate: response.certificate ?? '', privateKey };
}

/** A fresh key and certificate for the node that the present ones name. */
export async function renewCertificate(
  servers: readonly string[],
  nodeName: string,
  present: NodeCredentials,
): Promise<NodeCredentials> {
  const { csr, privateKey } = await createSigningRequest(nodeSubject(nodeName));
  const response = await firstThatAnswers(servers, (server) =>
    unary(server, present, nodeService.renew, { csr }),
  );
  return { ca: response.ca || present.ca, certificate: response.certificate ?? '', privateKey };
}

async function firstThatAnswers<T>(
  servers: readonly string[],
  ask: (server: string) => Promise<T>,
): Promise<T> {
  let last: unknown = StatusError.badRequest('no server to ask');
  for (const server of servers) {
    try {
      return await ask(server);
    } catch (error) {
      last = error;
      if (!(error instanceof StatusError) || !['ServiceUnavailable', 'Timeout'].includes(error.reason))
        throw error;
    }
  }
  throw last;
}

/** A client for one server. */
export function openClient(
  server: string,
  keys: { ca: string; certificate?: string; privateKey?: string },
): Client {
  splitAddress(server);
  const secure = credentials.createSsl(
    Buffer.from(keys.ca),
    keys.privateKey === undefined ? null : Buffer.from(keys.privateKey),
    keys.certificate === undefined ? null : Buffer.from(keys.certificate),
  );
  return new Client(server, secure, {
    ...channelOptions,
    'grpc.ssl_target_name_override': serverName,
    'grpc.max_receive_message_length': 16 << 20,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 2_000,
  });
}

function unary<Request>(
  server: string,
  keys: { ca: string; certificate?: string; privateKey?: string },
  method: MethodDefinition<Request, JoinResponse>,
  request: Request,
): Promise<JoinResponse> {
  const client = openClient(server, keys);
  return new Promise<JoinResponse>((resolve, reject) => {
    const call: ClientUnaryCall = client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      { deadline: Date.now() + timeoutMs },
      (error: ServiceError | null, response?: JoinResponse) =>
        error ? reject(fromGrpcError(error)) : resolve(response!),
    );
    void call;
  }).finally(() => client.close());
}
