// Channels and colors.

import { array, channels, columns, eachColor, eachPixel, eachValue, isArray, refuse, rows, single } from "./arrays.mjs";
import { channelNumber, colorChannels, tuple } from "./refusals.mjs";

export function pick({ image, channel }) {
  channelNumber(image, channel);
  return eachPixel(image, 0, (pixel, out) => { out[0] = pixel[channel]; });
}

export function keep({ image, channels: switches }) {
  const depth = channels(image);
  if (switches.length !== depth) refuse(`one switch for each channel is needed: ${depth}, not ${switches.length}`);
  return eachValue(image, (value, i) => (switches[i % depth] ? value : 0));
}

export function swap({ image, first, second }) {
  channelNumber(image, first);
  channelNumber(image, second);
  const order = Array.from({ length: channels(image) }, (_, c) => (c === first ? second : c === second ? first : c));
  return array(image.shape, eachPixel(image, order.length, (pixel, out) => order.forEach((c, i) => { out[i] = pixel[c]; })).data);
}

/** As Python's %: the outcome has the sign of `size`. */
export function modulo(value, size) {
  const rest = value % size;
  return rest < 0 ? single(rest + size) : rest;
}

export function move({ image, amounts, high = 255, around = [] }) {
  const depth = channels(image);
  if (amounts.length !== depth) refuse(`one number for each channel is needed: ${depth}, not ${amounts.length}`);
  const highs = [high].flat();
  if (highs.length !== 1 && highs.length !== depth) refuse(`one upper limit for each channel is needed: ${depth}, not ${highs.length}`);
  return eachValue(image, (value, i) => {
    const [moved, most] = [single(value + amounts[i % depth]), highs[i % highs.length]];
    return around.includes(i % depth) ? modulo(moved, most) : Math.min(most, Math.max(0, moved));
  });
}

export const pixel = ({ red, green, blue, alpha = 255 }) => array([1, 1, 4], Float32Array.of(red, green, blue, alpha));

export function toRgba({ image }) {
  const depth = channels(image);
  if (![1, 3, 4].includes(depth)) refuse(`a picture has 1 channel (gray), 3 (color) or 4 (color and alpha), not ${depth}`);
  return eachPixel(image, 4, (p, out) => { [out[0], out[1], out[2], out[3]] = [p[0], p[depth > 1 ? 1 : 0], p[depth > 1 ? 2 : 0], p[3] ?? 255]; });
}

export function composite({ rgba, background }) {
  if (rgba.shape.length !== 3 || channels(rgba) !== 4) refuse(`a picture with 4 channels (red, green, blue, alpha) is needed, not the shape ${tuple(rgba.shape)}`);
  const shape = background.shape ?? [background.length];
  const size = [rows(rgba), columns(rgba), 3];
  if (String(shape) !== "3" && String(shape) !== String(size)) {
    refuse(`the background must be a color of 3 numbers or a ${size[0]}x${size[1]} picture with 3 channels, not the shape ${tuple(shape)}`);
  }
  const behind = isArray(background) && shape.length > 1 ? (i, c) => background.data[i * 3 + c] : (i, c) => (background.data ?? background)[c];
  return eachPixel(rgba, 3, (p, out, i) => {
    const alpha = single(p[3] / 255);
    for (let c = 0; c < 3; c++) out[c] = single(alpha * p[c]) + single(single(1 - alpha) * behind(i, c));
  });
}

export function dropAlpha({ image }) {
  if (image.shape.length === 2) return eachValue(image, (v) => v);
  if (![3, 4].includes(channels(image))) refuse(`a color picture has 3 channels, or 4 with alpha, not ${channels(image)}`);
  return eachPixel(image, 3, (p, out) => { [out[0], out[1], out[2]] = p; });
}

export const REC601 = [0.299, 0.587, 0.114];

export function toGray({ image, weights = REC601 }) {
  const w = weights.data ?? weights;
  if (w.length !== 3) refuse(`3 weights are needed, one each for red, green and blue, not ${w.length}`);
  if (image.shape.length === 2) return eachValue(image, (v) => v);
  if (channels(image) === 4) refuse("this picture has an alpha channel; composite it over a background first");
  colorChannels(image);
  return eachPixel(image, 0, (p, out) => { out[0] = w[0] * p[0] + w[1] * p[1] + w[2] * p[2]; });
}

export function rgbToHsv({ rgb }) {
  return eachColor(rgb, "red, green, blue", 3, ([red, green, blue], out) => {
    const highest = Math.max(red, green, blue);
    const spread = single(highest - Math.min(red, green, blue));
    const part = (difference) => single(single(difference) / spread);
    let hue = 0;
    if (spread > 0) {
      hue = highest === red ? modulo(part(green - blue), 6) : highest === green ? part(blue - red) + 2 : part(red - green) + 4;
    }
    [out[0], out[1], out[2]] = [60 * single(hue), (100 * spread) / (highest > 0 ? highest : 1), (highest * 100) / 255];
  });
}

export function hsvToRgb({ hsv }) {
  return eachColor(hsv, "hue, saturation, value", 3, ([hue, saturation, value], out) => {
    [0, 120, 240].forEach((own, i) => {
      const away = Math.abs(modulo(hue - own + 180, 360) - 180);
      const strength = Math.min(1, Math.max(0, 2 - away / 60));
      out[i] = ((255 * value) / 100) * (1 - (saturation / 100) * (1 - strength));
    });
  });
}

export function rgbToCmyk({ rgb }) {
  return eachColor(rgb, "red, green, blue", 4, (p, out) => {
    const highest = Math.max(p[0], p[1], p[2]);
    for (let c = 0; c < 3; c++) out[c] = (100 * (highest - p[c])) / (highest > 0 ? highest : 1);
    out[3] = 100 - (highest * 100) / 255;
  });
}

export function cmykToRgb({ cmyk }) {
  return eachColor(cmyk, "cyan, magenta, yellow, black", 3, (p, out) => { for (let c = 0; c < 3; c++) out[c] = ((255 * (100 - p[c])) / 100) * ((100 - p[3]) / 100); });
}
