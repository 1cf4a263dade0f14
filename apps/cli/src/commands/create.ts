import type { Command } from 'commander';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inOrder, UsageError } from '@gantry/client';
import { kubeCommand, wholeNumber, withCluster, type KubeContext } from '../context.ts';
import { addSwitchOn, collect } from '../flags.ts';
import {
  createObject,
  eachOf,
  fileOptions,
  hasFiles,
  manifestsOf,
  outcomeOptions,
  readInput,
  type ChangeFlags,
  type Kinded,
} from '../objects.ts';

/** `create`. */
export function createCommands(program: Command): void {
  const create = outcomeOptions(
    fileOptions(kubeCommand(program.command('create').description('make objects, from files or by kind'))),
  )
    .usage('[-f file] [options] | create <kind> …')
    .option('--raw <path>', 'POST the file to this path and print the answer')
    .option('--save-config', 'accepted for compatibility');
  addSwitchOn(create, 'validate', 'refuse fields that the kind does not have').action(
    (flags: ChangeFlags & { raw?: string }) =>
      withCluster(flags, async (context) => {
        if (!hasFiles(flags))
          throw new UsageError('error: must specify one of -f and -k, or a kind (see gantry create --help)');
        if (flags.raw !== undefined) return postRaw(context, flags.raw, flags.filename?.[0] ?? '-');
        await eachOf(
          inOrder(await manifestsOf(flags)),
          async ({ object, source }) => void (await createObject(context, object, flags, { source })),
        );
      }),
  );
  const kind = (usage: string, description: string) =>
    outcomeOptions(kubeCommand(create.command(usage).description(description)));
  const make = (object: object, flags: ChangeFlags) =>
    withCluster(flags, async (context) => void (await createObject(context, object as Kinded, flags)));

  kind('namespace <name>', 'a namespace')
    .alias('ns')
    .action((name: string, flags: ChangeFlags) =>
      make({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, flags),
    );
  kind('serviceaccount <name>', 'a service account')
    .alias('sa')
    .action((name: string, flags: ChangeFlags) =>
      make({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }, flags),
    );
  entryOptions(kind('configmap <name>', 'a ConfigMap').alias('cm')).action(
    (name: string, flags: EntryFlags) => {
      const data = Object.fromEntries(
        [...entries(flags)].map(([key, value]) => [key, value.toString('utf8')]),
      );
      const some = Object.keys(data).length > 0;
      return make(
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...(some ? { data } : {}) },
        flags,
      );
    },
  );
  secretCommands(create, make);
  serviceCommands(create, make);
  kind('deployment <name> [command...]', 'a Deployment of one image')
    .alias('deploy')
    .requiredOption('--image <image>', 'the image to run')
    .option('-r, --replicas <n>', 'how many', wholeNumber, 1)
    .option('--port <port>', 'the port it listens on', wholeNumber)
    .action(
      (
        name: string,
        command: string[],
        flags: ChangeFlags & { image: string; replicas: number; port?: number },
      ) => make(deployment(name, command, flags), flags),
    );
}

/** What the server says is printed as it comes. */
async function postRaw({ connection }: KubeContext, path: string, file: string): Promise<void> {
  const { body } = await connection.request({
    method: 'POST',
    path,
    body: await readInput(file),
    contentType: 'application/json',
  });
  process.stdout.write(body);
}

interface EntryFlags extends ChangeFlags {
  fromLiteral?: string[];
  fromFile?: string[];
  fromEnvFile?: string[];
}

const entryOptions = (command: Command) =>
  command
    .option('--from-literal <key=value>', 'an entry; may be repeated', collect)
    .option(
      '--from-file <[key=]file>',
      'an entry from a file, or one for each file of a folder; may be repeated',
      collect,
    )
    .option('--from-env-file <file>', 'entries from lines of key=value; may be repeated', collect);

