import { encode } from 'uqr';

/** A QR code as one path of unit squares in a square of `size`, with the quiet border that readers need. */
export type QrCode = { size: number; path: string };

/** The QR code of a text. */
export function qrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join('') };
}
