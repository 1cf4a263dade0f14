import { describe, expect, it } from 'vitest';
import { platformRank } from './platform.ts';

const platform = (text: string) => {
  const [os = '', architecture = '', variant] = text.split('/');
  return { os, architecture, ...(variant ? { variant } : {}) };
};

describe('a platform', () => {
  it.each([
    ['linux/amd64', 'linux/amd64', 0],
    ['linux/amd64', 'linux/x86_64', 0],
    ['linux/amd64', 'linux/amd64/v1', 0],
    ['linux/amd64', 'linux/amd64/v3', undefined],
    ['linux/amd64', 'linux/arm64', undefined],
    ['linux/amd64', 'windows/amd64', undefined],
    ['linux/amd64', 'unknown/unknown', undefined],
    ['linux/arm64', 'linux/arm64/v8', 0],
    ['linux/arm64', 'linux/aarch64', 0],
    ['linux/arm/v7', 'linux/arm/v7', 0],
    ['linux/arm/v7', 'linux/arm/7', 0],
    ['linux/arm/v7', 'linux/arm/v6', 1],
    ['linux/arm/v7', 'linux/arm/v5', 2],
    ['linux/arm/v6', 'linux/arm/v7', undefined],
  ])('%s takes %s with rank %s', (wanted, offered, rank) => {
    expect(platformRank(platform(wanted), platform(offered))).toBe(rank);
  });
});
