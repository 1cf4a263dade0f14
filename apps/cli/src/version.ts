/** What this program is, in the shape of the API's own version. */
export const clientVersion = {
  major: '0',
  minor: '1',
  gitVersion: 'v0.1.0',
  platform: `${process.platform}/${process.arch}`,
};
