import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseGroup, parsePasswd, resolveUser } from './user.ts';

let root: string;
const file = (path: string, text: string) => writeFileSync(join(root, path), text);
beforeAll(() => {
  root = join(mkdtempSync(join(tmpdir(), 'gantry-user-')), 'root');
  mkdirSync(join(root, 'etc'), { recursive: true });
  file(
    'etc/passwd',
    '# accounts\nroot:x:0:0::/root:/bin/sh\nbroken:x:a:b\nweb:x:1000:100::/:/bin/sh\n7:x:70:70::/:\n',
  );
  file('etc/group', 'root:x:0:\nstaff:x:50:other,web\nweb:x:100:\nadm:x:4:root\n');
});
afterAll(() => rmSync(join(root, '..'), { recursive: true }));

describe('account files', () => {
  it('lose the lines that make no sense', () => {
    expect(parsePasswd('a:x:1:2\nb:x\n\n#c:x:1:1\nd:x:99999999999:1\ne:x:4294967295:0')).toEqual([
      { name: 'a', uid: 1, gid: 2 },
    ]);
    expect(parseGroup('g:x:5:a,b\nbad\nh:x:-1:')).toEqual([{ name: 'g', gid: 5, members: ['a', 'b'] }]);
  });
});

describe('a user', () => {
  it.each([
    [undefined, { uid: 0, gid: 0, additionalGids: [4] }],
    ['', { uid: 0, gid: 0, additionalGids: [4] }],
    ['web', { uid: 1000, gid: 100, additionalGids: [50] }],
    ['1000', { uid: 1000, gid: 100, additionalGids: [50] }],
    ['web:staff', { uid: 1000, gid: 50, additionalGids: [50] }],
    ['1000:77', { uid: 1000, gid: 77, additionalGids: [50] }],
    ['4711', { uid: 4711, gid: 0, additionalGids: [] }],
    ['7', { uid: 70, gid: 70, additionalGids: [] }],
  ])('%s is found', (user, found) => {
    expect(resolveUser(root, user)).toEqual(found);
  });

  it('is in the supplemental groups too, each once', () => {
    expect(resolveUser(root, 'web', [50, 9, 9]).additionalGids).toEqual([9, 50]);
  });

  it('is in no other group where the image is not asked', () => {
    expect(resolveUser(root, 'web', [9], true)).toEqual({ uid: 1000, gid: 100, additionalGids: [9] });
  });

  it('that is unknown is refused', () => {
    expect(() => resolveUser(root, 'nobody')).toThrow(
      'unable to find user nobody: no matching entries in passwd file',
    );
    expect(() => resolveUser(root, 'web:none')).toThrow('unable to find group none');
    expect(() => resolveUser(root, 'a:b:c')).toThrow('invalid user');
  });

  it('is never looked up outside the image', () => {
    const image = join(root, '../hostile');
    mkdirSync(join(image, 'etc'), { recursive: true });
    writeFileSync(join(image, 'inside'), 'who:x:5:5\n');
    writeFileSync(join(image, '../outside'), 'who:x:6:6\n');
    symlinkSync('/inside', join(image, 'etc/passwd'));
    expect(resolveUser(image, 'who').uid).toBe(5);
    rmSync(join(image, 'etc/passwd'));
    symlinkSync('../../outside', join(image, 'etc/passwd'));
    expect(() => resolveUser(image, 'who')).toThrow('no matching entries');
    rmSync(join(image, 'etc'), { recursive: true });
    symlinkSync('/etc', join(image, 'etc'));
    expect(() => resolveUser(image, 'daemon')).toThrow('no matching entries');
  });
});
