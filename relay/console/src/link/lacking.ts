/** Pure. Why this browser cannot show pictures at all. */
export type Lacking = 'video-decoder' | 'key';
