import { StatusError } from '@gantry/base';
import { clone, equal, isObject, own, setOwn, type Json, type JsonObject } from '../json.ts';

/** More operations than this are refused (`RequestEntityTooLarge`), as upstream does. */
const mostOperations = 10_000;
/** What `copy` operations of one patch may add up to, in characters of JSON; upstream's limit is as large. */
const mostCopied = 3 * 1024 * 1024;

interface Operation {
  op: string;
  path: string;
  from: string;
  value: Json | undefined;
}

/**
 * Applies a JSON Patch (RFC 6902) and returns the result; the document given is not changed. Paths reach own members
 * only: `/__proto__` is a name like any other.
 * @throws StatusError BadRequest for what is no patch, Invalid where an operation does not apply (with the words of
 * upstream's json-patch as cause), RequestEntityTooLarge for too many operations or copies.
 */
export function applyJsonPatch<T>(document: T, patch: unknown): T {
  if (!Array.isArray(patch))
    throw StatusError.badRequest('error decoding patch: a JSON patch is an array of operations');
  if (patch.length > mostOperations)
    throw new StatusError(
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is ${mostOperations}, got ${patch.length}`,
    );
  const target = new Target(clone(document) as Json);
  for (const operation of patch) target.apply(checked(operation));
  return target.root as T;
}

function checked(operation: unknown): Operation {
  if (!isObject(operation))
    throw StatusError.badRequest('error decoding patch: an operation is not an object');
  const { op, path, from } = operation;
  if (typeof op !== 'string' || typeof path !== 'string')
    throw StatusError.badRequest('error decoding patch: an operation needs the strings "op" and "path"');
  if (!['add', 'remove', 'replace', 'move', 'copy', 'test'].includes(op))
    throw refused(`Unexpected kind: ${op}`);
  if ((op === 'move' || op === 'copy') && typeof from !== 'string')
    throw refused(`${op} operation, failed to decode from: missing value`);
  return { op, path, from: typeof from === 'string' ? from : '', value: own(operation, 'value') };
}

function refused(why: string): StatusError {
  return new StatusError(
    'Invalid',
    `the server rejected our request due to an error in our request: ${why}`,
    {
      details: { causes: [{ reason: 'UnexpectedServerResponse', message: why }] },
    },
  );
}

class Target {
  root: Json;
  #copied = 0;

  constructor(root: Json) {
    this.root = root;
  }

  apply({ op, path, from, value }: Operation): void {
    switch (op) {
      case 'add':
        return this.#add(op, path, clone(value ?? null));
      case 'remove':
        return void this.#remove(path);
      case 'replace':
        return this.#replace(path, clone(value ?? null));
      case 'move':
        if (path.startsWith(`${from}/`))
          throw refused(`move operation: cannot move '${from}' into '${path}'`);
        this.#find(op, from);
        return this.#add(op, path, this.#remove(from));
      case 'copy': {
        const found = this.#find(op, from);
        this.#copied += JSON.stringify(found).length;
        if (this.#copied > mostCopied)
          throw new StatusError(
            'RequestEntityTooLarge',
            `Unable to complete the copy, the accumulated size increase of copy is ${this.#copied}, exceeding the limit ${mostCopied}`,
          );
        return this.#add(op, path, clone(found));
      }
      default: {
        const found = this.#look(path);
        if (!equal(found ?? null, value ?? null)) throw refused(`testing value ${path} failed: test failed`);
      }
    }
  }

  /** The container of the path's last step, and that step; undefined where the way there does not exist. */
  #parent(path: string): { container: Json[] | JsonObject; key: string } | undefined {
    const steps = path.split('/');
    if (steps[0] !== '' || steps.length < 2) return undefined;
    let value: Json | undefined = this.root;
    for (let index = 1; index < steps.length; index++) {
      if (typeof value !== 'object' || value === null) return undefined;
      const key = steps[index]!.replaceAll('~1', '/').replaceAll('~0', '~');
      if (index === steps.length - 1) return { container: value, key };
      value = Array.isArray(value) ? value[indexOf(key) ?? -1] : own(value, key);
    }
    return undefined;
  }

  #look(path: string): Json | undefined {
    if (path === '') return this.root;
    const parent = this.#parent(path);
    if (!parent) return undefined;
    const { container, key } = parent;
    return Array.isArray(container) ? container[indexOf(key) ?? -1] : own(container, key);
  }

  #find(op: string, path: string): Json {
    const found = this.#look(path);
    if (found === undefined)
      throw refused(`${op} operation does not apply: doc is missing from path: ${path}: missing value`);
    return found;
  }

  #add(op: string, path: string, value: Json): void {
    if (path === '') {
      this.root = value;
      return;
    }
    const parent = this.#parent(path);
    if (!parent)
      throw refused(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
    const { container, key } = parent;
    if (!Array.isArray(container)) return setOwn(container, key, value);
    const index = key === '-' ? container.length : indexOf(key);
    if (index === undefined || index > container.length)
      throw refused(
        `error in ${op} for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
      );
    container.splice(index, 0, value);
  }

  #remove(path: string): Json {
    const parent = this.#parent(path);
    if (!parent)
      throw refused(`remove operation does not apply: doc is missing path: "${path}": missing value`);
    const { container, key } = parent;
    if (Array.isArray(container)) {
      const index = indexOf(key);
      if (index === undefined || index >= container.length)
        throw refused(
          `error in remove for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
        );
      return container.splice(index, 1)[0]!;
    }
    const old = own(container, key);
    if (old === undefined)
      throw refused(
        `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`,
      );
    delete container[key];
    return old;
  }

  #replace(path: string, value: Json): void {
    if (path === '') {
      this.root = value;
      return;
    }
    const parent = this.#parent(path);
    if (!parent)
      throw refused(`replace operation does not apply: doc is missing path: ${path}: missing value`);
    const { container, key } = parent;
    if (Array.isArray(container)) {
      const index = indexOf(key);
      if (index === undefined || index >= container.length)
        throw refused(`replace operation does not apply: doc is missing key: ${path}: missing value`);
      container[index] = value;
    } else {
      if (!Object.hasOwn(container, key))
        throw refused(`replace operation does not apply: doc is missing key: ${path}: missing value`);
      setOwn(container, key, value);
    }
  }
}

function indexOf(key: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : undefined;
}
