/** Pure. Which version of the relay this is: the one door to its package.json, whose version is that of the whole house. */
import manifest from '../package.json' with { type: 'json' };

export const version: string = manifest.version;
