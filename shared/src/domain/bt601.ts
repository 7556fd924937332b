/**
 * Pure. What makes red, green and blue out of light and two colours: ITU-R BT.601, limited range (16 is black and 235 white). Each lies 0 to 255 after
 * `light = lightGain * (Y - 16)`; red adds `redOfV`, green `greenOfU` and `greenOfV`, blue `blueOfU` times what U and V are above 128.
 */
export const lightGain = 255 / 219;
export const redOfV = 1.596027;
export const greenOfU = -0.391762;
export const greenOfV = -0.812968;
export const blueOfU = 2.017232;
