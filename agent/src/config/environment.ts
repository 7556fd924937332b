/** Pure. The environment's names for settings that are often given to a unit without touching its file. */

/** Name in the environment > dotted name of the setting. */
export const environmentNames: Readonly<Record<string, string>> = {
  NATTFRID_UNIT: 'unit',
  NATTFRID_RELAY: 'relay',
  NATTFRID_TOKEN: 'token',
  NATTFRID_CAMERA: 'camera.url',
  NATTFRID_DATA: 'data',
  NATTFRID_MODELS: 'models',
  NATTFRID_FFMPEG: 'ffmpeg',
  NATTFRID_LOG: 'logLevel',
  NATTFRID_BOARD_RESTART: 'board.restart',
  NATTFRID_BOARD_UPDATE: 'board.update',
  NATTFRID_BOARD_BUSY: 'board.busy',
  NATTFRID_BOARD_FORGET: 'board.forget',
};
