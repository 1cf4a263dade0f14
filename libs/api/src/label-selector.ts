import { StatusError } from '@gantry/base';
import type { V1LabelSelector } from './gen/types.ts';

/** One term of a label selector; all terms must hold. Source: k8s.io/apimachinery `pkg/labels/selector.go`. */
export interface LabelRequirement {
  readonly key: string;
  /** `in` also stands for `=`, `notin` for `!=`; `gt` and `lt` compare whole numbers. */
  readonly operator: 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';
  readonly values: readonly string[];
}

type Labels = Readonly<Record<string, string>> | undefined;

const tokens = /\s*(==|!=|=|!|<|>|,|\(|\)|[^\s,()=!<>]+)/y;

/**
 * Reads `app=web,tier in (a,b),!x,gen>3`. The empty text has no terms and matches everything.
 * @throws StatusError BadRequest where the text is no selector, or a key or value is no label's.
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  const scanner = new Scanner(text);
  const requirements: LabelRequirement[] = [];
  if (scanner.peek() === undefined) return requirements;
  for (;;) {
    requirements.push(checked(parseTerm(scanner)));
    const next = scanner.take();
    if (next === undefined) break;
    if (next !== ',') throw scanner.error(`found '${next}', expected: ',' or 'end of string'`);
    const after = scanner.peek();
    if (after === undefined || after === ',' || after === ')')
      throw scanner.error(`found '${after ?? ''}', expected: identifier after ','`);
  }
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

class Scanner {
  readonly #tokens: string[] = [];
  #next = 0;

  constructor(text: string) {
    tokens.lastIndex = 0;
    let end = 0;
    for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
      this.#tokens.push(match[1]!);
      end = tokens.lastIndex;
    }
    if (text.slice(end).trim() !== '') throw this.error(`unexpected '${text.slice(end)}'`);
  }

  peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  take(): string | undefined {
    return this.#tokens[this.#next++];
  }

  error(why: string): StatusError {
    return StatusError.badRequest(`unable to parse requirement: ${why}`);
  }
}

const isWord = (token: string | undefined) => token !== undefined && !/^(?:==|!=|[=!<>,()])$/.test(token);

function parseTerm(scanner: Scanner): LabelRequirement {
  const absent = scanner.peek() === '!';
  if (absent) scanner.take();
  const key = scanner.take();
  if (key === undefined || !isWord(key))
    throw scanner.error(`found '${key ?? ''}', expected: '!', identifier, or 'end of string'`);
  if (absent) return { key, operator: '!', values: [] };
  const next = scanner.peek();
  if (next === undefined || next === ',') return { key, operator: 'exists', values: [] };
  scanner.take();
  switch (next) {
    case 'in':
    case 'notin':
      return { key, operator: next, values: parseValues(scanner) };
    case '=':
    case '==':
      return { key, operator: 'in', values: [exactValue(scanner)] };
    case '!=':
      return { key, operator: 'notin', values: [exactValue(scanner)] };
    case '>':
      return { key, operator: 'gt', values: [exactValue(scanner)] };
    case '<':
      return { key, operator: 'lt', values: [exactValue(scanner)] };
    default:
      throw scanner.error(`found '${next}', expected: in, notin, =, ==, !=, gt, lt`);
  }
}

/** The value after `=`; nothing there is the empty value. */
function exactValue(scanner: Scanner): string {
  const next = scanner.peek();
  if (next === undefined || next === ',') return '';
  scanner.take();
  if (!isWord(next)) throw scanner.error(`found '${next}', expected: identifier`);
  return next;
}

