/** The product's version, told by /version, by the nodes and by `kubernetes_build_info`. */
export const productVersion = '0.1.0';

/** The release of the Kubernetes API that is served: its types and words are this release's. */
export const apiRelease = { major: '1', minor: '36' } as const;

/** `/version`, in the form that kubectl parses: a Kubernetes version with ours as build metadata. */
export function versionInfo(version: string) {
  return {
    major: apiRelease.major,
    minor: apiRelease.minor,
    emulationMajor: apiRelease.major,
    emulationMinor: apiRelease.minor,
    minCompatibilityMajor: apiRelease.major,
    minCompatibilityMinor: String(Number(apiRelease.minor) - 1),
    gitVersion: gitVersion(version),
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '',
    goVersion: process.version,
    compiler: 'v8',
    platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  };
}

/** `v1.36.0+gantry.0.1.0`. */
export function gitVersion(version: string): string {
  return `v${apiRelease.major}.${apiRelease.minor}.0+gantry.${version}`;
}
