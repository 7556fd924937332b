/** Pure. Which version of the agent this is: the one door to its package.json, whose version is that of the whole house. */
import manifest from '../package.json' with { type: 'json' };

export const version: string = manifest.version;

/** The day of this version, as in CHANGELOG.md: no clock that has been set shows an earlier one. */
export const released: string = manifest.released;
