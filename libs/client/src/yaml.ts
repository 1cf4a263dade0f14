import { parse } from 'yaml';
import { yamlOptions } from '@gantry/api';

/** How deep aliases may multiply what they stand for. */
export const aliasLimit = { maxAliasCount: 100 };

/** One document of YAML as kubectl reads it. Throws YAMLParseError. */
export const parseYaml = (text: string): unknown => parse(text, { ...yamlOptions, ...aliasLimit });
