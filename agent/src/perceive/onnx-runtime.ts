/**
 * The one door to ONNX Runtime, silenced before it is loaded: from 1.29 on it keeps a file and a device id under the home
 * folder and sends events about each session to its maker over HTTPS. A unit in somebody's home tells nobody but its relay.
 */
import type * as Runtime from 'onnxruntime-node';

export type { InferenceSession, Tensor } from 'onnxruntime-node';

/** Read by the library once, when it is loaded (microsoft/onnxruntime pull requests 27379 and 29843: two names for it). */
const silence = ['ORT_DISABLE_TELEMETRY', 'ORT_TELEMETRY_DISABLED'];

/** Not imported at the top: it would be loaded before it is told to be silent. */
export function loadRuntime(): Promise<typeof Runtime> {
  for (const name of silence) process.env[name] = '1';
  return import('onnxruntime-node');
}
