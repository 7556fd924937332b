/** Pure. What is asked of the thread in which ONVIF is spoken, and what it says. */

/** One camera's ONVIF service. */
export interface OnvifTarget {
  readonly host: string;
  readonly port: number;
  /** Of the device service, such as `/onvif/device_service`. */
  readonly path: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/** What is set in one stream of a camera; what is left out stays as it is. */
export interface EncoderChange {
  /** As ONVIF calls it. */
  readonly encoding?: 'H264' | 'H265' | 'JPEG' | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Pictures a second. */
  readonly rate?: number | undefined;
  /** Pictures from one key picture to the next. */
  readonly govLength?: number | undefined;
  readonly kilobits?: number | undefined;
}

/** IrCutFilter of ONVIF imaging: ON filters infrared out (day), OFF lets it in (night), AUTO as the camera sees fit. */
export type IrCut = 'ON' | 'OFF' | 'AUTO';

export type OnvifAsk =
  /** WS-Discovery on the network interface of this name. */
  | { readonly type: 'discover'; readonly through: string; readonly milliseconds: number }
  | { readonly type: 'describe'; readonly target: OnvifTarget }
  | {
      readonly type: 'set-encoder';
      readonly target: OnvifTarget;
      readonly encoder: string;
      readonly change: EncoderChange;
    }
  | { readonly type: 'set-time'; readonly target: OnvifTarget }
  | { readonly type: 'set-ir-cut'; readonly target: OnvifTarget; readonly source: string; readonly mode: IrCut };

/** What a camera said is unknown until a schema has read it. */
export type OnvifReply =
  | { readonly type: 'told'; readonly value: unknown }
  | { readonly type: 'failed'; readonly words: string };
