/** Pure. Passwords that cameras come with: whoever is in the network knows them, and sees the room. */

const factory: readonly string[] = [
  ...['', 'admin', 'password', 'pass', '12345', '123456', '1234', '12345678', '888888', '666666', '9999', '0000'],
  ...['root', 'user', 'camera', 'ubnt', 'service', 'system', 'default', 'jvc', 'meinsm', 'fliradmin', 'wbox123'],
  ...['ikwd', '4321', '1111', '54321', '123456789', 'tlJwpbo6'],
];

/** The user's own name counts as well. */
export const isFactoryLogin = (user: string, password: string): boolean =>
  factory.includes(password) ||
  factory.includes(password.toLowerCase()) ||
  password.toLowerCase() === user.toLowerCase();

export const factoryWords = (name: string): string =>
  `The camera ${name} has no password, or one that cameras come with: whoever is in its network sees the room. Set one of its own on the camera's page first (12 characters or more).`;
