import type {
  CreateNodeOptions,
  DocumentOptions,
  ParseOptions,
  ScalarTag,
  SchemaOptions,
  ToStringOptions,
} from 'yaml';

/**
 * YAML as kubectl and upstream's API server read it (`sigs.k8s.io/yaml`): 1.2 with the words and numbers that Go's library keeps
 * of 1.1, so that the same file means the same: `defaultMode: 0400` is octal, `yes`, `on` and `n` are booleans, `<<` merges.
 * Dates stay text. Options for the `yaml` package, which whoever parses loads itself.
 */
export const yamlOptions: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.2',
  // Named, so that a `%YAML 1.1` in the text does not bring its own with dates and numbers of base 60.
  schema: 'core',
  merge: true,
  customTags: (tags) => [...numbers, boolean, ...tags],
};

/** YAML as kustomize reads it (go-yaml v3): the same, but `yes`, `on` and `n` are text. */
export const kustomizeYamlOptions: typeof yamlOptions = {
  ...yamlOptions,
  customTags: (tags) => [...numbers, ...tags],
};

/**
 * YAML as kubectl writes it, options for the `yaml` package: text that readers of YAML 1.1 would take for something else (`yes`,
 * `0400`, a date) is quoted, so that what is written is read as the same again.
 */
export const yamlStyle = {
  lineWidth: 0,
  aliasDuplicateObjects: false,
  indentSeq: false,
  compat: 'yaml-1.1',
} as const satisfies CreateNodeOptions & SchemaOptions & ToStringOptions;

const boolean: ScalarTag = {
  default: true,
  tag: 'tag:yaml.org,2002:bool',
  test: /^(?:[yn]|yes|no|on|off|[YN]|Yes|No|On|Off|YES|NO|ON|OFF)$/,
  resolve: (text) => /^(?:y|yes|on)$/i.test(text),
};

const number = (test: RegExp, prefix: RegExp, base: number): ScalarTag => ({
  default: true,
  tag: 'tag:yaml.org,2002:int',
  test,
  resolve: (text) =>
    (text.startsWith('-') ? -1 : 1) *
    parseInt(text.replace(/^[-+]/, '').replace(prefix, '').replace(/_/g, ''), base),
});

const numbers = [
  number(/^[-+]?0[0-7_]+$/, /^0/, 8),
  number(/^[-+]?0b[01_]+$/, /^0b/, 2),
  number(/^[-+]?[1-9][0-9]*_[0-9_]*$/, /^/, 10),
];
