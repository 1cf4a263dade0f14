/**
 * YAML byte for byte as kubectl and kustomize write it: the block style of go-yaml v2 under `sigs.k8s.io/yaml` (members in natural
 * order, lists not indented, lines folded after column 80). What it writes every YAML 1.1 parser reads as the same value.
 */

/** Lines are broken at the first blank beyond. */
const widest = 80;
/** Longer members do not fit the short form (`emitterc.go`, `yaml_emitter_check_simple_key`). */
const longestKey = 128;

/** The document of a value of JSON's types, with the end of its last line. Undefined members are left out. */
export function formatYaml(value: unknown): string {
  const out = new YamlWriter();
  out.node(value, 0, 0);
  return out.text;
}

class YamlWriter {
  text = '';

  /** Writes at the end of the line so far, whose length is `column`; what needs lines of its own is indented by `indent`. */
  node(value: unknown, indent: number, column: number): void {
    if (Array.isArray(value)) this.#list(value, indent);
    else if (typeof value === 'object' && value !== null) this.#map(value, indent);
    else this.text += `${scalar(value, indent + 2, column)}\n`;
  }

  #list(list: readonly unknown[], indent: number): void {
    if (list.length === 0) return void (this.text += '[]\n');
    list.forEach((item, i) => {
      if (i > 0) this.text += ' '.repeat(indent);
      this.text += '- ';
      this.node(item, isBlock(item) ? indent + 2 : indent, indent + 2);
    });
  }

  #map(map: object, indent: number): void {
    const members = Object.entries(map).filter(([, value]) => value !== undefined);
    if (members.length === 0) return void (this.text += '{}\n');
    members.sort(([a], [b]) => naturalOrder(a, b));
    members.forEach(([key, value], i) => {
      if (i > 0) this.text += ' '.repeat(indent);
      const long = key.includes('\n') || Buffer.byteLength(key) > longestKey;
      const name = long
        ? `? ${scalar(key, indent + 2, indent + 2)}\n${' '.repeat(indent)}:`
        : `${scalar(key, undefined, 0)}:`;
      this.text += name;
      if (!isBlock(value)) {
        this.text += ' ';
        this.node(value, indent, indent + (long ? 2 : name.length + 1));
      } else if (long) {
        this.text += ' ';
        this.node(value, indent + 2, indent + 2);
      } else {
        this.text += `\n${' '.repeat(Array.isArray(value) ? indent : indent + 2)}`;
        this.node(value, Array.isArray(value) ? indent : indent + 2, 0);
      }
    });
  }
}

/** Whether a value takes lines below its key. */
const isBlock = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) ? value.length > 0 : Object.values(value).some((each) => each !== undefined));

/** The text of a scalar; `indent`, absent for keys, is where its further lines start. */
function scalar(value: unknown, indent: number | undefined, column: number): string {
  if (typeof value !== 'string')
    return value === null || value === undefined ? 'null' : JSON.stringify(value);
  const about = analyze(value);
  if (value.includes('\n'))
    return about.block && indent !== undefined ? literal(value, indent) : doubleQuoted(value, indent, column);
  if (!resolvesToText(value)) return doubleQuoted(value, indent, column);
  if (about.plain) return folded(value, indent, column);
  return about.single
    ? folded(`'${value.replaceAll("'", "''")}'`, indent, column, 2)
    : doubleQuoted(value, indent, column);
}

/** What is written as an escape: control characters, line ends other than `\n`, all beyond the first plane. */
const unprintable = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const indicatorAtStart = /^[#,[\]{}&*!|>'"%@`]|^[?:-](?= |\t|\n|$)|^---|^\.\.\./;
const indicatorInside = /:(?=[ \t\n]|$)|[ \t\n]#/;

/** Which styles can hold a text (`emitterc.go`, `yaml_emitter_analyze_scalar`). */
function analyze(text: string): { plain: boolean; single: boolean; block: boolean } {
  const special = unprintable.test(text) || / \n/.test(text);
  return {
    plain:
      !special &&
      !/^[ \n]|[ \n]$/.test(text) &&
      !text.includes('\n') &&
      !indicatorAtStart.test(text) &&
      !indicatorInside.test(text),
    single: !special && !/\n /.test(text),
    block: !special && !text.endsWith(' '),
  };
}

const words = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null', '.nan', '.inf', '-.inf', '+.inf'].flatMap(
    (each) => [each, each.toUpperCase(), each.replace(/[a-z]/, (letter) => letter.toUpperCase())],
  ),
)
  .add('')
  .add('~')
  .add('.NaN');