function parseValues(scanner: Scanner): string[] {
  const open = scanner.take();
  if (open !== '(') throw scanner.error(`found '${open ?? ''}', expected: '('`);
  const values = new Set<string>();
  let value = '';
  let any = false;
  for (;;) {
    const token = scanner.take();
    if (token === ',' || token === ')') {
      if (any || value !== '' || token === ',' || values.size > 0) values.add(value);
      value = '';
      any = token === ',';
      if (token === ')') break;
    } else if (token === undefined || !isWord(token) || value !== '') {
      throw scanner.error(`found '${token ?? ''}', expected: ',' or ')'`);
    } else {
      value = token;
    }
  }
  if (values.size === 0) throw scanner.error("for 'in', 'notin' operators, values set can't be empty");
  return [...values].sort();
}

const keyPattern =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;
const valuePattern = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/;

function checked(requirement: LabelRequirement): LabelRequirement {
  const { key, operator, values } = requirement;
  const slash = key.indexOf('/');
  if (!keyPattern.test(key) || slash > 253)
    throw StatusError.badRequest(
      `unable to parse requirement: key: Invalid value: ${JSON.stringify(key)}: not a label key`,
    );
  for (const [index, value] of values.entries()) {
    if (operator === 'gt' || operator === 'lt') {
      if (!/^-?\d{1,18}$/.test(value))
        throw StatusError.badRequest(
          `unable to parse requirement: values[${index}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
        );
    } else if (!valuePattern.test(value)) {
      throw StatusError.badRequest(
        `unable to parse requirement: values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: not a label value`,
      );
    }
  }
  return requirement;
}

/** Whether all terms hold for the labels. */
export function matchesLabels(requirements: readonly LabelRequirement[], labels: Labels): boolean {
  for (const requirement of requirements) if (!matchesOne(requirement, labels)) return false;
  return true;
}

function matchesOne({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const present = labels !== undefined && Object.hasOwn(labels, key);
  const value = present ? labels[key]! : '';
  switch (operator) {
    case 'exists':
      return present;
    case '!':
      return !present;
    case 'in':
      return present && values.includes(value);
    case 'notin':
      return !present || !values.includes(value);
    default: {
      if (!present || !/^-?\d{1,18}$/.test(value)) return false;
      const left = BigInt(value);
      const right = BigInt(values[0]!);
      return operator === 'gt' ? left > right : left < right;
    }
  }
}

const operators = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' } as const;

/**
 * The terms of a selector as objects carry it. Absent is undefined: it matches nothing; the empty one has no terms and
 * matches everything. An operator that does not exist makes the selector match nothing (validation refuses it).
 */
export function labelRequirements(selector: V1LabelSelector | undefined): LabelRequirement[] | undefined {
  if (!selector) return undefined;
  const requirements: LabelRequirement[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    requirements.push({ key, operator: 'in', values: [value] });
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    if (!Object.hasOwn(operators, operator)) return undefined;
    requirements.push({ key, operator: operators[operator as keyof typeof operators], values });
  }
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Whether a selector as objects carry it matches the labels. An absent selector matches nothing, an empty one everything. */
export function labelSelectorMatches(selector: V1LabelSelector | undefined, labels: Labels): boolean {
  const requirements = labelRequirements(selector);
  return requirements !== undefined && matchesLabels(requirements, labels);
}

/** The text form of requirements, which {@link parseLabelSelector} reads back. */
export function formatLabelRequirements(requirements: readonly LabelRequirement[]): string {
  return requirements
    .map(({ key, operator, values }) => {
      if (operator === 'exists') return key;
      if (operator === '!') return `!${key}`;
      if (operator === 'gt') return `${key}>${values[0]}`;
      if (operator === 'lt') return `${key}<${values[0]}`;
      if (values.length === 1) return `${key}${operator === 'in' ? '=' : '!='}${values[0]}`;
      return `${key} ${operator} (${[...values].sort().join(',')})`;
    })
    .join(',');
}

/** As upstream's `FormatLabelSelector`: `app=web`, `<none>` for one that is absent or empty. */
export function formatLabelSelector(selector: V1LabelSelector | undefined): string {
  const requirements = labelRequirements(selector);
  return requirements?.length ? formatLabelRequirements(requirements) : '<none>';
}
