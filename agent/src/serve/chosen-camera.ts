/** Pure. The camera that a technician has chosen, over that of the settings. */
import { z } from 'zod';
import type { Config } from '../config/schema.ts';

const Chosen = z.object({
  url: z.string().min(1),
  lookUrl: z.string().min(1).optional(),
  profile: z.string().optional(),
});

/** @param kept JSON, as it was kept; what cannot be read is none */
export function withChosenCamera(config: Config, kept: string | undefined): Config {
  if (kept === undefined) return config;
  const chosen = Chosen.safeParse(JSON.parse(kept)).data;
  if (!chosen) return config;
  const { certificate: _of, ...camera } = config.camera;
  return { ...config, camera: { ...camera, ...chosen } as Config['camera'] };
}
