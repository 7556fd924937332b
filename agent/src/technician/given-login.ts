/** Pure. The login that whoever types a command gives apart from the address: by option, or in the environment, where others cannot see it. */
import type { GivenLogin } from '../camera/rtsp/with-login.ts';

export const loginOptions = {
  user: { type: 'string' },
  password: { type: 'string' },
} as const;

export const loginHelp = `  --user NAME, --password WORD
                 the login, where it does not stand in the address; also NATTFRID_CAMERA_USER and
                 NATTFRID_CAMERA_PASSWORD, which other users of this machine cannot see`;

export const givenLogin = (
  values: { readonly user?: string | undefined; readonly password?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): GivenLogin => ({
  user: values.user ?? environment['NATTFRID_CAMERA_USER'],
  password: values.password ?? environment['NATTFRID_CAMERA_PASSWORD'],
});
