/** Pure. The ffmpeg filter that scales every camera's picture for the models. */

/** At most 640 x 480, even in both, never enlarged; keeps the display aspect, also of pixels that are not square. */
export const fit =
  "scale=w='2*max(8,round(min(min(640,480*dar),iw*max(sar,1))/2))':h='2*max(8,round(min(min(640,480*dar),iw*max(sar,1))/dar/2))'" +
  ':flags=area:out_range=tv:out_color_matrix=bt601,setsar=1,format=yuv420p';