function entries({ fromLiteral = [], fromFile = [], fromEnvFile = [] }: EntryFlags): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const add = (key: string, value: Buffer) => {
    if (found.has(key))
      throw new UsageError(`error: cannot add key "${key}", another key by that name already exists`);
    found.set(key, value);
  };
  for (const literal of fromLiteral) {
    const equals = literal.indexOf('=');
    if (equals <= 0) throw new UsageError(`error: invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, equals), Buffer.from(literal.slice(equals + 1)));
  }
  for (const each of fromFile) {
    const equals = each.indexOf('=');
    const path = each.slice(equals + 1);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      if (equals >= 0) throw new UsageError('error: cannot give a key name for a directory path');
      // As kubectl does: its files, and nothing below or of another type.
      for (const entry of readdirSync(path, { withFileTypes: true }))
        if (entry.isFile()) add(entry.name, readFileSync(join(path, entry.name)));
      continue;
    }
    if (!stat) throw new UsageError(`error: error reading ${path}: no such file or directory`);
    add(equals < 0 ? basename(path) : each.slice(0, equals), readFileSync(path));
  }
  for (const file of fromEnvFile)
    for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
      const equals = line.indexOf('=');
      if (equals > 0 && !line.trimStart().startsWith('#'))
        add(line.slice(0, equals).trim(), Buffer.from(line.slice(equals + 1)));
    }
  return found;
}

function secretCommands(create: Command, make: (object: object, flags: ChangeFlags) => Promise<void>): void {
  const secret = create.command('secret').description('a Secret: generic, tls, docker-registry');
  const kind = (usage: string, description: string) =>
    outcomeOptions(kubeCommand(secret.command(usage).description(description)));
  const object = (name: string, type: string, data: Record<string, Buffer>) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { name },
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, value.toString('base64')])),
  });
  entryOptions(kind('generic <name>', 'of your own entries'))
    .option('--type <type>', 'its type', 'Opaque')
    .action((name: string, flags: EntryFlags & { type: string }) =>
      make(object(name, flags.type, Object.fromEntries(entries(flags))), flags),
    );
  kind('tls <name>', 'a certificate and its key')
    .requiredOption('--cert <file>', 'PEM certificate')
    .requiredOption('--key <file>', 'PEM private key')
    .action((name: string, flags: ChangeFlags & { cert: string; key: string }) =>
      make(
        object(name, 'kubernetes.io/tls', {
          'tls.crt': readFileSync(flags.cert),
          'tls.key': readFileSync(flags.key),
        }),
        flags,
      ),
    );
  kind('docker-registry <name>', 'credentials for a registry, for imagePullSecrets')
    .option('--docker-server <host>', 'the registry', 'https://index.docker.io/v1/')
    .requiredOption('--docker-username <name>', 'who you are')
    .requiredOption('--docker-password <password>', 'its password')
    .option('--docker-email <address>', 'your address')
    .action(
      (
        name: string,
        flags: ChangeFlags & {
          dockerServer: string;
          dockerUsername: string;
          dockerPassword: string;
          dockerEmail?: string;
        },
      ) => {
        const { dockerUsername: username, dockerPassword: password, dockerEmail: email } = flags;
        const auth = Buffer.from(`${username}:${password}`).toString('base64');
        const config = {
          auths: { [flags.dockerServer]: { username, password, ...(email ? { email } : {}), auth } },
        };
        const data = { '.dockerconfigjson': Buffer.from(JSON.stringify(config)) };
        return make(object(name, 'kubernetes.io/dockerconfigjson', data), flags);
      },
    );
}

/** `80`, `80:8080`: the service's port, and the pods'. */
function servicePort(text: string): {
  name: string;
  port: number;
  protocol: 'TCP';
  targetPort: number | string;
} {
  const [port = '', target = port] = text.split(':');
  return {
    name: text.replace(':', '-'),
    port: wholeNumber(port),
    protocol: 'TCP',
    targetPort: /^\d+$/.test(target) ? Number(target) : target,
  };
}

function serviceCommands(create: Command, make: (object: object, flags: ChangeFlags) => Promise<void>): void {
  const service = create
    .command('service')
    .alias('svc')
    .description('a Service: clusterip, nodeport, externalname');
  for (const [verb, type] of [
    ['clusterip', 'ClusterIP'],
    ['nodeport', 'NodePort'],
  ] as const)
    outcomeOptions(kubeCommand(service.command(`${verb} <name>`).description(`a Service of type ${type}`)))
      .option('--tcp <port[:target]>', 'a port; may be repeated', collect)
      .option('--clusterip <address>', 'its address, or None')
      .action((name: string, flags: ChangeFlags & { tcp?: string[]; clusterip?: string }) =>
        make(
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name, labels: { app: name } },
            spec: {
              type,
              selector: { app: name },
              ports: (flags.tcp ?? []).map(servicePort),
              ...(flags.clusterip ? { clusterIP: flags.clusterip } : {}),
            },
          },
          flags,
        ),
      );
  outcomeOptions(kubeCommand(service.command('externalname <name>').description('another name for a host')))
    .requiredOption('--external-name <host>', 'the host')
    .action((name: string, flags: ChangeFlags & { externalName: string }) =>
      make(
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name, labels: { app: name } },
          spec: { type: 'ExternalName', externalName: flags.externalName, selector: { app: name } },
        },
        flags,
      ),
    );
}

function deployment(
  name: string,
  command: readonly string[],
  flags: { image: string; replicas: number; port?: number },
): object {
  const labels = { app: name };
  const container = {
    name: flags.image.replace(/.*\//, '').replace(/[:@].*/, ''),
    image: flags.image,
    ...(command.length > 0 ? { command } : {}),
    ...(flags.port === undefined ? {} : { ports: [{ containerPort: flags.port }] }),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: flags.replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}
