/** A text as a QR code: one SVG path over unit squares, dark on light whatever the theme, because scanners want it so. */
import { encodeQR } from 'qr';

export interface QrPath {
  /** Modules along one side, the quiet zone included. */
  readonly size: number;
  readonly d: string;
}

export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, 'raw', { border: 4 });
  const d = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size: rows.length, d };
}

/** For an <img>. */
export function qrImage(text: string): string {
  const { size, d } = qrPath(text);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${d}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