/** Whether a plain text would be read as text, and not as a number, a time, a truth value or nothing (`resolve.go`). */
function resolvesToText(text: string): boolean {
  if (words.has(text)) return false;
  if (!/^[-+.\d]/.test(text)) return true;
  const number = text.replaceAll('_', '');
  return !(
    /^[-+]?(0|[1-9]\d*|0[0-7]+|0o[0-7]+|0x[\da-f]+|0b[01]+)$/i.test(number) ||
    /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(number) ||
    /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text) ||
    /^\d{4}-\d\d?-\d\d?([Tt ]\d\d?:\d\d?:\d\d?(\.\d+)?(Z|[-+]\d\d:\d\d)?)?$/.test(text)
  );
}

/** Breaks at single blanks beyond the width; `edge` letters at either end keep their line. */
function folded(text: string, indent: number | undefined, column: number, edge = 0): string {
  if (indent === undefined || column + text.length <= widest) return text;
  let folded = '';
  let spaces = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    const inside = edge === 0 || (i >= edge && i < text.length - edge);
    if (letter === ' ' && !spaces && column > widest && inside && text[i + 1] !== ' ') {
      folded += `\n${' '.repeat(indent)}`;
      column = indent;
    } else {
      folded += letter;
      column++;
    }
    spaces = letter === ' ';
  }
  return folded;
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string, indent: number | undefined, column: number): string {
  let quoted = '"';
  column++;
  let spaces = false;
  const letters = [...text];
  letters.forEach((letter, i) => {
    if (letter === ' ') {
      if (indent !== undefined && !spaces && column > widest && i > 0 && i < letters.length - 1) {
        quoted += `\n${' '.repeat(indent)}`;
        column = indent;
        if (letters[i + 1] === ' ') {
          quoted += '\\';
          column++;
        }
      } else {
        quoted += ' ';
        column++;
      }
      spaces = true;
      return;
    }
    const written = escapes[letter] ?? (unprintable.test(letter) ? hex(letter.codePointAt(0)!) : letter);
    quoted += written;
    column += written.length;
    spaces = false;
  });
  return `${quoted}"`;
}

function hex(code: number): string {
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** `|` with what it needs to be told about its beginning and its end. */
function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => line && ' '.repeat(indent) + line).join('\n')}`;
}

const isLetter = (letter: string) => /\p{L}/u.test(letter);
const isDigit = (letter: string | undefined) => letter !== undefined && letter >= '0' && letter <= '9';

/** `a2` before `a10`, signs before letters (`sorter.go`). */
export function naturalOrder(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x === y) continue;
    const [letterX, letterY] = [isLetter(x), isLetter(y)];
    if (letterX && letterY) return x < y ? -1 : 1;
    if (letterX || letterY) return letterY ? -1 : 1;
    let [sumX, sumY] = [0, 0];
    // A zero counts only behind other digits.
    if (x === '0' || y === '0')
      for (let j = i - 1; j >= 0 && isDigit(a[j]); j--)
        if (a[j] !== '0') {
          sumX = sumY = 1;
          break;
        }
    let [endX, endY] = [i, i];
    for (; isDigit(a[endX]); endX++) sumX = sumX * 10 + Number(a[endX]);
    for (; isDigit(b[endY]); endY++) sumY = sumY * 10 + Number(b[endY]);
    if (sumX !== sumY) return sumX - sumY;
    if (endX !== endY) return endX - endY;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
