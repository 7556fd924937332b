/** The part of tinyh264 that we use: h264bsd, compiled to WebAssembly by Emscripten. */
declare module 'tinyh264/es/TinyH264.js' {
  export interface TinyH264 {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _h264bsdAlloc(): number;
    _h264bsdFree(storage: number): void;
    _h264bsdInit(storage: number, noReordering: number): number;
    _h264bsdShutdown(storage: number): void;
    /** Writes the picture's address, width and height (in whole macroblocks) to the last three pointers. */
    _h264bsdDecode(
      storage: number,
      bytes: number,
      length: number,
      picture: number,
      width: number,
      height: number,
    ): number;
    getValue(pointer: number, type: 'i32' | 'i8*'): number;
  }
  export default function load(): Promise<TinyH264>;
}
